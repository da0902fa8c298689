import type { IndividualAddress, Telegram } from '../telegram.ts'

/** An IPv4 address (dotted quad) and a UDP port; in an HPAI `0.0.0.0` or port 0 asks the peer to answer to where the datagram came from. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** A cEMI L_Data frame that carries a group telegram; `error` is the confirm bit of L_Data.con: the bus did not take it. */
export interface Cemi {
  readonly code: 'L_Data.req' | 'L_Data.con' | 'L_Data.ind'
  readonly source: IndividualAddress
  readonly error: boolean
  readonly telegram: Telegram
}

/** What a CONNECT_RESPONSE grants: where data goes, and the individual address that the tunnel has on the bus. */
export interface Grant {
  readonly data: Endpoint
  readonly address: IndividualAddress
}

/** A decoded KNXnet/IP frame; `cemi` is null where it is anything but a group telegram, which is acknowledged all the same. */
export type Frame =
  | { readonly service: 'CONNECT_REQUEST'; readonly control: Endpoint; readonly data: Endpoint }
  | { readonly service: 'CONNECT_RESPONSE'; readonly channel: number; readonly status: number; readonly grant: Grant | null }
  | { readonly service: 'CONNECTIONSTATE_REQUEST'; readonly channel: number; readonly control: Endpoint }
  | { readonly service: 'CONNECTIONSTATE_RESPONSE'; readonly channel: number; readonly status: number }
  | { readonly service: 'DISCONNECT_REQUEST'; readonly channel: number; readonly control: Endpoint }
  | { readonly service: 'DISCONNECT_RESPONSE'; readonly channel: number; readonly status: number }
  | { readonly service: 'TUNNELLING_REQUEST'; readonly channel: number; readonly sequence: number; readonly cemi: Cemi | null }
  | { readonly service: 'TUNNELLING_ACK'; readonly channel: number; readonly sequence: number; readonly status: number }
  | { readonly service: 'ROUTING_INDICATION'; readonly cemi: Cemi | null }
  | { readonly service: 'ROUTING_BUSY'; readonly waitMs: number; readonly control: number }
  | { readonly service: 'ROUTING_LOST_MESSAGE'; readonly lost: number }

/** The status codes of KNXnet/IP that the link and the simulated gateway act upon. */
export const status = { ok: 0x00, unknownChannel: 0x21, noMoreConnections: 0x24 } as const

const troubles: { readonly [status: number]: string } = {
  0x21: 'the gateway no longer knows the tunnel',
  0x22: 'the gateway does not offer tunnelling',
  0x23: 'the gateway does not offer tunnelling of this kind',
  0x24: 'no free tunnel at the gateway: others are using all of them',
  0x26: 'the gateway has trouble with the tunnel',
  0x27: 'the gateway has no connection to the KNX bus',
  0x29: 'the gateway does not offer tunnelling on the link layer',
}

/** What a gateway means by a status other than ok, in plain words. */
export function trouble(code: number): string {
  return troubles[code] ?? `the gateway reports status ${code}`
}

/** What an HPAI says in NAT mode. */
export const unspecified: Endpoint = { address: '0.0.0.0', port: 0 }

/** True when an HPAI names no endpoint of its own: the sender's endpoint stands in. */
export function isUnspecified(endpoint: Endpoint): boolean {
  return endpoint.address === unspecified.address || endpoint.port === unspecified.port
}
