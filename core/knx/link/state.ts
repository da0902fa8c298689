import type { Instant } from '../../site/event.ts'
import type { IndividualAddress, Telegram } from '../telegram.ts'
import type { Endpoint, Frame } from './frame.ts'

/** How the link reaches the bus; `address` is its own individual address in routing, null for one derived from the IPv4 address. */
export interface LinkOptions {
  readonly mode: 'tunnelling' | 'routing'
  readonly nat: boolean
  readonly address: IndividualAddress | null
}

/** Everything that can happen to the link; `at` is the host's clock in ms, and should be a clock that is never set. */
export type LinkEvent =
  | { readonly type: 'start'; readonly at: Instant }
  | { readonly type: 'stop'; readonly at: Instant }
  /** A deadline named by `wakeAt` has come. */
  | { readonly type: 'tick'; readonly at: Instant }
  /** The socket asked for by `open` is ready; `gateway` is the resolved control endpoint, or the multicast group. */
  | { readonly type: 'opened'; readonly at: Instant; readonly local: Endpoint; readonly gateway: Endpoint }
  /** The socket could not be opened, or failed. */
  | { readonly type: 'failed'; readonly at: Instant; readonly reason: string }
  | { readonly type: 'frame'; readonly at: Instant; readonly sender: Endpoint; readonly frame: Frame }
  | { readonly type: 'transmit'; readonly at: Instant; readonly telegram: Telegram }

/** What the link asks of its host, in order. */
export type LinkEffect =
  /** Resolve the gateway's name and open a fresh socket; answer `opened` or `failed`. */
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'write'; readonly to: Endpoint; readonly frame: Frame }
  /** A group telegram of another device. */
  | { readonly type: 'telegram'; readonly telegram: Telegram }
  | { readonly type: 'up'; readonly address: IndividualAddress }
  /** Why there is no way to the bus, in plain words; told again only when the reason changes. */
  | { readonly type: 'down'; readonly reason: string }
  /** The outcome of one `transmit`, in the order in which they came. */
  | { readonly type: 'transmitted'; readonly confirmed: boolean }
  | { readonly type: 'note'; readonly text: string }

/** The whole of the link; `queue[0]` is the telegram on its way. */
export interface LinkState {
  readonly options: LinkOptions
  readonly phase: Phase
  readonly queue: readonly Telegram[]
  /** Attempts since the last good connection; picks the wait before the next. */
  readonly failures: number
  /** The reason of the last `down`; empty while up. */
  readonly reason: string
}

export type Phase = Stopped | Waiting | Opening | Connecting | Tunnel | Routing | Disconnecting

interface Stopped { readonly name: 'stopped' }

interface Waiting { readonly name: 'waiting'; readonly until: Instant }

interface Opening { readonly name: 'opening'; readonly until: Instant }

export interface Connecting {
  readonly name: 'connecting'
  readonly gateway: Endpoint
  /** Our own control endpoint as the gateway is told it: unspecified in NAT mode, where only the datagram's sender is right. */
  readonly control: Endpoint
  readonly repeatAt: Instant
  readonly until: Instant
}

/** An open tunnelling connection. */
export interface Tunnel {
  readonly name: 'tunnel'
  readonly gateway: Endpoint
  readonly control: Endpoint
  readonly data: Endpoint
  readonly channel: number
  readonly address: IndividualAddress
  readonly since: Instant
  /** Sequence counter of the next telegram to the gateway. */
  readonly sendSequence: number
  /** Sequence counter that the gateway's next request must have. */
  readonly receiveSequence: number
  readonly flight: Flight | null
  readonly heartbeat: Heartbeat
}

/** The telegram on its way: first until the gateway's acknowledgement, then until the bus's L_Data.con, which may overtake it. */
export interface Flight {
  readonly repeated: boolean
  readonly acknowledged: boolean
  readonly confirmed: boolean | null
  readonly until: Instant
}

/** `due` is the next CONNECTIONSTATE_REQUEST or, with tries made, the end of waiting for a good response; `status` is the last one. */
export interface Heartbeat {
  readonly tries: number
  readonly due: Instant
  readonly status: number
}

/** Membership of a multicast group. */
export interface Routing {
  readonly name: 'routing'
  readonly gateway: Endpoint
  readonly address: IndividualAddress
  readonly since: Instant
  /** The earliest moment for the next telegram. */
  readonly nextAt: Instant
  /** When the telegram on its way is given up; counts only while there is one. */
  readonly giveUpAt: Instant
  readonly busy: Busy
  readonly lost: Lost
}

/** How often routers have said ROUTING_BUSY lately, and since when that fades. */
export interface Busy {
  readonly count: number
  readonly heardAt: Instant
  readonly fadesAt: Instant
}

/** Telegrams that routers said they lost and nobody was told of yet. */
export interface Lost {
  readonly count: number
  readonly noteAt: Instant
}

interface Disconnecting {
  readonly name: 'disconnecting'
  readonly gateway: Endpoint
  readonly channel: number
  readonly until: Instant
}
