import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import type { Telegram } from '../../../core/knx/telegram.ts'
import { type Losses, type Proxy, startLossyProxy } from '../../../fixtures/knx-gateway/lossy-proxy.ts'
import { type RunningGateway, startGateway } from '../../../fixtures/knx-gateway/udp-gateway.ts'
import { createVirtualBus, type VirtualBus } from '../../../fixtures/knx-gateway/virtual-bus.ts'
import { createWitness, type Witness } from '../../../fixtures/knx-gateway/witness.ts'
import type { Link } from './listener.ts'
import { type LinkSettings, openLink } from './udp-link.ts'

const host = '127.0.0.1'
const on = { small: 1 }
const numbered = (i: number): Telegram => ({ service: 'write', address: 1, payload: { bytes: [i >> 8, i & 255] } })

const links: Link[] = []
const ends: (() => Promise<void>)[] = []

async function power(port = 0, bus: VirtualBus = createVirtualBus(), tunnels = 16): Promise<RunningGateway> {
  const gateway = await startGateway({ port, host, bus, tunnels })
  ends.push(() => gateway.close())
  return gateway
}

async function proxyTo(gateway: RunningGateway, losses: Losses): Promise<Proxy> {
  const proxy = await startLossyProxy({ address: host, port: gateway.port }, losses)
  ends.push(() => proxy.close())
  return proxy
}

function connect(settings: Partial<LinkSettings> & { readonly port: number }): Witness & { readonly link: Link } {
  const witness = createWitness()
  const link = openLink({ host, nat: false, ...settings }, witness.listener)
  links.push(link)
  return { ...witness, link }
}

/** Sends one telegram after the other, each after the outcome of the one before. */
async function sendInTurn(client: Witness & { readonly link: Link }, telegrams: readonly Telegram[]): Promise<readonly boolean[]> {
  const outcomes: boolean[] = []
  for (const telegram of telegrams) {
    client.link.transmit(telegram)
    outcomes.push((await client.next('transmitted')).confirmed)
  }
  return outcomes
}

function listen(bus: VirtualBus): readonly Telegram[] {
  const heard: Telegram[] = []
  bus.watch((telegram) => heard.push(telegram))
  return heard
}

afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()))
  await Promise.all(ends.splice(0).map((end) => end().catch(() => {})))
})

describe('tunnelling over UDP to the simulated gateway', () => {
  test('The link is up with an individual address; telegrams go both ways, once each and in order.', async () => {
    const gateway = await power()
    const client = connect({ port: gateway.port })
    expect(await client.next('up')).toEqual({ type: 'up', address: 0x11c8 })
    const heard = listen(gateway.bus)
    const telegrams = Array.from({ length: 300 }, (_, i) => numbered(i))
    expect(await sendInTurn(client, telegrams)).toEqual(telegrams.map(() => true))
    expect(heard).toEqual(telegrams)
    gateway.bus.write(2, on)
    expect((await client.next('telegram')).telegram).toEqual({ service: 'write', address: 2, payload: on })
    expect(client.seen.filter(({ type }) => type === 'telegram')).toHaveLength(1)
  })

  test('A host name is looked up, and a group can be read through the link.', async () => {
    const gateway = await power()
    const client = connect({ host: 'localhost', port: gateway.port })
    await client.next('up')
    gateway.bus.answer(3, { bytes: [12, 26] })
    client.link.transmit({ service: 'read', address: 3 })
    expect((await client.next('telegram')).telegram).toEqual({ service: 'response', address: 3, payload: { bytes: [12, 26] } })
  })

  test('Two clients hear each other.', async () => {
    const gateway = await power()
    const alice = connect({ port: gateway.port })
    await alice.next('up')
    const bob = connect({ port: gateway.port })
    await bob.next('up')
    alice.link.transmit({ service: 'write', address: 1, payload: on })
    expect((await bob.next('telegram')).telegram).toEqual({ service: 'write', address: 1, payload: on })
  })

  test('A closed link gives its tunnel back, so that the next client gets it.', async () => {
    const gateway = await power(0, createVirtualBus(), 1)
    const alice = connect({ port: gateway.port })
    await alice.next('up')
    const bob = connect({ port: gateway.port })
    expect((await bob.next('down')).reason).toBe('no free tunnel at the gateway: others are using all of them')
    await alice.link.close()
    await bob.next('up')
  })

  test('A lost datagram of whatever kind is made good.', async () => {
    const gateway = await power()
    const proxy = await proxyTo(gateway, {
      'TUNNELLING_REQUEST to gateway': [2], 'TUNNELLING_ACK to client': [5],
      'TUNNELLING_REQUEST to client': [8], 'TUNNELLING_ACK to gateway': [12],
    })
    const client = connect({ port: proxy.port, nat: true })
    await client.next('up')
    const heard = listen(gateway.bus)
    const telegrams = Array.from({ length: 15 }, (_, i) => numbered(i))
    expect(await sendInTurn(client, telegrams)).toEqual(telegrams.map(() => true))
    expect(heard).toEqual(telegrams)
    expect(client.seen.filter(({ type }) => type === 'down')).toEqual([])
  })

  test('A gateway switched off and on: what is sent meanwhile is not confirmed, and the link comes back by itself.', async () => {
    const bus = createVirtualBus()
    const first = await power(0, bus)
    const client = connect({ port: first.port })
    await client.next('up')
    await first.close()
    expect(await sendInTurn(client, [numbered(1)])).toEqual([false])
    expect((await client.next('down')).reason).toBe('the gateway does not acknowledge')
    expect(await sendInTurn(client, [numbered(2)])).toEqual([false])
    await power(first.port, bus)
    await client.next('up')
    const heard = listen(bus)
    expect(await sendInTurn(client, [numbered(3)])).toEqual([true])
    expect(heard).toEqual([numbered(3)])
  })

  test('Garbage on its socket does the gateway no harm.', async () => {
    const gateway = await power()
    const client = connect({ port: gateway.port })
    await client.next('up')
    const stranger = createSocket('udp4')
    for (const octets of ['', '06', '061004200006', '0610042000ff0401', 'ffffffffffffffff']) {
      stranger.send(Buffer.from(octets, 'hex'), gateway.port, host)
    }
    expect(await sendInTurn(client, [numbered(1)])).toEqual([true])
    stranger.close()
    await once(stranger, 'close')
  })

  test.each([
    ['a host name that nobody knows', { host: 'gateway.invalid' }, /gateway\.invalid/],
    ['an address that no network leads to', { host: '255.255.255.255' }, /./],
    ['an interface that does not exist', { interface: 'knx9' }, /there is no network interface “knx9”/],
    ['an own address that this machine has not', { interface: '192.0.2.1' }, /this machine has no address 192\.0\.2\.1/],
  ])('With %s the link says so and can be closed.', async (_, settings, words) => {
    const client = connect({ port: 3671, ...settings })
    expect((await client.next('down')).reason).toMatch(words)
    await client.link.close()
  })

  test('A link closed before it is open is closed, and twice is as good as once.', async () => {
    const gateway = await power()
    const client = connect({ port: gateway.port })
    await Promise.all([client.link.close(), client.link.close()])
    client.link.transmit(numbered(1))
    expect((await client.next('transmitted')).confirmed).toBe(false)
    expect(client.seen.filter(({ type }) => type === 'up')).toEqual([])
  })
})
