import { expect, test } from 'vitest'
import { currentTypes, objectNames, timeTypes } from '../config/site-config.ts'
import { isDatapointTypeId } from './dpt/datapoint-type.ts'
import { datapointOf, groupObjects } from './group-object.ts'

const standard = { timeType: 'DPT 10.001', currentType: 'DPT 14.019' } as const

test('The group objects are the twelve of the manual, and those that tell what is measured.', () => {
  expect(objectNames.map((name) => `${name}: ${groupObjects[name].flows.join(' + ')} ${datapointOf(name, standard)}`)).toEqual([
    'status: send 5.010',
    'errorCode: send 5.010',
    'charging: send + receive 1.010',
    'reservation: receive 1.010',
    'availability: send + receive 1.003',
    'unlock: receive 1.003',
    'transactionEnergy: send 13.010',
    'startTime: send 10.001',
    'endTime: send 10.001',
    'chargingCurrent: send 14.019',
    'maxCurrent: send + receive 14.019',
    'reset: receive 1.015',
    'currentL1: send 14.019',
    'currentL2: send 14.019',
    'currentL3: send 14.019',
    'voltageL1: send 14.027',
    'voltageL2: send 14.027',
    'voltageL3: send 14.027',
    'power: send 14.056',
    'energyRegister: send 13.010',
    'sessionEnergy: send 13.010',
    'sessionDuration: send 7.006',
    'stateOfCharge: send 5.001',
  ])
})

test('Times and currents have the datapoint type that the charger is configured with.', () => {
  expect(timeTypes.map((timeType) => datapointOf('endTime', { ...standard, timeType }))).toEqual(['10.001', '19.001'])
  expect(currentTypes.map((currentType) => datapointOf('maxCurrent', { ...standard, currentType }))).toEqual(['14.019', '9.021', '9.021 A'])
})

test('Every object has a title, one line of description and a datapoint type that is known.', () => {
  for (const name of objectNames) {
    const { title, description } = groupObjects[name]
    expect(title).toMatch(/^[A-Z]/)
    expect(description).toMatch(/^[^\n]{1,160}$/)
    expect(isDatapointTypeId(datapointOf(name, standard))).toBe(true)
  }
})
