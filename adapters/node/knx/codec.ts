import KnxLog from 'knx/src/KnxLog.js'
import protocol, { type Reader, type Structures, type Writer } from 'knx/src/KnxProtocol.js'
import { type Endpoint, type Frame, status } from '../../../core/knx/link/frame.ts'
import { decodeCemi, encodeCemi } from './cemi.ts'

// The library prints to standard output from level info on, and its first caller sets the level for good.
KnxLog.get({ loglevel: 'error' })

// The library's own uses `new Buffer`, of which Node warns once the library is bundled.
protocol.Writer.prototype.allocate = function allocate(this: Writer, octets: number): Writer {
  const missing = this.offset + octets - (this.buffer?.length ?? 0)
  if (missing > 0) this.buffer = Buffer.concat([this.buffer ?? Buffer.alloc(0), Buffer.alloc(missing)])
  return this
}

type Service = Frame['service']

/** KNXnet/IP service type identifiers. */
const serviceTypes: { readonly [S in Service]: number } = {
  CONNECT_REQUEST: 0x0205,
  CONNECT_RESPONSE: 0x0206,
  CONNECTIONSTATE_REQUEST: 0x0207,
  CONNECTIONSTATE_RESPONSE: 0x0208,
  DISCONNECT_REQUEST: 0x0209,
  DISCONNECT_RESPONSE: 0x020a,
  TUNNELLING_REQUEST: 0x0420,
  TUNNELLING_ACK: 0x0421,
  ROUTING_INDICATION: 0x0530,
  ROUTING_LOST_MESSAGE: 0x0531,
  ROUTING_BUSY: 0x0532,
}
const headerLength = 6
const version = 0x10
const hpaiLength = 8
const udp = 0x01
const tunnelConnection = 0x04
const linkLayer = 0x02

/** Reads a datagram; undefined when it is no KNXnet/IP frame that the link knows, or is malformed. */
export function decode(datagram: Buffer): Frame | undefined {
  if (datagram.length < headerLength || datagram[0] !== headerLength || datagram[1] !== version) return undefined
  if (datagram.readUInt16BE(4) !== datagram.length) return undefined
  try {
    return readers.get(datagram.readUInt16BE(2))?.(datagram.subarray(headerLength))
  } catch {
    // The library throws strings at what it does not like, such as an HPAI for TCP.
    return undefined
  }
}

/** Writes a frame whose telegram, if it carries one, fits a standard frame (`fitsFrame`). */
export function encode(frame: Frame): Buffer {
  const writer = protocol.createWriter().UInt8(headerLength).UInt8(version).UInt16BE(serviceTypes[frame.service]).UInt16BE(0)
  const { buffer, offset } = writeBody(writer, frame)
  const datagram = Buffer.from((buffer ?? Buffer.alloc(0)).subarray(0, offset))
  datagram.writeUInt16BE(offset, 4)
  return datagram
}

const readers = new Map<number, (body: Buffer) => Frame | undefined>([
  [serviceTypes.CONNECT_REQUEST, (body) => {
    const read = reader(body).HPAI('control').HPAI('data').CRI('cri').next()
    const control = endpoint(read.control)
    const data = endpoint(read.data)
    return control && data && read.cri?.connection_type === tunnelConnection ? { service: 'CONNECT_REQUEST', control, data } : undefined
  }],
  [serviceTypes.CONNECT_RESPONSE, (body) => {
    const connection = channelAndStatus(body)
    if (connection === undefined) return undefined
    if (connection.status !== status.ok) return { service: 'CONNECT_RESPONSE', ...connection, grant: null }
    const { data: hpaiOfData, cri } = reader(body.subarray(2)).HPAI('data').CRI('cri').next()
    const data = endpoint(hpaiOfData)
    if (data === undefined || cri?.connection_type !== tunnelConnection) return undefined
    // In a response the last two octets of the library's CRI are the tunnel's individual address.
    return { service: 'CONNECT_RESPONSE', ...connection, grant: { data, address: cri.knx_layer * 256 + cri.unused } }
  }],
  ...(['CONNECTIONSTATE_REQUEST', 'DISCONNECT_REQUEST'] as const).map((service) => [serviceTypes[service], (body: Buffer) => {
    const read = reader(body).ConnState('connection').HPAI('control').next()
    const control = endpoint(read.control)
    return read.connection && control && { service, channel: read.connection.channel_id, control }
  }] as const),
  ...(['CONNECTIONSTATE_RESPONSE', 'DISCONNECT_RESPONSE'] as const).map((service) => [serviceTypes[service], (body: Buffer) => {
    const connection = channelAndStatus(body)
    return connection && { service, ...connection }
  }] as const),
  [serviceTypes.TUNNELLING_REQUEST, (body) => {
    const tunnel = tunnelHeader(body)
    const cemi = decodeCemi(body.subarray(4))
    return tunnel && { service: 'TUNNELLING_REQUEST', channel: tunnel.channel_id, sequence: tunnel.seqnum, cemi }
  }],
  [serviceTypes.TUNNELLING_ACK, (body) => {
    const tunnel = tunnelHeader(body)
    return tunnel && { service: 'TUNNELLING_ACK', channel: tunnel.channel_id, sequence: tunnel.seqnum, status: tunnel.rsvd }
  }],
  [serviceTypes.ROUTING_INDICATION, (body) => ({ service: 'ROUTING_INDICATION', cemi: decodeCemi(body) })],
  // The library does not know the last two.
  [serviceTypes.ROUTING_BUSY, (body) => body.length !== 6 || body[0] !== 6 ? undefined
    : { service: 'ROUTING_BUSY', waitMs: body.readUInt16BE(2), control: body.readUInt16BE(4) }],
  [serviceTypes.ROUTING_LOST_MESSAGE, (body) => body.length !== 4 || body[0] !== 4 ? undefined
    : { service: 'ROUTING_LOST_MESSAGE', lost: body.readUInt16BE(2) }],
])

function writeBody(writer: Writer, frame: Frame): Writer {
  switch (frame.service) {
    case 'CONNECT_REQUEST': return writer.HPAI(hpai(frame.control)).HPAI(hpai(frame.data))
      .CRI({ connection_type: tunnelConnection, knx_layer: linkLayer, unused: 0 })
    case 'CONNECT_RESPONSE': {
      const { grant } = frame
      const head = writer.ConnState({ channel_id: frame.channel, status: frame.status })
      return grant === null ? head : head.HPAI(hpai(grant.data))
        .CRI({ connection_type: tunnelConnection, knx_layer: grant.address >> 8, unused: grant.address & 255 })
    }
    case 'CONNECTIONSTATE_REQUEST':
    case 'DISCONNECT_REQUEST': return writer.ConnState({ channel_id: frame.channel, status: 0 }).HPAI(hpai(frame.control))
    case 'CONNECTIONSTATE_RESPONSE':
    case 'DISCONNECT_RESPONSE': return writer.ConnState({ channel_id: frame.channel, status: frame.status })
    case 'TUNNELLING_REQUEST': {
      const head = writer.TunnState({ channel_id: frame.channel, seqnum: frame.sequence, rsvd: 0 })
      return frame.cemi === null ? head : head.CEMI(encodeCemi(frame.cemi))
    }
    case 'TUNNELLING_ACK': return writer.TunnState({ channel_id: frame.channel, seqnum: frame.sequence, rsvd: frame.status })
    case 'ROUTING_INDICATION': return frame.cemi === null ? writer : writer.CEMI(encodeCemi(frame.cemi))
    case 'ROUTING_BUSY': return writer.UInt8(6).UInt8(0).UInt16BE(frame.waitMs).UInt16BE(frame.control)
    case 'ROUTING_LOST_MESSAGE': return writer.UInt8(4).UInt8(0).UInt16BE(frame.lost)
  }
}

function reader(octets: Buffer): Reader {
  return protocol.createReader(octets)
}

function channelAndStatus(body: Buffer): { readonly channel: number; readonly status: number } | undefined {
  const { connection } = reader(body).ConnState('connection').next()
  return connection && { channel: connection.channel_id, status: connection.status }
}

function tunnelHeader(body: Buffer): Structures['tunnel'] | undefined {
  const { tunnel } = reader(body).TunnState('tunnel').next()
  return tunnel?.header_length === 4 ? tunnel : undefined
}

function endpoint(from: Structures['data'] | undefined): Endpoint | undefined {
  if (from?.header_length !== hpaiLength || from.protocol_type !== udp) return undefined
  const [address = '', port] = from.tunnel_endpoint.split(':')
  return { address, port: Number(port) }
}

function hpai(to: Endpoint): Structures['data'] {
  return { protocol_type: udp, tunnel_endpoint: `${to.address}:${to.port}` }
}
