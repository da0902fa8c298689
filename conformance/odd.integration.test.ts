import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { bootNotification, measure, start, status, stop, timestamp, useSite } from './behaviours/site.ts'
import { charger } from './central-system.ts'
import type { Asked } from './charge-point.ts'

const identities = ['CP', 'PIPE', 'EARLY', 'TWO', 'DATA', 'AGAIN', 'LATE', 'CLOCK', 'EAGER', 'MID', 'OFFLINE', 'ZERO', 'ORPHAN', 'PATH', 'I'.repeat(255), 'kW/h ü#?&=+', 'CROSS', 'RETRY', 'RESET', 'STRAY']
const site = useSite([...identities.map((identity) => charger(identity)), charger('TWO', { connector: 2 })])
const is = (action: string) => (asked: Asked): boolean => asked.action === action

describe('On the wire', () => {
  test('A Charge Point may offer compression, and is answered without.', async () => {
    const station = await site.boots('CP', { ws: { perMessageDeflate: true } })
    expect(station.socket.extensions).toBe('')
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('Pings are answered with what they carry, pongs out of turn are heard.', async () => {
    const station = await site.boots('CP')
    station.socket.pong('unasked')
    for (const text of ['', 'x'.repeat(125)]) {
      station.socket.ping(text)
      const [data] = await once(station.socket, 'pong')
      expect(String(data)).toBe(text)
    }
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('White space, escapes and line breaks are JSON; a byte order mark and the zero at the end of a C string do no harm.', async () => {
    const station = await site.boots('CP')
    for (const text of ['  [ 2 , "a" , "Heartbeat" , { } ]  ', '\n[2,\r\n\t"a","Heartbeat",\n{}]\n', '[2,"a","\\u0048eartbeat",{}]', '[2,"\\u0061","Heartbeat",{}]', '[2.0,"a","Heartbeat",{}]', '\ufeff[2,"a","Heartbeat",{}]', '[2,"a","Heartbeat",{}]\0']) {
      expect(await station.answerTo('a', text), JSON.stringify(text)).toMatchObject({ type: 'result' })
    }
  })

  test('A message may come in pieces of one byte, with pings between them.', async () => {
    const station = await site.boots('CP')
    const answer = station.answerTo('a', '')
    const text = '[2,"a","Authorize",{"idTag":"ü😀"}]'
    const bytes = Buffer.from(text)
    for (const [index, byte] of bytes.entries()) {
      station.socket.send(Buffer.from([byte]), { fin: index === bytes.length - 1, binary: false })
      if (index % 10 === 0) station.socket.ping()
    }
    expect(await answer).toMatchObject({ type: 'result' })
  })

  test('An id may be any text of 1 to 36 characters, also one that was used before.', async () => {
    const station = await site.boots('CP')
    for (const id of ['1', '1', 'i'.repeat(36), '36:352', 'ü😀', ' ', '"\\', '../..', '0'.repeat(36)]) {
      expect(await station.answerTo(id, JSON.stringify([2, id, 'Heartbeat', {}]))).toMatchObject({ type: 'result' })
    }
  })

  test('Who closes with any code, or goes away in the middle of a message, may come back at once.', async () => {
    for (const code of [1000, 1001, 3000, 4999]) {
      const station = await site.dials('STRAY')
      station.socket.send('[2,"half', { fin: false })
      station.socket.close(code)
      await once(station.socket, 'close')
    }
    expect(await (await site.dials('STRAY')).call('BootNotification', bootNotification)).toMatchObject({ status: 'Accepted' })
  })

  test.each(['I'.repeat(255), 'kW/h ü#?&=+'])('An identity may be long and have any letters: %s.', async (identity) => {
    expect(await (await site.boots(identity)).call('Heartbeat', {})).toHaveProperty('currentTime')
  })
})

describe('Before and around the boot', () => {
  test('CALLs that follow the boot without waiting for its answer are answered, in their order.', async () => {
    const station = await site.dials('PIPE')
    const answers = await Promise.all([
      station.call('BootNotification', bootNotification),
      station.call('StatusNotification', { connectorId: 0, errorCode: 'NoError', status: 'Available' }),
      station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' }),
      station.call('Authorize', { idTag: 'DRIVER' }), start(station), station.call('Heartbeat', {}),
    ])
    expect(answers[0]).toMatchObject({ status: 'Accepted' })
    expect(answers[4]).toMatchObject({ verdict: 'Accepted' })
    expect(site.central().connector('PIPE')).toMatchObject({ report: { status: 'Preparing' }, transaction: { idTag: 'DRIVER' } })
  })

  test('A status before the first boot is refused, and taken after it.', async () => {
    const station = await site.dials('EARLY')
    await expect(status(station, 'Available')).rejects.toThrow('SecurityError')
    await station.call('BootNotification', bootNotification)
    await status(station, 'Preparing')
    expect(site.central().connector('EARLY').report.status).toBe('Preparing')
  })

  test('Boots without end are answered, each by itself.', async () => {
    const station = await site.dials('AGAIN')
    const answers = await Promise.all(Array.from({ length: 20 }, () => station.call('BootNotification', bootNotification)))
    expect(answers.every(({ status: verdict }) => verdict === 'Accepted')).toBe(true)
    expect(station.calls.length).toBeLessThan(40)
  })

  test('One that starts a transaction as its first word after a reconnection is known.', async () => {
    await (await site.boots('EAGER')).cut()
    const station = await site.dials('EAGER')
    expect(await start(station)).toMatchObject({ verdict: 'Accepted' })
  })

  test('A clock of 1970 until the boot is answered makes nobody deaf.', async () => {
    const station = await site.dials('CLOCK')
    await station.call('BootNotification', bootNotification)
    await status(station, 'Available', 1, { timestamp: '1970-01-01T00:00:07Z' })
    expect(site.central().connector('CLOCK').report.status).toBe('Available')
    await status(station, 'Preparing', 1, { timestamp: '1970-01-01T00:00:09Z' })
    const { transactionId } = await start(station, { timestamp: '1970-01-01T00:00:10Z' })
    await status(station, 'Charging', 1, { timestamp: '1970-01-01T00:00:11Z' })
    expect(site.central().connector('CLOCK')).toMatchObject({ report: { status: 'Charging' }, transaction: { id: transactionId, live: true } })
    await stop(station, transactionId, { timestamp: '1970-01-01T01:00:00Z' })
    const [record] = site.central().chargePoint('CLOCK').recent
    expect(record).toMatchObject({ energy: 2_500 })
    expect(Date.now() - (record?.startedAt ?? 0)).toBeLessThan(60_000)
  })
})

describe('In transactions', () => {
  test('Meter values and even the end may be sent before the start is answered, with an id of the charger\'s own.', async () => {
    const station = await site.boots('LATE')
    const [{ transactionId }] = await Promise.all([
      start(station), measure(station, [{ value: '1100' }], { transactionId: -1 }), measure(station, [{ value: '1200' }]), measure(station, [{ value: '1300' }], { transactionId: 0 }),
    ])
    expect(site.central().connector('LATE')).toMatchObject({ transaction: { id: transactionId }, meter: { register: 1_300 } })
    await stop(station, transactionId)
  })

  test('Two connectors are two chargers, however their words are mixed.', async () => {
    const station = await site.boots('TWO')
    await status(station, 'Available', 2)
    const [first, second] = await Promise.all([start(station), start(station, { connectorId: 2, idTag: 'SISTER', meterStart: 9_000 })])
    await Promise.all([
      status(station, 'Charging', 1), status(station, 'SuspendedEV', 2),
      station.call('MeterValues', { connectorId: 2, transactionId: second.transactionId, meterValue: [{ timestamp: timestamp(), sampledValue: [{ value: '9500' }] }] }),
      measure(station, [{ value: '1500' }], { transactionId: first.transactionId }),
    ])
    await stop(station, second.transactionId, { meterStop: 9_600 })
    expect(site.central().connector('TWO', 1)).toMatchObject({ report: { status: 'Charging' }, meter: { register: 1_500 }, transaction: { id: first.transactionId } })
    expect(site.central().connector('TWO', 2)).toMatchObject({ report: { status: 'SuspendedEV' }, transaction: null, last: { energy: 600 } })
    await stop(station, first.transactionId)
  })

  test('An end may carry transactionData of every kind.', async () => {
    const station = await site.boots('DATA')
    const kinds = [
      [{ timestamp: timestamp(), sampledValue: [{ value: '1000', context: 'Transaction.Begin' }, { value: '3500', context: 'Transaction.End' }] }], [],
      [{ timestamp: timestamp(), sampledValue: [{ value: 'OCMF|{"FV":"1.0"}|{"SD":"30"}', format: 'SignedData', context: 'Transaction.End', measurand: 'Energy.Active.Import.Register' }] }],
      Array.from({ length: 500 }, (_, index) => ({ timestamp: timestamp(500 - index), sampledValue: [{ value: String(index) }] })),
    ]
    for (const [index, transactionData] of kinds.entries()) {
      const { transactionId } = await start(station, { meterStart: index })
      await stop(station, transactionId, { meterStop: index + 100, transactionData })
    }
    expect(site.central().chargePoint('DATA').recent.map(({ energy }) => energy)).toEqual([100, 100, 100, 100])
  })

  test('A reconnection in the middle of a transaction, with or without a boot, changes nothing of it.', async () => {
    const first = await site.boots('MID')
    const { transactionId } = await start(first)
    await status(first, 'Charging')
    await first.cut()
    const second = await site.dials('MID')
    await measure(second, [{ value: '2000' }], { transactionId })
    await second.cut()
    const third = await site.dials('MID')
    await third.call('BootNotification', bootNotification)
    await status(third, 'Charging')
    expect(site.central().connector('MID')).toMatchObject({ transaction: { id: transactionId, live: true }, meter: { register: 2_000 } })
    await stop(third, transactionId)
    expect(site.central().chargePoint('MID').recent).toMatchObject([{ id: transactionId, energy: 2_500, reason: 'Local' }])
  })

  test('A queue of hundreds of messages, sent at once, is answered in its order.', async () => {
    const station = await site.boots('OFFLINE')
    const { transactionId } = await start(station, { timestamp: timestamp(86_400) })
    const answers = await Promise.all(Array.from({ length: 400 }, (_, index) => station.call('MeterValues', {
      connectorId: 1, transactionId, meterValue: [{ timestamp: timestamp(86_000 - index * 60), sampledValue: [{ value: String(1_000 + index) }] }],
    })))
    expect(answers).toHaveLength(400)
    await stop(station, transactionId, { timestamp: timestamp(60_000), meterStop: 1_500 })
    expect(site.central().chargePoint('OFFLINE').recent).toMatchObject([{ energy: 500 }])
  })

  test('A start whose answer was lost is repeated on the next connection, and is one transaction; its end too.', async () => {
    const station = await site.boots('RETRY')
    const startedAt = timestamp()
    station.send(JSON.stringify([2, 'lost', 'StartTransaction', { connectorId: 1, idTag: 'DRIVER', meterStart: 5, timestamp: startedAt }]))
    await station.cut()
    const again = await site.dials('RETRY')
    const { transactionId } = await start(again, { meterStart: 5, timestamp: startedAt })
    for (let attempt = 0; attempt < 3; attempt++) await stop(again, transactionId, { meterStop: 105, timestamp: startedAt })
    expect(site.central().chargePoint('RETRY').recent).toMatchObject([{ id: transactionId, energy: 100 }])
  })

  test('A charger that ends every transaction as 0 ends the one that runs.', async () => {
    const station = await site.boots('ZERO')
    const { transactionId } = await start(station)
    await stop(station, 0)
    expect(site.central().chargePoint('ZERO').recent).toMatchObject([{ id: transactionId, energy: 2_500 }])
  })

  test('Meter values of a transaction nobody knows are shown, and end or begin none.', async () => {
    const station = await site.boots('ORPHAN')
    await measure(station, [{ value: '777' }, { value: '8', measurand: 'Current.Import' }], { transactionId: 424_242 })
    expect(site.central().connector('ORPHAN')).toMatchObject({ meter: { register: 777, current: 8 } })
    expect(await stop(station, 424_242)).toEqual({})
  })
})

describe('Between question and answer', () => {
  test('Both sides may ask at the same time.', async () => {
    let crossing: Promise<unknown> = Promise.resolve()
    const station = await site.boots('CROSS', {
      answers: ({ action }) => {
        if (action === 'UnlockConnector') crossing = station.call('Heartbeat', {})
        return undefined
      },
    })
    expect(await site.central().operator.call('CROSS', 'UnlockConnector', { connectorId: 1 })).toEqual({ type: 'result', payload: { status: 'Unlocked' } })
    expect(await crossing).toHaveProperty('currentTime')
  })

  test.each(['{}', '"x"', '1', 'null', '{"vendorId":1}', '{"vendorId":"a"}', '{"vendorId":"a","data":{"json":[1]}}', '{"vendorId":"a","messageId":"","data":""}', '{"vendorId":"ü😀"}'])('DataTransfer %s is answered.', async (payload) => {
    const station = await site.boots('CP')
    const answer = await station.answerTo('d', `[2,"d","DataTransfer",${payload}]`)
    expect(answer.type === 'error' || Object.hasOwn(answer.payload, 'status')).toBe(true)
  })

  test('Notifications of all kinds are acknowledged, those of unknown words too.', async () => {
    const station = await site.boots('CP')
    for (const [action, payload] of [
      ['FirmwareStatusNotification', { status: 'Idle' }], ['DiagnosticsStatusNotification', { status: 'Idle' }], ['LogStatusNotification', { status: 'Idle' }],
      ['SignedFirmwareStatusNotification', { status: 'Idle' }], ['SecurityEventNotification', { type: 'StartupOfTheDevice', timestamp: timestamp() }],
      ['SecurityEventNotification', { type: 'SomethingOfOurOwn', timestamp: timestamp(), techInfo: 'x'.repeat(400) }],
    ] as const) expect(await station.call(action, payload)).toEqual({})
  })

  test('A reset that cuts the connection before it was answered is followed to its boot.', async () => {
    const station = await site.boots('RESET', { answers: ({ action }) => (action === 'Reset' ? 'silence' : undefined) })
    const ended = site.central().operator.order('RESET', { type: 'reset', hard: false })
    await station.asked(is('Reset'))
    await station.cut()
    await site.boots('RESET')
    expect(await ended).toMatchObject({ stage: 'observed' })
  })
})
