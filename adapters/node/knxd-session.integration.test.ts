import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectForeign, type ForeignClient } from '../../fixtures/foreign-client.ts'
import { type BusWitness, listenToBus } from '../../fixtures/knx-gateway/bus-witness.ts'
import { type ClientHost, openClientHost } from '../../fixtures/knx-gateway/client-host.ts'
import { type Knxd, startKnxd } from '../../fixtures/knx-gateway/knxd.ts'
import type { Losses } from '../../fixtures/knx-gateway/lossy-proxy.ts'
import { createNetwork, ip, type Network, networkInterface } from '../../fixtures/knx-gateway/namespaces.ts'
import { type RemoteController, startRemoteController } from '../../fixtures/knx-gateway/remote-controller.ts'
import { requireTools } from '../../fixtures/tools.ts'

// What does not come within this does not come.
vi.setConfig({ testTimeout: 40_000 })

/** The addresses of the manual. */
const object = {
  status: '9/7/0', errorCode: '9/7/100', charging: '9/7/1', availability: '9/7/4', transactionEnergy: '9/7/10',
  startTime: '9/7/20', endTime: '9/7/30', chargingCurrent: '9/7/40', maxCurrent: '9/7/41',
} as const
const command = {
  charging: '9/7/2', reservation: '9/7/3', availability: '9/7/5', unlock: '9/7/6', maxCurrent: '9/7/42', reset: '9/7/101',
} as const
/** The second connector has few. */
const second = { status: '9/6/0', charging: '9/6/2', reservation: '9/6/3' } as const
/** What the controller sends to. */
const addresses: readonly string[] = [...Object.values(object), second.status]

type Name = keyof typeof object
const identity = 'CP1'
const port = 8016

interface Types { readonly timeType: string; readonly currentType: string }
const plain: Types = { timeType: 'DPT 10.001', currentType: 'DPT 14.019' }

function site(gateway: string, { timeType, currentType }: Types = plain): string {
  return `
site: { timeZone: Europe/Amsterdam }
ocpp: { port: ${port}, limitInterval: 0 }
knx: { ${gateway} }
chargers:
  - name: Left
    identity: ${identity}
    timeType: ${timeType}
    currentType: ${currentType}
    objects:
      status: ${object.status}
      errorCode: ${object.errorCode}
      charging: { send: ${object.charging}, receive: ${command.charging} }
      reservation: { receive: ${command.reservation} }
      availability: { send: ${object.availability}, receive: ${command.availability} }
      unlock: { receive: ${command.unlock} }
      transactionEnergy: ${object.transactionEnergy}
      startTime: ${object.startTime}
      endTime: ${object.endTime}
      chargingCurrent: ${object.chargingCurrent}
      maxCurrent: { send: ${object.maxCurrent}, receive: ${command.maxCurrent} }
      reset: { receive: ${command.reset} }
  - name: Right
    identity: ${identity}
    connector: 2
    objects: { status: ${second.status}, charging: { receive: ${second.charging} }, reservation: { receive: ${second.reservation} } }
`
}

let network: Network | undefined
let folder: string
const open: (() => Promise<void>)[] = []

beforeEach(async (context) => {
  await requireTools(context, 'ip', 'knxd', 'knxtool', 'namespaces')
  network ??= await createNetwork()
  folder = await mkdtemp(join(tmpdir(), 'wallbus-session-'))
  open.push(() => rm(folder, { recursive: true }))
})
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
afterAll(async () => {
  await network?.close()
})

/** A gateway with a bus, a controller on another host, and a way for chargers to reach it. */
interface Installation {
  readonly network: Network
  readonly host: ClientHost
  knxd: Knxd
  bus: BusWitness
  controller: RemoteController
}

const tunnelling = ({ gateway }: Network): string => `gateway: ${gateway.address}`

interface Options { readonly types?: Types; readonly clock?: string; readonly losses?: Losses }

async function install(way: (network: Network, host: ClientHost) => string, options: Options = {}): Promise<Installation> {
  if (network === undefined) throw new Error('there is no network')
  const host = await openClientHost(network, port, options.losses)
  open.push(host.close)
  const knxd = await powerOn(network)
  const bus = await listenToBus(knxd, addresses)
  const controller = await run(network, site(way(network, host), options.types), options.clock)
  return { network, host, knxd, bus, controller }
}

async function powerOn({ gateway }: Network): Promise<Knxd> {
  const knxd = await startKnxd(gateway)
  open.push(knxd.kill)
  return knxd
}

async function run({ client }: Network, text: string, clock?: string): Promise<RemoteController> {
  const controller = await startRemoteController({ host: client, folder, site: text, ...(clock !== undefined && { clock }) })
  open.push(() => controller.end('SIGKILL'))
  await controller.said('the KNX bus is reachable')
  return controller
}

/** A charger that connects; its connection ends with the host that carries it. */
function plugIn({ chargerPort }: ClientHost): Promise<ForeignClient> {
  return connectForeign({ url: `ws://127.0.0.1:${chargerPort}`, identity })
}

const boot = { chargePointVendor: 'Vendor', chargePointModel: 'Model' }
const report = (client: ForeignClient, status: string, errorCode = 'NoError', connectorId = 1) =>
  client.call('StatusNotification', { connectorId, status, errorCode })
const measure = (client: ForeignClient, amperes: number, timestamp = new Date().toISOString()) => client.call('MeterValues', {
  connectorId: 1, meterValue: [{ timestamp, sampledValue: [{ value: String(amperes), measurand: 'Current.Import', unit: 'A' }] }],
})

interface Limiting { readonly chargingSchedule: { readonly chargingSchedulePeriod: readonly { readonly limit: number }[] } }

/** The next limit that connector 1 is asked to keep. */
async function limitAsked(client: ForeignClient): Promise<unknown> {
  for (;;) {
    const { connectorId, csChargingProfiles } = await client.asked('SetChargingProfile')
    if (connectorId !== 1) continue
    // The cast trusts the schemas of OCPP, against which the controller is tested elsewhere.
    const { chargingSchedule } = csChargingProfiles as Limiting
    return chargingSchedule.chargingSchedulePeriod[0]?.limit
  }
}

/** Octets as knxtool wants them. */
const split = (octets: string): readonly string[] => octets.match(/../g) ?? []

/** The cast gives back what Object.keys takes. */
const namesOf = (values: { readonly [N in Name]?: string }): readonly Name[] => Object.keys(values) as Name[]

/** The next telegrams of some objects are these; each object's in its own order. */
async function expectTold(bus: BusWitness, expected: { readonly [N in Name]?: string }): Promise<void> {
  const told = await Promise.all(namesOf(expected).map(async (name) => [name, await bus.next(object[name])] as const))
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(Object.entries(expected).map(([name, octets]) => [name, `write ${octets}`])))
}

const sessions = [
  {
    title: 'tunnelling with DPT 10.001 and 14.019', way: tunnelling, source: /^1\.1\.2\d\d$/, types: plain,
    // A Sunday in winter.
    started: '2026-11-22T06:30:15Z', ended: '2026-11-22T06:38:20Z', startTime: 'e71e0f', endTime: 'e72614',
    amperes: { 0: '00000000', 6: '40c00000', 10: '41200000', 13.8: '415ccccd', 16: '41800000', 16.21: '4181ae14', 100: '42c80000' },
  },
  {
    title: 'tunnelling with DPT 19.001 and 9.021', way: tunnelling, source: /^1\.1\.2\d\d$/,
    types: { timeType: 'DPT 19.001', currentType: 'DPT 9.021' },
    // A Wednesday in summer.
    started: '2026-07-01T10:00:00Z', ended: '2026-07-01T10:07:30Z', startTime: '7e07016c00002180', endTime: '7e07016c071e2180',
    amperes: { 0: '0000', 6: '4c94', 10: '4fa1', 13.8: '5544', 16: '561b', 16.21: '562f', 100: '6e1a' },
  },
  {
    title: 'routing with DPT 10.001 and amperes in 9.021', way: () => 'gateway: 224.0.23.12', source: /^15\.15\.2$/,
    types: { timeType: 'DPT 10.001', currentType: 'DPT 9.021 A' },
    // From Monday into Tuesday.
    started: '2026-11-23T22:59:59Z', ended: '2026-11-23T23:04:00Z', startTime: '373b3b', endTime: '400400',
    amperes: { 0: '0000', 6: '0258', 10: '03e8', 13.8: '0564', 16: '0640', 16.21: '0655', 100: '1ce2' },
  },
] as const

describe.each(sessions)('a whole session by $title', ({ way, source, types, started, ended, startTime, endTime, amperes }) => {
  test('Every group object of the manual does its work, both ways.', async () => {
    const { knxd, bus, host, controller } = await install(way, { types, clock: started })
    const client = await plugIn(host)
    // Nothing is known, so nothing is told and nothing answered.
    await knxd.tool('groupread', object.status)
    expect(await bus.next(object.status)).toBe('read')

    await client.call('BootNotification', boot)
    expect(await limitAsked(client)).toBe(10)
    await expectTold(bus, { maxCurrent: amperes[10] })
    await report(client, 'Available')
    await expectTold(bus, { status: '00', errorCode: '00', charging: '(0)', availability: '(1)', chargingCurrent: amperes[0] })

    // The limit.
    for (const limit of [16, 13.8, 6, 16] as const) {
      await knxd.tool('groupwrite', command.maxCurrent, ...split(amperes[limit]))
      expect(await limitAsked(client)).toBe(limit)
      await expectTold(bus, { maxCurrent: amperes[limit] })
    }
    await knxd.tool('groupswrite', command.maxCurrent, '1')
    await controller.said('not understood')
    await knxd.tool('groupwrite', command.maxCurrent, ...split(amperes[100]))
    await controller.said('is not within 0 … 32 A')

    // Start, measure, stop.
    await report(client, 'Preparing')
    await expectTold(bus, { status: '01' })
    await knxd.tool('groupswrite', command.charging, '1')
    expect(await client.asked('RemoteStartTransaction')).toEqual({ connectorId: 1, idTag: 'WALLBUS' })
    const start = { connectorId: 1, idTag: 'WALLBUS', meterStart: 1_000, timestamp: started }
    const { transactionId } = await client.call('StartTransaction', start)
    await expectTold(bus, { startTime })
    await report(client, 'Charging')
    await expectTold(bus, { status: '02', charging: '(1)' })
    await measure(client, 16, started)
    await expectTold(bus, { chargingCurrent: amperes[16] })
    await measure(client, 16.2, started)
    // By the second of these telegrams any other object would have been told again.
    await report(client, 'Charging', 'WeakSignal')
    await expectTold(bus, { errorCode: '0f' })
    await report(client, 'Charging')
    await expectTold(bus, { errorCode: '00' })
    await measure(client, 16.21, started)
    await expectTold(bus, { chargingCurrent: amperes[16.21] })
    await measure(client, 13.8, started)
    await expectTold(bus, { chargingCurrent: amperes[13.8] })
    await knxd.tool('groupswrite', command.charging, '0')
    expect(await client.asked('RemoteStopTransaction')).toEqual({ transactionId })
    await client.call('StopTransaction', { transactionId, meterStop: 5_200, timestamp: ended })
    await expectTold(bus, { transactionEnergy: '00001068', endTime, chargingCurrent: amperes[0] })
    await report(client, 'Finishing')
    await expectTold(bus, { status: '05', charging: '(0)' })

    // Present values are there to be read.
    const present = {
      status: '05', errorCode: '00', charging: '(0)', availability: '(1)', transactionEnergy: '00001068', startTime, endTime,
      chargingCurrent: amperes[0], maxCurrent: amperes[16],
    }
    for (const name of namesOf(present)) {
      // knxtool ends when it is answered.
      await knxd.tool('groupreadresponse', object[name])
      expect([await bus.next(object[name]), await bus.next(object[name])]).toEqual(['read', `response ${present[name]}`])
    }

    // Reservation.
    await report(client, 'Available')
    await expectTold(bus, { status: '00' })
    await knxd.tool('groupswrite', command.reservation, '1')
    expect(await client.asked('ReserveNow')).toMatchObject({ connectorId: 1, idTag: 'WALLBUS-HOLD', reservationId: 1 })
    await report(client, 'Reserved')
    await expectTold(bus, { status: '06' })
    await knxd.tool('groupswrite', command.charging, '1')
    await controller.said('start refused: the charger is reserved')
    await knxd.tool('groupswrite', command.reservation, '0')
    expect(await client.asked('CancelReservation')).toEqual({ reservationId: 1 })
    await report(client, 'Available')
    await expectTold(bus, { status: '00' })

    // Availability, unlock, reset, fault.
    await knxd.tool('groupswrite', command.availability, '0')
    expect(await client.asked('ChangeAvailability')).toEqual({ connectorId: 1, type: 'Inoperative' })
    await report(client, 'Unavailable')
    await expectTold(bus, { status: '07', availability: '(0)' })
    await knxd.tool('groupswrite', command.availability, '1')
    expect(await client.asked('ChangeAvailability')).toEqual({ connectorId: 1, type: 'Operative' })
    await report(client, 'Available')
    await expectTold(bus, { status: '00', availability: '(1)' })
    await knxd.tool('groupswrite', command.unlock, '0')
    await knxd.tool('groupswrite', command.unlock, '1')
    expect(await client.asked('UnlockConnector')).toEqual({ connectorId: 1 })
    await report(client, 'Faulted', 'GroundFailure')
    await expectTold(bus, { status: '08', errorCode: '03', availability: '(0)' })
    await knxd.tool('groupswrite', command.reset, '1')
    expect(await client.asked('Reset')).toEqual({ type: 'Soft' })

    expect(bus.rest()).toEqual([])
    expect(bus.all.filter(({ text }) => text !== 'read').every((telegram) => source.test(telegram.source))).toBe(true)
    expect(controller.lines.filter((line) => line.includes('bus is lost'))).toEqual([])
  })
})

/** Lets a charger boot and charge with 16 A, until the bus has been told; resolves with the number of the transaction. */
async function charge(client: ForeignClient, bus: BusWitness): Promise<number> {
  await client.call('BootNotification', boot)
  await report(client, 'Charging')
  const start = { connectorId: 1, idTag: 'A', meterStart: 1_000, timestamp: new Date().toISOString() }
  const { transactionId } = await client.call('StartTransaction', start)
  await measure(client, 16)
  await bus.first(object.chargingCurrent, 'write 41800000')
  await Promise.all([
    bus.first(object.status, 'write 02'), bus.first(object.charging, 'write (1)'), bus.first(object.maxCurrent, 'write 41200000'),
  ])
  // The cast trusts the controller's own schema.
  return transactionId as number
}

const texts = (bus: BusWitness, address: string): readonly string[] =>
  bus.all.filter((telegram) => telegram.address === address).map(({ text }) => text)

describe('what goes wrong on the way', () => {
  test('A gateway that was killed and started again is told what is now, each object once, and commands work again.', async () => {
    const installed = await install(tunnelling)
    const { host, controller } = installed
    const client = await plugIn(host)
    const transactionId = await charge(client, installed.bus)
    await installed.knxd.kill()
    for (let i = 0; i < 20; i += 1) {
      await report(client, i % 2 === 0 ? 'SuspendedEV' : 'SuspendedEVSE')
      await measure(client, i)
    }
    await controller.said('the KNX bus is lost')
    await report(client, 'Charging')
    await measure(client, 13.8)

    // Datagrams to the gateway go nowhere until the new bus has its listener, so that nothing is missed.
    const { client: { namespace }, gateway } = installed.network
    const neighbour = (act: string, ...more: readonly string[]) =>
      ip('-n', namespace, 'neighbour', act, gateway.address, 'dev', networkInterface, ...more)
    await neighbour('replace', 'lladdr', '02:00:00:00:00:01', 'nud', 'permanent')
    installed.knxd = await powerOn(installed.network)
    installed.bus = await listenToBus(installed.knxd, addresses)
    const { knxd, bus } = installed
    await neighbour('delete')
    await expectTold(bus, {
      status: '02', errorCode: '00', charging: '(1)', availability: '(1)', chargingCurrent: '415ccccd', maxCurrent: '41200000',
    })
    expect(await bus.next(object.startTime)).toMatch(/^write [0-9a-f]{6}$/)
    await knxd.tool('groupswrite', command.charging, '0')
    expect(await client.asked('RemoteStopTransaction')).toEqual({ transactionId })
    await report(client, 'Finishing')
    await expectTold(bus, { status: '05', charging: '(0)', chargingCurrent: '00000000' })
    expect(bus.rest()).toEqual([])
  })

  test('One lost datagram of each kind costs no telegram and no command, and none comes twice.', async () => {
    // Of what comes from the gateway, each time a command and a confirmation.
    const losses = {
      'CONNECT_REQUEST to gateway': [1],
      'TUNNELLING_REQUEST to gateway': [12], 'TUNNELLING_ACK to client': [13],
      'TUNNELLING_ACK to gateway': [8, 12], 'TUNNELLING_REQUEST to client': [16, 20],
    }
    const proxy = (_: Network, { gatewayPort }: ClientHost): string => `gateway: 127.0.0.1, port: ${gatewayPort}, nat: true`
    const { knxd, host, bus, controller } = await install(proxy, { losses })
    const client = await plugIn(host)
    await client.call('BootNotification', boot)
    await report(client, 'Preparing')
    await expectTold(bus, {
      maxCurrent: '41200000', status: '01', errorCode: '00', charging: '(0)', availability: '(1)', chargingCurrent: '00000000',
    })
    const errors = [
      'ConnectorLockFailure', 'EVCommunicationError', 'GroundFailure', 'HighTemperature', 'InternalError', 'LocalListConflict',
      'OtherError', 'OverCurrentFailure',
    ]
    for (const [i, error] of errors.entries()) {
      await report(client, 'Preparing', error)
      await expectTold(bus, { errorCode: `0${i + 1}` })
      await knxd.tool('groupswrite', command.unlock, '1')
      await client.asked('UnlockConnector')
    }
    expect(bus.rest()).toEqual([])
    const oneMore = vi.fn()
    void client.asked('UnlockConnector').then(oneMore)
    await knxd.tool('groupswrite', command.reset, '1')
    await client.asked('Reset')
    expect(oneMore).not.toHaveBeenCalled()
    expect(controller.lines.filter((line) => line.includes('bus is lost'))).toEqual([])
  })

  test('A thousand changes in a moment come to a few telegrams, of which the last is the truth.', async (context) => {
    const telegramsPerSecond = 5
    const { knxd, host, bus } = await install(({ gateway }) => `gateway: ${gateway.address}, telegramsPerSecond: ${telegramsPerSecond}`)
    const client = await plugIn(host)
    await charge(client, bus)
    await bus.first(object.availability, 'write (1)')
    const before = bus.all.length
    const beganAt = performance.now()
    for (let i = 0; i < 500; i += 1) {
      await Promise.all([report(client, i % 2 === 0 ? 'SuspendedEV' : 'Charging'), measure(client, 6 + (i % 10))])
    }
    const floodMs = performance.now() - beganAt
    await report(client, 'SuspendedEVSE')
    await measure(client, 7.5)
    const last = await Promise.all([bus.first(object.status, 'write 04'), bus.first(object.chargingCurrent, 'write 40f00000')])
    const afterMs = Math.max(...last.map(({ at }) => at)) - beganAt - floodMs
    const flood = bus.all.slice(before)
    expect(flood.length).toBeLessThanOrEqual(((floodMs + afterMs) / 1_000) * telegramsPerSecond + 2)
    await knxd.tool('groupreadresponse', object.charging)
    await bus.first(object.charging, 'response (0)')
    expect([texts(bus, object.status).at(-1), texts(bus, object.chargingCurrent).at(-1)]).toEqual(['write 04', 'write 40f00000'])
    const [took, late] = [floodMs, afterMs].map(Math.round)
    await context.annotate(`1000 changes in ${took} ms: ${flood.length} telegrams, the last ${late} ms after the last change`)
  })

  test('After kill -9 a transaction, the wanted limit and a reservation are as before, and the bus is told what is.', async () => {
    const installed = await install(tunnelling)
    const { knxd, host } = installed
    const client = await plugIn(host)
    const transactionId = await charge(client, installed.bus)
    const [startTime] = texts(installed.bus, object.startTime)
    await report(client, 'Available', 'NoError', 2)
    await knxd.tool('groupswrite', second.reservation, '1')
    expect(await client.asked('ReserveNow')).toMatchObject({ connectorId: 2 })
    await report(client, 'Reserved', 'NoError', 2)
    await installed.bus.first(second.status, 'write 06')
    expect(await limitAsked(client)).toBe(10)
    await knxd.tool('groupwrite', command.maxCurrent, ...split('415ccccd'))
    expect(await limitAsked(client)).toBe(13.8)
    await installed.controller.end('SIGKILL')

    installed.bus = await listenToBus(knxd, addresses)
    const { bus } = installed
    installed.controller = await run(installed.network, site(tunnelling(installed.network)))
    expect(await bus.next(object.startTime)).toBe(startTime)
    // No new boot: only the connection was lost.
    const again = await plugIn(host)
    await report(again, 'Charging')
    await report(again, 'Reserved', 'NoError', 2)
    await measure(again, 13)
    await expectTold(bus, {
      status: '02', errorCode: '00', charging: '(1)', availability: '(1)', chargingCurrent: '41500000', maxCurrent: '415ccccd',
    })
    expect(await bus.next(second.status)).toBe('write 06')
    expect(bus.rest()).toEqual([])
    await knxd.tool('groupswrite', command.charging, '0')
    expect(await again.asked('RemoteStopTransaction')).toEqual({ transactionId })
    await again.call('StopTransaction', { transactionId, meterStop: 5_200, timestamp: new Date().toISOString() })
    await bus.first(object.transactionEnergy, 'write 00001068')
    await knxd.tool('groupswrite', second.charging, '1')
    await installed.controller.said('start refused: the charger is reserved')
    await knxd.tool('groupswrite', second.reservation, '0')
    expect(await again.asked('CancelReservation')).toEqual({ reservationId: 2 })
  })

  test('After kill -9 the limit that the charger accepted last is not mixed up with an earlier one.', async () => {
    const installed = await install(tunnelling)
    const { knxd, host } = installed
    const client = await plugIn(host)
    await charge(client, installed.bus)
    expect(await limitAsked(client)).toBe(10)
    await knxd.tool('groupwrite', command.maxCurrent, ...split('41800000'))
    expect(await limitAsked(client)).toBe(16)
    await installed.bus.first(object.maxCurrent, 'write 41800000')
    await installed.controller.end('SIGKILL')

    const bus = await listenToBus(knxd, [object.maxCurrent, command.maxCurrent])
    installed.controller = await run(installed.network, site(tunnelling(installed.network)))
    // Wanted before the charger is back, which still keeps to 16 A.
    await knxd.tool('groupwrite', command.maxCurrent, ...split('41200000'))
    expect(await bus.next(command.maxCurrent)).toBe('write 41200000')
    const again = await plugIn(host)
    expect(await limitAsked(again)).toBe(10)
    expect(await bus.next(object.maxCurrent)).toBe('write 41200000')
    expect(bus.rest()).toEqual([])
  })
})

describe('the time it takes', () => {
  test('A status is on the bus, and a command at the charger, within a fraction of a second.', async (context) => {
    const { knxd, host, bus } = await install(tunnelling)
    const commands = await listenToBus(knxd, [command.maxCurrent])
    const client = await plugIn(host)
    await client.call('BootNotification', boot)
    await bus.first(object.maxCurrent, 'write 41200000')
    await limitAsked(client)
    const statusMs: number[] = []
    const commandMs: number[] = []
    for (let i = 0; i < 10; i += 1) {
      const from = performance.now()
      const heard = bus.next(object.status)
      await report(client, i % 2 === 0 ? 'Available' : 'Preparing')
      await heard
      statusMs.push(performance.now() - from)
      const asked = limitAsked(client).then(() => performance.now())
      await knxd.tool('groupwrite', command.maxCurrent, ...split(i % 2 === 0 ? '41800000' : '41200000'))
      await commands.next(command.maxCurrent)
      // The charger may be asked before the listener tells.
      commandMs.push(Math.max(0, await asked - (commands.all[i]?.at ?? 0)))
      // One object is told four times a second: not that is to be measured.
      await new Promise((resolve) => { setTimeout(resolve, 300) })
    }
    await context.annotate(`status → telegram: ${inWords(statusMs)}; telegram → CALL: ${inWords(commandMs)}`)
    expect(median(statusMs)).toBeLessThan(250)
    expect(median(commandMs)).toBeLessThan(250)
  })
})

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function inWords(milliseconds: readonly number[]): string {
  return `median ${median(milliseconds).toFixed(1)} ms, most ${Math.max(...milliseconds).toFixed(1)} ms`
}
