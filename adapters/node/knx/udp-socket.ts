import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import type { Endpoint } from '../../../core/knx/link/frame.ts'

/** Where to: `host` is a name or an IPv4 address; `interface` is a name (`eth0`) or an IPv4 address of this machine. */
export interface SocketSettings {
  readonly host: string
  readonly port: number
  readonly interface?: string
}

export interface SocketListener {
  opened(local: Endpoint, gateway: Endpoint): void
  /** The socket is of no more use, for the reason given in plain words. */
  failed(reason: string): void
  datagram(sender: Endpoint, octets: Buffer): void
}

export interface Socket {
  send(to: Endpoint, octets: Buffer): void
  close(): void
}

/** IPv4 multicast, 224.0.0.0/4. */
export function isMulticast(host: string): boolean {
  return /^(22[4-9]|23[0-9])(\.[0-9]{1,3}){3}$/.test(host)
}

/** Resolves the host, then opens a UDP socket: a member of the group if it is a multicast address, else one on a port of its own. */
export function openSocket(settings: SocketSettings, listener: SocketListener): Socket {
  let socket: UdpSocket | undefined
  let closed = false
  const close = (): void => {
    closed = true
    socket?.close()
    socket = undefined
  }
  const fail = (error: unknown): void => {
    if (closed) return
    close()
    listener.failed(inWords(error, settings))
  }
  prepare(settings).then(({ socket: ready, local, gateway }) => {
    // Nobody waits for it any more.
    if (closed) return void ready.close()
    socket = ready
    ready.on('error', fail)
    ready.on('message', (octets, { address, port }) => {
      // At port 0, which only a forger uses, nobody can be answered.
      if (port !== 0) listener.datagram({ address, port }, octets)
    })
    listener.opened(local, gateway)
  }).catch(fail)
  return {
    send: (to, octets) => socket?.send(octets, to.port, to.address, (error) => error === null || fail(error)),
    close,
  }
}

interface Ready { readonly socket: UdpSocket; readonly local: Endpoint; readonly gateway: Endpoint }

async function prepare(settings: SocketSettings): Promise<Ready> {
  const { address } = await lookup(settings.host, { family: 4 })
  const gateway: Endpoint = { address, port: settings.port }
  const ownAddress = settings.interface === undefined ? await addressTowards(gateway) : addressOf(settings.interface)
  const group = isMulticast(settings.host)
  // Peers are written as addresses: answering at once keeps datagrams in order, and lets a farewell leave before `close`.
  const socket = createSocket({ type: 'udp4', reuseAddr: group, lookup: (name, _options, done) => done(null, name, 4) })
  try {
    const listening = once(socket, 'listening')
    // Bound to the group it hears no other group; Windows binds to own addresses only.
    socket.bind(group ? { port: gateway.port, ...(process.platform !== 'win32' && { address }) } : { port: 0, address: ownAddress })
    await listening
    if (group) joinGroup(socket, address, ownAddress)
    return { socket, gateway, local: { address: ownAddress, port: socket.address().port } }
  } catch (error) {
    socket.close()
    throw error
  }
}

function joinGroup(socket: UdpSocket, group: string, ownAddress: string): void {
  socket.addMembership(group, ownAddress)
  socket.setMulticastInterface(ownAddress)
  socket.setMulticastTTL(16)
}

/** The address this machine would send from: connecting a UDP socket sends nothing. */
async function addressTowards(peer: Endpoint): Promise<string> {
  const probe = createSocket('udp4')
  try {
    probe.connect(peer.port, peer.address)
    await once(probe, 'connect')
    return probe.address().address
  } finally {
    probe.close()
  }
}

function addressOf(name: string): string {
  if (/^[0-9.]+$/.test(name)) return name
  const found = networkInterfaces()[name]?.find(({ family }) => family === 'IPv4')
  if (found === undefined) throw new Error(`there is no network interface “${name}” with an IPv4 address`)
  return found.address
}

const words: { readonly [code: string]: (settings: SocketSettings) => string } = {
  ENOTFOUND: ({ host }) => `nobody knows the host name ${host}`,
  EAI_AGAIN: ({ host }) => `the host name ${host} cannot be looked up: no name server answers`,
  ENETUNREACH: ({ host }) => `no network leads to ${host}`,
  EHOSTUNREACH: ({ host }) => `${host} cannot be reached`,
  ENETDOWN: () => 'the network is down',
  EADDRNOTAVAIL: ({ interface: name }) => `this machine has no address ${name ?? ''} at present`,
  EADDRINUSE: ({ port }) => `UDP port ${port} is used by another program that does not share it`,
}

function inWords(error: unknown, settings: SocketSettings): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return Object.hasOwn(words, code) ? words[code]?.(settings) ?? error.message : error.message
}
