import { describe, expect, test } from 'vitest'
import { ready } from '../../property-tests/expeditions.ts'
import { allMembers } from '../index.ts'
import { capabilityReport } from './capability-report.ts'
import { createChargePoint, type ChargePoint } from './charge-point.ts'

function readyOne(profiles: string): ChargePoint {
  const [member] = allMembers(ready({ connectors: [1], objects: [] }, profiles).population)
  return member ?? createChargePoint('')
}

describe('The capability report', () => {
  test('of a charger that was never seen knows nothing, and says so.', () => {
    const { featureProfiles, actions, connectors, switchedOff } = capabilityReport(createChargePoint('NEW'))
    expect(featureProfiles).toBeNull()
    expect(actions['SetChargingProfile']).toEqual({ support: 'unknown', reason: 'the charger has not named its feature profiles; not tried yet' })
    expect([connectors, switchedOff]).toEqual([[], []])
  })

  test('names the form in which a limit was accepted, and the limit in force.', () => {
    const { connectors, actions } = capabilityReport(readyOne('Core,SmartCharging'))
    expect(connectors[0]).toMatchObject({
      stopBy: 'transaction', stopReason: 'usual',
      limit: { support: 'yes', form: 'TxDefaultProfile Absolute, on the connector, at the lowest stack level', unit: 'A', inForce: { amperes: 10, source: 'accepted' } },
    })
    expect(actions['SetChargingProfile']).toEqual({ support: 'yes', reason: 'the charger has answered it' })
    expect(actions['GetCompositeSchedule']?.support).toBe('no')
  })

  test('tells what is switched off, and why.', () => {
    const { switchedOff, connectors, actions } = capabilityReport(readyOne('Core'))
    expect(switchedOff).toEqual(['limits: the charger does not support Smart Charging'])
    expect(connectors[0]?.limit).toBeNull()
    expect(actions['ReserveNow']).toEqual({ support: 'no', reason: 'it does not name the feature profile Reservation; not tried' })
  })

  test('is plain data.', () => {
    const report = capabilityReport(readyOne('Core,SmartCharging'))
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})
