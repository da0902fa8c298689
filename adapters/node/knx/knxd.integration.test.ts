import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatGroupAddress } from '../../../core/knx/group-address.ts'
import type { Telegram } from '../../../core/knx/telegram.ts'
import { type Knxd, probeAddress, startKnxd } from '../../../fixtures/knx-gateway/knxd.ts'
import { createNetwork, ip, networkInterface, type Network } from '../../../fixtures/knx-gateway/namespaces.ts'
import { bundleLink, type LinkProgram, openRemoteLink, type RemoteSettings } from '../../../fixtures/knx-gateway/remote-link.ts'
import { createWitness, type Witness } from '../../../fixtures/knx-gateway/witness.ts'
import { requireTools } from '../../../fixtures/tools.ts'
import type { Link } from './listener.ts'

const address = 0x4f00
const float = { service: 'write', address: address + 1, payload: { bytes: [0x41, 0xa0, 0, 0] } } as const
const numbered = (i: number): Telegram => ({ service: 'write', address, payload: { bytes: [i >> 8, i & 255] } })
const group = formatGroupAddress(address)
/** As knxtool prints the number. */
const printed = (i: number): string => [i >> 8, i & 255].map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')

let network: Network
let program: LinkProgram
let knxd: Knxd | undefined
let client: Client | undefined

interface Client extends Witness {
  readonly link: Link & { readonly complaints: readonly string[] }
}

beforeEach(async (context) => {
  await requireTools(context, 'ip', 'knxd', 'knxtool', 'namespaces')
  // Made once, and not where a tool is missing.
  network ??= await createNetwork()
  program ??= await bundleLink()
})

afterAll(async () => {
  // The casts own up that nothing was made where all was skipped.
  await (program as LinkProgram | undefined)?.remove()
  await (network as Network | undefined)?.close()
})

afterEach(async () => {
  await client?.link.close()
  expect(client?.link.complaints ?? []).toEqual([])
  await knxd?.kill()
  knxd = undefined
  client = undefined
})

function connect(settings: Partial<RemoteSettings> = {}): Client {
  const witness = createWitness()
  const all = { host: network.gateway.address, port: 3671, nat: false, ...settings }
  const listener = { ...witness.listener, telegram: (telegram: Telegram) => telegram.address !== probeAddress && witness.listener.telegram(telegram) }
  const link = openRemoteLink(program, network.client, all, listener)
  client = { ...witness, link }
  return client
}

async function send(to: Client, telegram: Telegram): Promise<boolean> {
  to.link.transmit(telegram)
  return (await to.next('transmitted')).confirmed
}

/** Collects what knxtool hears; `until` waits for so many lines. */
async function listen(to: Knxd): Promise<{ readonly lines: readonly string[]; until(count: number): Promise<void> }> {
  const lines: string[] = []
  const checks: (() => void)[] = []
  await to.listen((line) => {
    lines.push(line)
    for (const check of checks) check()
  })
  const until = (count: number): Promise<void> => new Promise((resolve) => {
    const check = (): void => { if (lines.length >= count) resolve() }
    checks.push(check)
    check()
  })
  return { lines, until }
}

describe.each([
  ['tunnelling', { }, '1.1.20'],
  ['routing', { host: '224.0.23.12', interface: networkInterface }, '15.15.2'],
] as const)('%s with knxd', (_, settings, source) => {
  test('Telegrams go both ways, small and long, once each.', async () => {
    knxd = await startKnxd(network.gateway)
    const bus = await listen(knxd)
    const link = connect(settings)
    await link.next('up')
    expect(await send(link, { service: 'write', address, payload: { small: 1 } })).toBe(true)
    expect(await send(link, float)).toBe(true)
    expect(await send(link, { service: 'read', address })).toBe(true)
    await bus.until(3)
    expect(bus.lines.map((line) => line.trim())).toEqual([
      expect.stringMatching(new RegExp(`^Write from ${source}\\d? to 9/7/0: 01$`)),
      expect.stringMatching(new RegExp(`^Write from ${source}\\d? to 9/7/1: 41 A0 00 00$`)),
      expect.stringMatching(new RegExp(`^Read from ${source}\\d? to 9/7/0$`)),
    ])
    await knxd.tool('groupswrite', group, '1')
    await knxd.tool('groupwrite', '9/7/1', '41', 'a0', '00', '00')
    await knxd.tool('groupsresponse', group, '0')
    const heard = [await link.next('telegram'), await link.next('telegram'), await link.next('telegram')]
    expect(heard.map(({ telegram }) => telegram)).toEqual([
      { service: 'write', address, payload: { small: 1 } }, float, { service: 'response', address, payload: { small: 0 } },
    ])
    expect(link.seen.filter(({ type }) => type === 'telegram')).toHaveLength(3)
  })

  test('1000 quick writes are all confirmed and reach the bus in their order.', async () => {
    knxd = await startKnxd(network.gateway)
    const bus = await listen(knxd)
    const link = connect(settings)
    await link.next('up')
    for (let i = 0; i < 1_000; i += 1) expect(await send(link, numbered(i))).toBe(true)
    await bus.until(1_000)
    expect(bus.lines.map((line) => line.trim().slice(-5))).toEqual(Array.from({ length: 1_000 }, (__, i) => printed(i)))
  })
})

describe('a way to knxd that fails', () => {
  test('One lost datagram of whatever kind costs neither a telegram nor the connection.', async () => {
    knxd = await startKnxd(network.gateway)
    const bus = await listen(knxd)
    const link = connect({ losses: {
      'TUNNELLING_REQUEST to gateway': [2], 'TUNNELLING_ACK to client': [8],
      'TUNNELLING_REQUEST to client': [15], 'TUNNELLING_ACK to gateway': [22],
    } })
    await link.next('up')
    for (let i = 0; i < 29; i += 1) expect(await send(link, numbered(i))).toBe(true)
    await bus.until(29)
    expect(bus.lines.map((line) => line.trim().slice(-5))).toEqual(Array.from({ length: 29 }, (__, i) => printed(i)))
    expect(link.seen.filter(({ type }) => type === 'down')).toEqual([])
  })

  test('Killed and started again, it is found again; what was sent meanwhile was not confirmed.', async () => {
    knxd = await startKnxd(network.gateway)
    const link = connect()
    await link.next('up')
    expect(await send(link, numbered(1))).toBe(true)
    await knxd.kill()
    expect(await send(link, numbered(2))).toBe(false)
    expect((await link.next('down')).reason).toBe('the gateway does not acknowledge')
    expect(await send(link, numbered(3))).toBe(false)
    knxd = await startKnxd(network.gateway)
    await link.next('up')
    const bus = await listen(knxd)
    expect(await send(link, numbered(4))).toBe(true)
    await bus.until(1)
    expect(bus.lines[0]).toContain(printed(4))
  })

  test.each([
    ['tunnelling', {}], ['routing', { host: '224.0.23.12', interface: networkInterface }],
  ] as const)('A cable pulled out and put back is noticed in %s by the next telegram, and got over.', async (_, settings) => {
    knxd = await startKnxd(network.gateway)
    const link = connect(settings)
    await link.next('up')
    await ip('-n', network.client.namespace, 'link', 'set', networkInterface, 'down')
    expect([await send(link, numbered(1)), await send(link, numbered(2))]).toContain(false)
    expect((await link.next('down')).reason).toMatch(/network|reached|acknowledge/)
    await ip('-n', network.client.namespace, 'link', 'set', networkInterface, 'up')
    await link.next('up')
    expect(await send(link, numbered(3))).toBe(true)
  })
})
