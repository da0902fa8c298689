import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { Fields } from '../../core/ocpp/fields.ts'
import { charger } from '../central-system.ts'
import type { Asked } from '../charge-point.ts'
import { bootNotification, measure, start, status, stop, timestamp, useSite } from './site.ts'

const site = useSite(['CP1', 'NEW', 'NEWER', 'NEWEST', 'KNOWN', 'TWICE', 'TAGS', 'REFUSED'].map((identity) => charger(identity)).concat(charger('PENDING', { registration: 'pending' }), charger('REJECTED', { registration: 'rejected' })))
const is = (action: string) => (asked: Asked): boolean => asked.action === action

describe('11. A BootNotification', () => {
  test('is answered with a status, the time in UTC and an interval in whole seconds.', async () => {
    const station = await site.dials('CP1')
    const before = Date.now()
    const { status: verdict, currentTime, interval } = await station.call('BootNotification', bootNotification)
    expect(verdict).toBe('Accepted')
    expect(currentTime).toMatch(/Z$/)
    expect(Math.abs(Date.parse(String(currentTime)) - before)).toBeLessThan(5_000)
    expect(interval).toSatisfy((seconds: number) => Number.isInteger(seconds) && seconds > 0)
  })

  test('comes first: before it all else is a SecurityError, and costs nobody the connection.', async () => {
    const station = await site.dials('NEW')
    const early = { Heartbeat: {}, StatusNotification: { connectorId: 1, errorCode: 'NoError', status: 'Available' }, Authorize: { idTag: 'DRIVER' } }
    for (const [action, payload] of Object.entries(early)) await expect(station.call(action, payload)).rejects.toThrow('SecurityError')
    expect(site.central().chargePoint('NEW').connectors[0]?.report.status).toBeNull()
    expect(await station.call('BootNotification', bootNotification)).toMatchObject({ status: 'Accepted' })
  })

  test('is needed once: a Charge Point that is known goes on after a reconnection, and after a restart of the Central System.', async () => {
    await (await site.boots('KNOWN')).cut()
    const again = await site.dials('KNOWN')
    expect(await again.call('Heartbeat', {})).toHaveProperty('currentTime')
    await again.close()
    await site.restart()
    expect(await (await site.dials('KNOWN')).call('Heartbeat', {})).toHaveProperty('currentTime')
  })
})

describe('12. Before the boot is accepted', () => {
  test('nothing is started or stopped: what the operator wants waits for it.', async () => {
    const station = await site.dials('NEWER')
    const called = site.central().operator.call('NEWER', 'RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER' })
    await expect(station.call('Heartbeat', {})).rejects.toThrow('SecurityError')
    expect(station.calls.filter(({ action }) => action !== 'TriggerMessage')).toEqual([])
    await station.call('BootNotification', bootNotification)
    expect(await called).toEqual({ type: 'result', payload: { status: 'Accepted' } })
    expect(station.calls.filter(is('RemoteStartTransaction'))).toHaveLength(1)
  })
})

describe('12. A boot that is not accepted', () => {
  const remote: readonly (readonly [action: string, payload: Fields])[] = [['RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER' }], ['RemoteStopTransaction', { transactionId: 1 }]]

  test('but Pending: the charger is set up, and neither starts nor is told to start or stop.', async () => {
    const station = await site.dials('PENDING')
    expect(await station.call('BootNotification', bootNotification)).toMatchObject({ status: 'Pending', interval: expect.any(Number) })
    for (const [action, payload] of remote) expect(await site.central().operator.call('PENDING', action, payload)).toMatchObject({ type: 'refused', status: 409, what: expect.stringContaining('pending') })
    expect(await site.central().operator.call('PENDING', 'ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' })).toEqual({ type: 'result', payload: { status: 'Accepted' } })
    await expect(station.call('StartTransaction', { connectorId: 1, idTag: 'DRIVER', meterStart: 0, timestamp: timestamp() })).rejects.toThrow('SecurityError')
    expect(station.calls.filter(({ action }) => action.startsWith('Remote'))).toEqual([])
  })

  test('but Rejected: the charger is heard with its boot alone, and asked for nothing else.', async () => {
    const station = await site.dials('REJECTED')
    expect(await station.call('BootNotification', bootNotification)).toMatchObject({ status: 'Rejected', interval: expect.any(Number) })
    for (const [action, payload] of [...remote, ['ClearCache', {}] as const]) expect(await site.central().operator.call('REJECTED', action, payload)).toMatchObject({ type: 'refused', status: 409 })
    await expect(status(station, 'Available')).rejects.toThrow('SecurityError')
    expect(await site.central().operator.call('REJECTED', 'TriggerMessage', { requestedMessage: 'BootNotification' })).toMatchObject({ type: 'refused', status: 409 })
    expect(station.calls.filter(({ action, payload }) => action !== 'TriggerMessage' || payload['requestedMessage'] !== 'BootNotification')).toEqual([])
  })
})

describe('13. A second boot on the same connection', () => {
  test('loses no transaction.', async () => {
    const station = await site.boots('TWICE')
    const { transactionId } = await start(station)
    await status(station, 'Charging')
    await station.call('BootNotification', bootNotification)
    await status(station, 'Charging')
    await measure(station, [{ value: '2000' }], { transactionId })
    expect(site.central().connector('TWICE')).toMatchObject({ transaction: { id: transactionId }, meter: { register: 2_000 } })
    await stop(station, transactionId)
    expect(site.central().chargePoint('TWICE').recent).toMatchObject([{ id: transactionId, energy: 2_500 }])
  })

  test.each(['[3,"late",{}]', '[5,"x"]', 'garbage'])('Any message shows that a Charge Point is alive: %s.', async (text) => {
    const station = await site.boots('NEWEST')
    const before = Date.now()
    station.send(text)
    station.socket.ping()
    await once(station.socket, 'pong')
    expect(site.central().chargePoint('NEWEST').heardAt).toBeGreaterThanOrEqual(before)
  })
})

describe('14. A tag', () => {
  test.each([
    ['DRIVER', 'Accepted'], ['driver', 'Accepted'], ['SISTER', 'Accepted'], ['BLOCKED', 'Blocked'], ['blocked', 'Blocked'], ['EXPIRED', 'Expired'], ['NOBODY', 'Invalid'],
    ['FAMILY', 'Accepted'], ['', 'Invalid'], [' DRIVER', 'Invalid'], ['<b>', 'Invalid'],
  ])('%j is %s.', async (idTag, verdict) => {
    const station = await site.boots('TAGS')
    expect(await station.call('Authorize', { idTag })).toMatchObject({ idTagInfo: { status: verdict } })
  })

  test('of the same parent may stop.', async () => {
    const station = await site.boots('TAGS')
    const { transactionId } = await start(station)
    expect(await stop(station, transactionId, { idTag: 'SISTER' })).toMatchObject({ idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } })
  })

  test('that is longer than the standard allows is answered all the same.', async () => {
    const station = await site.boots('TAGS')
    expect(await station.call('Authorize', { idTag: 'E'.repeat(22) })).toMatchObject({ idTagInfo: { status: 'Invalid' } })
  })
})

describe('15. A start with a refused tag', () => {
  test('gets a transactionId with its refusal, and is asked to stop if it goes on.', async () => {
    const station = await site.boots('REFUSED')
    expect(await start(station, { idTag: 'NOBODY' })).toMatchObject({ transactionId: expect.any(Number), verdict: 'Invalid' })
    expect(await start(station, { idTag: 'BLOCKED', timestamp: timestamp(1) })).toMatchObject({ transactionId: expect.any(Number), verdict: 'Blocked' })
    expect(site.central().connector('REFUSED').transaction).toMatchObject({ idTag: 'BLOCKED', unwanted: true })
  })
})
