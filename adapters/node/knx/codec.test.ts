import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Frame } from '../../../core/knx/link/frame.ts'
import { frames } from '../../../fixtures/knx-gateway/arbitrary.ts'
import { decode, encode } from './codec.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const hpai = '08 01 0a000002 c350'
const control = { address: '10.0.0.2', port: 50_000 }
const telegram = { service: 'write', address: 0x0a03, payload: { small: 1 } } as const

/** Octet for octet as they travel. */
const datagrams: readonly (readonly [string, Frame])[] = [
  [`0610 0205 001a ${hpai} ${hpai} 04 04 02 00`, { service: 'CONNECT_REQUEST', control, data: control }],
  ['0610 0206 0014 07 00 08 01 0a000001 0e57 04 04 11c9', {
    service: 'CONNECT_RESPONSE', channel: 7, status: 0, grant: { data: { address: '10.0.0.1', port: 3671 }, address: 0x11c9 },
  }],
  ['0610 0206 0008 00 24', { service: 'CONNECT_RESPONSE', channel: 0, status: 0x24, grant: null }],
  [`0610 0207 0010 07 00 ${hpai}`, { service: 'CONNECTIONSTATE_REQUEST', channel: 7, control }],
  ['0610 0208 0008 07 21', { service: 'CONNECTIONSTATE_RESPONSE', channel: 7, status: 0x21 }],
  [`0610 0209 0010 07 00 ${hpai}`, { service: 'DISCONNECT_REQUEST', channel: 7, control }],
  ['0610 020a 0008 07 00', { service: 'DISCONNECT_RESPONSE', channel: 7, status: 0 }],
  ['0610 0420 0015 04 07 2a 00 11 00 bc e0 11c9 0a03 01 0081', {
    service: 'TUNNELLING_REQUEST', channel: 7, sequence: 42, cemi: { code: 'L_Data.req', source: 0x11c9, error: false, telegram },
  }],
  ['0610 0420 0015 04 07 2a 00 2e 00 bd e0 11c9 0a03 01 0081', {
    service: 'TUNNELLING_REQUEST', channel: 7, sequence: 42, cemi: { code: 'L_Data.con', source: 0x11c9, error: true, telegram },
  }],
  ['0610 0421 000a 04 07 2a 00', { service: 'TUNNELLING_ACK', channel: 7, sequence: 42, status: 0 }],
  ['0610 0530 0011 29 00 bc e0 1101 0a03 01 0000', {
    service: 'ROUTING_INDICATION',
    cemi: { code: 'L_Data.ind', source: 0x1101, error: false, telegram: { service: 'read', address: 0x0a03 } },
  }],
  ['0610 0530 0013 29 00 bc e0 1101 0a03 03 0040 0c1a', {
    service: 'ROUTING_INDICATION',
    cemi: {
      code: 'L_Data.ind', source: 0x1101, error: false,
      telegram: { service: 'response', address: 0x0a03, payload: { bytes: [0x0c, 0x1a] } },
    },
  }],
  ['0610 0532 000c 06 00 0064 0000', { service: 'ROUTING_BUSY', waitMs: 100, control: 0 }],
  ['0610 0531 000a 04 00 0005', { service: 'ROUTING_LOST_MESSAGE', lost: 5 }],
]

describe('known datagrams', () => {
  test.each(datagrams)('%s is read and written as the standard has it.', (octets, frame) => {
    expect(decode(hex(octets))).toEqual(frame)
    expect(encode(frame).toString('hex')).toBe(hex(octets).toString('hex'))
  })

  test('A single octet below 64 stays an octet, and does not become 6 bits in the APCI.', () => {
    const cemi = { code: 'L_Data.req', source: 1, error: false, telegram: { ...telegram, payload: { bytes: [7] } } } as const
    expect(encode({ service: 'ROUTING_INDICATION', cemi }).subarray(-4).toString('hex')).toBe('02008007')
  })

  test('Additional information in a cEMI frame is passed over.', () => {
    expect(decode(hex('0610 0530 0015 29 04 01020304 bc e0 1101 0a03 01 0081'))).toEqual({
      service: 'ROUTING_INDICATION', cemi: { code: 'L_Data.ind', source: 0x1101, error: false, telegram },
    })
  })

  test.each([
    ['an individual address as destination', '29 00 bc 60 1101 0a03 01 0081'],
    ['the broadcast address', '29 00 bc e0 1101 0000 01 0081'],
    ['another application service', '29 00 bc e0 1101 0a03 01 0100'],
    ['a numbered transport frame', '29 00 bc e0 1101 0a03 01 4081'],
    ['a connection-oriented frame without data', '29 00 bc 60 1101 1105 00 80'],
    ['the bus monitor', '2b 00 bc e0 1101 0a03 01 0081'],
    ['an APDU longer than the datagram', '29 00 bc e0 1101 0a03 05 0081'],
    ['octets after the APDU', '29 00 bc e0 1101 0a03 01 0081 00'],
    ['additional information that never ends', '29 ff bc e0 1101 0a03 01 0081'],
    ['nothing at all', ''],
  ])('A tunnelling request with %s is still a request to acknowledge.', (_, cemi) => {
    const body = hex(`04 07 2a 00 ${cemi}`)
    const header = hex('0610 0420 0000')
    header.writeUInt16BE(6 + body.length, 4)
    expect(decode(Buffer.concat([header, body]))).toEqual({ service: 'TUNNELLING_REQUEST', channel: 7, sequence: 42, cemi: null })
  })
})

describe('any datagrams', () => {
  afterEach(() => vi.restoreAllMocks())

  test('Every frame survives being written and read.', () => {
    fc.assert(fc.property(frames(), (frame) => {
      expect(decode(encode(frame))).toEqual(frame)
    }), { numRuns: 2_000 })
  })

  test('Octets of any kind are read or refused, without a throw and without a word on the console.', () => {
    const log = vi.spyOn(console, 'log')
    const header = fc.constantFrom(...datagrams.map(([octets]) => hex(octets).subarray(0, 4)))
    fc.assert(fc.property(fc.option(header), fc.uint8Array({ maxLength: 60 }), (start, rest) => {
      const datagram = Buffer.concat([start ?? Buffer.alloc(0), hex('0000'), rest])
      datagram.writeUInt16BE(datagram.length, start?.length ?? 0)
      decode(datagram)
    }), { numRuns: 20_000 })
    expect(log).not.toHaveBeenCalled()
  })

  test('A datagram cut short, or with octets changed, is never read as something undefined.', () => {
    fc.assert(fc.property(frames(), fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 255 }), (frame, length, at, octet) => {
      const datagram = Buffer.from(encode(frame))
      const cut = datagram.subarray(0, length)
      if (cut.length < datagram.length) expect(decode(cut)).toBeUndefined()
      if (cut.length > 5) cut.writeUInt16BE(cut.length, 4)
      if (at > 5 && at < cut.length) cut[at] = octet
      const read = decode(cut)
      expect(JSON.parse(JSON.stringify(read ?? null))).toEqual(read ?? null)
    }), { numRuns: 5_000 })
  })

  test.each([
    ['another header length', '0710 0421 000a 04 07 2a 00'],
    ['another version', '0620 0421 000a 04 07 2a 00'],
    ['a total length that is not its own', '0610 0421 000b 04 07 2a 00'],
    ['a service type that the link does not know', '0610 0203 0006'],
    ['a connection header of another length', '0610 0421 000a 05 07 2a 00'],
    ['an endpoint for TCP', '0610 0209 0010 07 00 08 02 0a000002 c350'],
    ['an endpoint of another length', '0610 0209 0010 07 00 09 01 0a000002 c350'],
    ['a connection that is no tunnel', `0610 0205 001a ${hpai} ${hpai} 04 03 02 00`],
    ['an accepted connection without a word on where', '0610 0206 0008 07 00'],
  ])('A datagram with %s is refused.', (_, octets) => {
    expect(decode(hex(octets))).toBeUndefined()
  })
})
