import { describe, expect, test } from 'vitest'
import type { Fields } from '../../core/ocpp/fields.ts'
import { charger } from '../central-system.ts'
import { measure, start, status, stop, timestamp, useSite } from './site.ts'

const identities = ['ODD', 'IDS1', 'IDS2', 'SAME', 'BUSY', 'STOPS', 'NEIGHBOUR', 'METER', 'PHASES', 'RESTART', 'QUEUE', 'LONG', 'NEGATIVE']
const site = useSite(identities.map((identity) => charger(identity)))
const records = (identity: string) => site.central().chargePoint(identity).recent.toSorted((a, b) => a.serial - b.serial)

describe('16. Start and end of a transaction', () => {
  const odd: readonly (readonly [what: string, more: Fields])[] = [
    ['on connector 0', { connectorId: 0 }], ['on a connector that nobody has', { connectorId: 99_999 }], ['on a negative one', { connectorId: -1 }],
    ['with a meter below zero', { meterStart: -5 }], ['with a meter beyond 32 bits', { meterStart: 2 ** 40 }], ['with a fraction', { meterStart: 0.5 }],
    ['in 1970', { timestamp: '1970-01-01T00:00:00Z' }], ['in 2099', { timestamp: '2099-01-01T00:00:00Z' }], ['in no time at all', { timestamp: 'yesterday' }],
    ['in a year of nine digits', { timestamp: '+222222017-01-01T00:00:00Z' }], ['for a reservation that nobody made', { reservationId: 4_711 }], ['with an endless tag', { idTag: 'T'.repeat(200) }],
  ]
  test.each(odd)('%s gets a CALLRESULT.', async (_, more) => {
    const station = await site.boots('ODD')
    const { transactionId } = await start(station, more)
    expect(transactionId).toSatisfy((id: number) => Number.isInteger(id) && id > 0 && id < 2 ** 31)
    const { connectorId: _connector, reservationId: _reservation, meterStart, ...rest } = more
    expect(await stop(station, transactionId, { ...rest, ...(meterStart !== undefined && { meterStop: meterStart }) })).toBeTypeOf('object')
  })

  test('A start of which only connector and tag can be read is one.', async () => {
    const station = await site.boots('ODD')
    expect(await station.call('StartTransaction', { connectorId: 1, idTag: 'DRIVER' })).toMatchObject({ transactionId: expect.any(Number), idTagInfo: { status: 'Accepted' } })
  })
})

describe('17. Numbers of transactions', () => {
  test('are unique over Charge Points and restarts, within 31 bits, never 0 or -1, and not to be guessed from a neighbour.', async () => {
    const ids: number[] = []
    for (const round of [0, 1]) {
      for (const identity of ['IDS1', 'IDS2']) {
        const station = await site.boots(identity)
        for (let index = 0; index < 10; index++) ids.push((await start(station, { meterStart: round * 1_000 + index })).transactionId)
        await station.close()
      }
      if (round === 0) await site.restart()
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => Number.isInteger(id) && id >= 1 && id < 2 ** 31)).toBe(true)
    const near = ids.filter((id, index) => index > 0 && Math.abs(id - (ids[index - 1] ?? 0)) < 1_000)
    expect(near.length).toBeLessThan(3)
  })
})

describe('18. The same start again', () => {
  test('gets the same number, and is one transaction; also on another connection, and after its end.', async () => {
    const same = { timestamp: timestamp(), meterStart: 77 }
    const station = await site.boots('SAME')
    const first = await start(station, same)
    expect(await start(station, same)).toEqual(first)
    await station.cut()
    const again = await site.dials('SAME')
    expect(await start(again, same)).toEqual(first)
    await stop(again, first.transactionId, { meterStop: 1_077 })
    expect(await start(again, same)).toEqual(first)
    expect(records('SAME')).toMatchObject([{ id: first.transactionId, energy: 1_000 }])
    expect(site.central().connector('SAME').transaction).toBeNull()
  })

  test('another on a busy connector gets a number of its own, and the one before is closed as lost.', async () => {
    const station = await site.boots('BUSY')
    const { transactionId: first } = await start(station)
    await measure(station, [{ value: '1600' }], { transactionId: first })
    const { transactionId: second } = await start(station, { meterStart: 1_600 })
    expect(second).not.toBe(first)
    expect(records('BUSY')).toMatchObject([{ id: first, reason: 'Lost', energy: 600 }, { id: second, endedAt: null }])
  })
})

describe('19. An end', () => {
  test.each<readonly [what: string, transactionId: number]>([['of nobody', 123_456], ['of -1', -1], ['of 0', 0]])('%s is answered and ends nothing.', async (_, transactionId) => {
    const station = await site.boots('STOPS')
    expect(await stop(station, transactionId, { idTag: 'DRIVER' })).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  })

  test('of another Charge Point ends nothing of it.', async () => {
    const [mine, theirs] = await Promise.all([site.boots('STOPS'), site.boots('NEIGHBOUR')])
    const { transactionId } = await start(theirs)
    await stop(mine, transactionId)
    expect(site.central().connector('NEIGHBOUR').transaction).toMatchObject({ id: transactionId })
    await stop(theirs, transactionId)
  })

  test('twice counts once; without a reason it is Local; below its beginning it is no energy.', async () => {
    const station = await site.boots('NEGATIVE')
    const { transactionId } = await start(station, { meterStart: 5_000 })
    await stop(station, transactionId, { meterStop: 4_000 })
    await stop(station, transactionId, { meterStop: 9_000, reason: 'Remote' })
    expect(records('NEGATIVE')).toMatchObject([{ id: transactionId, reason: 'Local', energy: 0 }])
  })
})

describe('20. Meter values', () => {
  test.each<readonly [what: string, more: Fields]>([['without transaction', {}], ['of -1', { transactionId: -1 }], ['of an unknown one', { transactionId: 99 }], ['of null', { transactionId: null }]])('%s are answered.', async (_, more) => {
    const station = await site.boots('METER')
    expect(await measure(station, [{ value: '1234' }], more)).toEqual({})
    expect(site.central().connector('METER').meter.register).toBe(1_234)
  })

  const read: readonly (readonly [what: string, samples: readonly Fields[], expected: Fields])[] = [
    ['without measurand and unit: Wh of the register', [{ value: '10' }], { register: 10 }],
    ['in kWh', [{ value: '1.5', unit: 'kWh' }], { register: 1_500 }],
    ['without unit: by their measurand', [{ value: '7', measurand: 'Current.Import' }, { value: '1600', measurand: 'Power.Active.Import' }], { current: 7, power: 1_600 }],
    ['by context: the end over a sample over the beginning', [
      { value: '3', context: 'Transaction.Begin' }, { value: '9', context: 'Transaction.End' }, { value: '6', context: 'Sample.Periodic' },
    ], { register: 9 }],
    ['by phase without a total: power is their sum, current the highest', ['L1', 'L2', 'L3'].flatMap((phase, index) => [
      { value: String(1_000 + index), measurand: 'Power.Active.Import', phase, unit: 'W' }, { value: String(5 + index), measurand: 'Current.Import', phase, unit: 'A' },
    ]), { power: 3_003, current: 7 }],
    ['with a comma', [{ value: '7,5', measurand: 'Current.Import', unit: 'A' }], { current: 7.5 }],
    ['that are no numbers: nothing', [{ value: 'NaN' }, { value: '' }, { value: 'Infinity' }, { value: '1e400' }, { value: '1_000' }, { value: '12 Wh' }, { value: '0x10' }], {}],
  ]
  test.each(read)('are read %s.', async (_, samples, expected) => {
    await site.restart()
    const station = await site.boots('PHASES')
    await measure(station, [{ value: '42' }, { value: '1', measurand: 'Current.Import' }, { value: '230', measurand: 'Power.Active.Import' }])
    await measure(station, samples)
    expect(site.central().connector('PHASES').meter).toMatchObject({ register: 42, ...expected })
    const { current, power, register } = site.central().connector('PHASES').meter
    for (const amount of [current, power, register]) expect(amount).toSatisfy(Number.isFinite)
  })
})

describe('21. A restart of the Central System within a transaction', () => {
  test('costs nothing: values and end find it, and it can be stopped from afar.', async () => {
    const station = await site.boots('RESTART')
    const { transactionId } = await start(station)
    await status(station, 'Charging')
    await station.close()
    await site.restart()
    const again = await site.dials('RESTART')
    await status(again, 'Charging')
    await measure(again, [{ value: '1900' }], { transactionId })
    expect(site.central().connector('RESTART')).toMatchObject({ transaction: { id: transactionId, live: true }, meter: { register: 1_900 } })
    const stopped = site.central().operator.order('RESTART', { type: 'stop' })
    expect((await again.asked(({ action }) => action === 'RemoteStopTransaction')).payload).toEqual({ transactionId })
    await stop(again, transactionId, { reason: 'Remote' })
    await status(again, 'Available')
    expect(await stopped).toMatchObject({ stage: 'observed' })
    expect(records('RESTART')).toMatchObject([{ id: transactionId, reason: 'Remote', energy: 2_500 }])
  })
})

describe('22. What comes out of a queue, with times of last week', () => {
  const week = 7 * 86_400
  test('is booked, and leaves what is now alone.', async () => {
    await (await site.boots('QUEUE')).cut()
    const station = await site.boots('QUEUE')
    const { transactionId: now } = await start(station)
    await status(station, 'Charging')
    await measure(station, [{ value: '1200' }, { value: '9', measurand: 'Current.Import' }], { transactionId: now })
    const live = () => {
      const { report, meter, transaction, last } = site.central().connector('QUEUE')
      return { report, meter, transaction, last }
    }
    const before = live()
    const { transactionId: then } = await start(station, { timestamp: timestamp(week), meterStart: 100 })
    await station.call('MeterValues', { connectorId: 1, transactionId: then, meterValue: [{ timestamp: timestamp(week - 60), sampledValue: [{ value: '150' }] }] })
    await status(station, 'Faulted', 1, { timestamp: timestamp(week - 100) })
    await stop(station, then, { timestamp: timestamp(week - 3_600), meterStop: 600 })
    expect(live()).toEqual(before)
    expect(records('QUEUE').find(({ id }) => id === then)).toMatchObject({ energy: 500, reason: 'Local' })
    await stop(station, now)
  })

  test('A hundred and twenty messages of it are all taken, in their order.', async () => {
    const station = await site.boots('LONG')
    for (let index = 0; index < 40; index++) {
      const at = week - index * 3_600
      const { transactionId } = await start(station, { timestamp: timestamp(at), meterStart: index * 100 })
      await station.call('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: timestamp(at - 10), sampledValue: [{ value: String(index * 100 + 5) }] }] })
      await stop(station, transactionId, { timestamp: timestamp(at - 1_800), meterStop: index * 100 + 10 })
    }
    const booked = await site.central().controller.store.transactions({})
    expect(booked.filter(({ identity, energyWh }) => identity === 'LONG' && energyWh === 10)).toHaveLength(40)
    expect(site.central().connector('LONG')).toMatchObject({ report: { status: 'Available' }, meter: { register: null }, last: null })
  })
})
