import { describe, expect, test } from 'vitest'
import { exampleIdentity as identity, exampleSite } from '../../fixtures/site.ts'
import type { Effect } from '../site/effect.ts'
import type { Event } from '../site/event.ts'
import { load } from '../site/load.ts'
import { allMembers, createPopulation, findMember } from '../site/population.ts'
import { reduce } from '../site/reduce.ts'
import { revive } from '../site/revive.ts'
import { allKeys, rowOf } from '../site/save.ts'
import { createSite, type Site } from '../site/site.ts'
import type { Connector } from './connector.ts'
import { truthOf } from './project.ts'

const noon = Date.UTC(2026, 10, 23, 12)
const minute = 60_000

/** A site with a charger that is connected for an hour, and what it says. */
function createStage(configurationKey: readonly object[] = []) {
  const effects: Effect[] = []
  let now = noon
  let calls = 0
  let [site] = reduce(revive(createSite(7)), { type: 'configured', at: noon, config: exampleSite })
  const happen = (event: Event): void => {
    const [after, more] = reduce(site, event)
    site = after
    effects.push(...more)
  }
  const stage = {
    effects,
    at: () => now,
    pass(ms: number) {
      now += ms
      happen({ type: 'tick', at: now })
    },
    connect: () => happen({ type: 'opened', at: now, identity, connection: `c${++calls}`, remote: '', subprotocol: 'ocpp1.6' }),
    say(action: string, payload: object) {
      const connection = findMember(site.population, identity)?.link?.connection ?? ''
      happen({ type: 'received', at: now, identity, connection, text: JSON.stringify([2, `m${++calls}`, action, payload]) })
    },
    /** Answers what is in flight. */
    answer(payload: object) {
      const member = findMember(site.population, identity)
      happen({ type: 'received', at: now, identity, connection: member?.link?.connection ?? '', text: JSON.stringify([3, member?.pending?.id, payload]) })
    },
    status: (status: string) => stage.say('StatusNotification', { connectorId: 1, status, errorCode: 'NoError' }),
    start: (meterStart: number, at = now) => stage.say('StartTransaction', { connectorId: 1, idTag: 'TAG', meterStart, timestamp: new Date(at).toISOString() }),
    measure: (sampledValue: readonly object[], more: object = {}, at?: number) =>
      stage.say('MeterValues', { connectorId: 1, meterValue: [{ ...(at !== undefined && { timestamp: new Date(at).toISOString() }), sampledValue }], ...more }),
    register: (value: number, more: object = {}, at?: number) => stage.measure([{ value: `${value}` }], more, at),
    stop: (meterStop: number | undefined, more: object = {}) => stage.say('StopTransaction', { transactionId: stage.connector().transaction?.wireId, meterStop, ...more }),
    connector(): Connector {
      const [connector] = findMember(site.population, identity)?.connectors ?? []
      if (!connector) throw new Error('there is none')
      return connector
    },
    /** What the bus would be told of a group object. */
    truth(name: Parameters<typeof truthOf>[0]) {
      const member = findMember(site.population, identity)
      return member && truthOf(name, member, stage.connector(), now)?.value
    },
    /** Wh of the last transaction in the books. */
    booked: () => effects.findLast((effect) => effect.type === 'book')?.transaction,
    replace: (change: (before: Site) => Site) => {
      site = change(site)
    },
    /** The controller starts anew from what is on disk, and the charger connects again. */
    restart() {
      const rows = allKeys(site).flatMap((key) => rowOf(site, key) ?? [])
      site = revive(load(rows, findMember(site.population, identity)?.recent ?? [], 7).site)
      happen({ type: 'configured', at: now, config: exampleSite })
      stage.connect()
    },
  }
  stage.connect()
  stage.say('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })
  stage.answer({ configurationKey })
  stage.status('Available')
  stage.pass(60 * minute)
  return stage
}

function charging(meterStart = 1_000_000) {
  const stage = createStage()
  stage.start(meterStart)
  stage.status('Charging')
  return stage
}

describe('Live values', () => {
  test('A value is live for three intervals of the charger, and for five minutes where it names none; then nothing is known.', () => {
    for (const [configurationKey, lifetime] of [[[{ key: 'MeterValueSampleInterval', readonly: false, value: '30' }], 90_000], [[], 300_000]] as const) {
      const stage = createStage(configurationKey)
      stage.start(1_000_000)
      stage.status('Charging')
      stage.measure([{ value: '9.8', measurand: 'Current.Import' }, { value: '1000100' }])
      stage.pass(lifetime - 1)
      expect([stage.truth('chargingCurrent'), stage.truth('energyRegister'), stage.truth('sessionEnergy')]).toEqual([9.8, 1_000_100, 100])
      stage.pass(1)
      expect([stage.truth('chargingCurrent'), stage.truth('energyRegister'), stage.truth('sessionEnergy')]).toEqual([undefined, undefined, undefined])
    }
  })

  test('One measurand a message comes to the same as all in one: what is measured is not computed over.', () => {
    const stage = charging()
    const samples = [
      { value: '9.8', measurand: 'Current.Import' }, { value: '6000', measurand: 'Power.Active.Import' }, { value: '225', measurand: 'Voltage' }, { value: '1000100' },
    ]
    for (const sample of samples) stage.measure([sample])
    expect(stage.connector().meter).toMatchObject({ current: 9.8, power: 6_000, voltage: 225, register: 1_000_100, computed: null })
  })

  test('Current and power are computed from each other, with the measured voltage, for as long as only one is measured.', () => {
    const stage = charging()
    stage.measure([{ value: '6600', measurand: 'Power.Active.Import' }, { value: '220', measurand: 'Voltage' }])
    expect(stage.connector().meter).toMatchObject({ current: 10, power: 6_600, computed: 'current' })
    stage.measure([{ value: '3300', measurand: 'Power.Active.Import' }])
    expect(stage.connector().meter).toMatchObject({ current: 5, power: 3_300 })
    stage.measure([{ value: '10', measurand: 'Current.Import', phase: 'L1' }, { value: '10', measurand: 'Current.Import', phase: 'L2' }])
    expect(stage.connector().meter).toMatchObject({ current: 10, power: 3_300, computed: null })
    stage.pass(6 * minute)
    stage.measure([{ value: '10', measurand: 'Current.Import', phase: 'L1' }, { value: '10', measurand: 'Current.Import', phase: 'L2' }])
    expect(stage.connector().meter).toMatchObject({ current: 10, power: 4_600, computed: 'power' })
  })

  test('What is offered is believed only once it was above 0.', () => {
    const stage = charging()
    const offer = (value: string) => stage.measure([{ value, measurand: 'Current.Offered' }, { value: '6.8', measurand: 'Current.Import' }])
    offer('0.000')
    expect(stage.connector().meter.offered).toBeNull()
    offer('13')
    offer('0.000')
    expect(stage.connector().meter.offered).toBe(0)
  })

  test('A register of the inlet does not displace the live one of the outlet.', () => {
    const stage = charging(0)
    stage.register(100)
    stage.measure([{ value: '2939167', location: 'Inlet' }])
    stage.register(150)
    expect([stage.connector().meter.register, stage.truth('sessionEnergy')]).toEqual([150, 150])
  })

  test('Each live message that says something tells one sample; one that says nothing tells none.', () => {
    const stage = charging()
    const samples = () => stage.effects.flatMap((effect) => (effect.type === 'sample' ? [effect.sample] : []))
    stage.measure([{ value: 'NaN' }, { value: '3', measurand: 'RPM' }])
    expect(samples()).toEqual([])
    stage.measure([{ value: '16', measurand: 'Current.Import' }, { value: '1000250' }])
    const transaction = stage.connector().transaction?.id
    expect(samples()).toEqual([{ identity, connector: 1, at: stage.at(), transaction, current: 16, power: 11_040, register: 1_000_250, energy: 250, voltage: null, soc: null }])
  })
})

test('Connector 0 is the connector of a Charge Point that has one, and the sum of those of one that has more, which is nobody’s.', () => {
  const stage = charging()
  stage.register(1_000_100, { connectorId: 0 })
  expect(stage.connector().meter.register).toBe(1_000_100)
  stage.say('StatusNotification', { connectorId: 2, status: 'Available', errorCode: 'NoError' })
  stage.register(9_000_000, { connectorId: 0 })
  expect(stage.connector().meter.register).toBe(1_000_100)
})

describe('The unit of a register that names none', () => {
  test.each([undefined, 'Wh'])('A register (%s) that is near meterStart only as kWh is counted in kWh, now and later.', (unit) => {
    const stage = charging(1_234_567)
    stage.measure([{ value: '1234.6', unit }])
    expect(stage.truth('energyRegister')).toBe(1_234_600)
    stage.pass(minute)
    stage.measure([{ value: '1235.0', unit }])
    expect(stage.truth('sessionEnergy')).toBe(433)
    stage.stop(1_235_100)
    expect(stage.booked()?.energy).toBe(533)
    stage.measure([{ value: '1235.1', unit }])
    expect(stage.connector().meter.register).toBe(1_235_100)
  })

  test('A register that is near meterStart as it stands is in Wh, and one that is near in no way is left as it is.', () => {
    const stage = charging(1_234_567)
    stage.register(1_234_600)
    expect(stage.connector().meter).toMatchObject({ register: 1_234_600, wattHours: 1 })
    const session = charging(1_234_567)
    session.register(120)
    expect(session.connector().meter).toMatchObject({ register: 120, wattHours: 1 })
  })
})

describe('The energy of a transaction', () => {
  test.each([undefined, -1, 0, 815])('MeterValues with the transactionId %s count for what runs on their connector.', (transactionId) => {
    const stage = charging()
    stage.register(1_000_400, { transactionId })
    expect(stage.truth('sessionEnergy')).toBe(400)
  })

  test('A register that came before the StartTransaction is where it began, when that tells nothing.', () => {
    const stage = createStage()
    stage.measure([{ value: '54321000', context: 'Transaction.Begin' }], { transactionId: 0 })
    stage.start(0)
    stage.pass(minute)
    stage.register(54_321_100)
    stage.stop(54_321_200)
    expect(stage.booked()).toMatchObject({ meterStart: 0, meterStop: 54_321_200, energy: 200 })
  })

  test('Late values of the transaction count for its energy and change nothing live; others do not count.', () => {
    const stage = createStage()
    stage.pass(-1)
    stage.connect()
    const startedAt = stage.at() - 30 * minute
    stage.start(2 ** 31 - 1, startedAt)
    stage.register(2_200_000_000, { transactionId: -1 }, startedAt + minute)
    stage.register(2_200_000_000 + 3_000, {}, startedAt + 11 * minute)
    stage.register(2_200_000_000 + 90_000, { transactionId: 815 }, startedAt + 12 * minute)
    expect(stage.connector().transaction).toMatchObject({ live: false, count: { energy: 3_000 } })
    expect(stage.connector().meter.register).toBeNull()
    stage.stop(undefined)
    expect(stage.booked()?.energy).toBe(3_000)
  })

  test('Values that come with the end count when there is nothing better.', () => {
    const stage = charging(2 ** 31 - 1)
    const at = (ms: number) => new Date(stage.at() + ms).toISOString()
    const transactionData = [
      { timestamp: at(0), sampledValue: [{ value: '2200000', unit: 'kWh', context: 'Transaction.Begin' }] },
      { timestamp: at(60 * minute), sampledValue: [{ value: '2200005.5', unit: 'kWh', context: 'Transaction.End' }, { value: '{"signed":1}', format: 'SignedData' }] },
    ]
    stage.pass(60 * minute)
    stage.stop(2 ** 31 - 1, { transactionData })
    expect(stage.booked()?.energy).toBe(5_500)
  })

  test('It goes on over a restart, with all that was counted, and from the books alone.', () => {
    for (const forget of [false, true]) {
      const stage = charging()
      stage.register(1_000_400)
      if (forget) stage.replace((site) => ({ ...site, population: createPopulation(allMembers(site.population).map((member) => ({ ...member, connectors: [] }))) }))
      stage.restart()
      stage.pass(minute)
      stage.register(1_000_900)
      stage.stop(undefined)
      expect(stage.booked()?.energy).toBe(900)
    }
  })

  test('A transaction that is given up keeps what was counted.', () => {
    const stage = charging(0)
    stage.register(54_321_000)
    stage.pass(minute)
    stage.register(54_321_300)
    stage.start(54_321_300)
    expect(stage.effects.findLast((effect) => effect.type === 'book' && effect.transaction.endedAt !== null)).toMatchObject({ transaction: { reason: 'Lost', energy: 300 } })
  })
})

describe('A transaction that was never told of', () => {
  /** A charger that charges, and calls it 815. */
  function found() {
    const stage = createStage()
    stage.status('Charging')
    stage.pass(minute)
    stage.register(54_321_000, { transactionId: 815 })
    return stage
  }

  test('A charging connector that names one in its live values has it taken up: in the books by an id of ours, with the charger by its own.', () => {
    const stage = found()
    expect(stage.connector().transaction).toMatchObject({ wireId: 815, live: true, meterStart: 54_321_000 })
    expect(stage.booked()).toMatchObject({ wireId: 815, endedAt: null, idTag: '' })
    expect(stage.booked()?.id).not.toBe(815)
    stage.pass(minute)
    stage.register(54_321_200, { transactionId: 815 })
    expect(stage.truth('sessionEnergy')).toBe(200)
  })

  test('It can be stopped, by the id the charger knows, and ends once.', () => {
    const stage = found()
    stage.answer({})
    stage.replace((site) => {
      const [after, effects] = reduce(site, { type: 'command', at: stage.at(), command: { id: 'c', source: 'panel', identity, connector: 1, order: { type: 'stop' }, expiresAt: null } })
      stage.effects.push(...effects)
      return after
    })
    expect(stage.effects.some((effect) => effect.type === 'send' && effect.text.includes('"RemoteStopTransaction",{"transactionId":815}'))).toBe(true)
    stage.say('StopTransaction', { transactionId: 815, meterStop: 54_321_500 })
    expect(stage.booked()).toMatchObject({ energy: 500, reason: 'Local' })
    const books = stage.effects.filter(({ type }) => type === 'book').length
    stage.say('StopTransaction', { transactionId: 815, meterStop: 54_399_000 })
    stage.register(54_321_600, { transactionId: 815 })
    expect(stage.effects.filter(({ type }) => type === 'book')).toHaveLength(books)
    expect(stage.connector().transaction).toBeNull()
  })

  test('It runs on over a restart, from the books alone.', () => {
    const stage = found()
    stage.replace((site) => ({ ...site, population: createPopulation(allMembers(site.population).map((member) => ({ ...member, connectors: [] }))) }))
    stage.restart()
    stage.say('StopTransaction', { transactionId: 815, meterStop: 54_321_500 })
    expect(stage.booked()).toMatchObject({ wireId: 815, energy: 500, reason: 'Local' })
  })

  test('What has ended does not come back, and neither does an id that was ever ours, however long ago.', () => {
    const stage = charging()
    const id = stage.connector().transaction?.id
    stage.stop(1_000_500)
    for (let i = 0; i < 20; i++) {
      stage.pass(minute)
      stage.start(1_000_500 + i)
      stage.stop(1_000_500 + i)
    }
    stage.pass(2 * minute)
    stage.register(1_000_900, { transactionId: id })
    expect(stage.connector().transaction).toBeNull()
  })

  test('A connector that does not charge, that has charged for less than a minute, or that names no id has none taken up.', () => {
    const stage = createStage()
    stage.register(1, { transactionId: 815 })
    stage.status('Charging')
    stage.register(2, { transactionId: 815 })
    stage.pass(minute)
    for (const transactionId of [undefined, 0, -1, 2 ** 31, 1e15]) stage.register(3, { transactionId })
    expect(stage.connector().transaction).toBeNull()
  })
})
