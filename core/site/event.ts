import type { SiteConfig } from '../config/site-config.ts'
import type { Proof } from '../charge-point/security.ts'
import type { SignedCertificate } from '../charge-point/signing.ts'
import type { Telegram } from '../knx/telegram.ts'
import type { Result } from '../result.ts'
import type { Command } from './command.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Everything that can happen to a site. `at` is stamped by the host, never by a peer. */
export type Event =
  /** A deadline named by `wakeAt` has come. */
  | { readonly type: 'tick'; readonly at: Instant }
  /** The site's configuration is this from now on. */
  | { readonly type: 'configured'; readonly at: Instant; readonly config: SiteConfig }
  /** A Charge Point's WebSocket is open; `connection` is unique per host run. */
  | { readonly type: 'opened'; readonly at: Instant; readonly identity: string; readonly connection: string; readonly remote: string; readonly subprotocol: string; /** Absent: nothing was proved. */ readonly proof?: Proof }
  /** A WebSocket text message arrived. */
  | { readonly type: 'received'; readonly at: Instant; readonly identity: string; readonly connection: string; readonly text: string }
  /** A WebSocket is gone. */
  | { readonly type: 'closed'; readonly at: Instant; readonly identity: string; readonly connection: string; readonly code: number; readonly reason: string }
  /** Someone tried to connect and was turned away. */
  | { readonly type: 'refused'; readonly at: Instant; readonly identity: string; readonly remote: string; readonly reason: string }
  /** Someone other than the bus wants something. */
  | { readonly type: 'command'; readonly at: Instant; readonly command: Command }
  /** A group telegram of another device was seen on the bus. */
  | { readonly type: 'telegram'; readonly at: Instant; readonly telegram: Telegram }
  /** The way to the bus is open, or lost. */
  | { readonly type: 'bus'; readonly at: Instant; readonly up: boolean }
  /** What came of `sign`, of which `request` is repeated. */
  | { readonly type: 'signed'; readonly at: Instant; readonly identity: string; readonly request: Instant; readonly result: Result<SignedCertificate> }
  /** The outcome of the one telegram in flight: confirmed by the bus, or not. */
  | { readonly type: 'transmitted'; readonly at: Instant; readonly confirmed: boolean }

/** An event before its host has stamped it. */
export type Happening = Event extends infer E ? (E extends Event ? Omit<E, 'at'> : never) : never

/** The Charge Point that an event concerns; empty where it concerns several, or none. */
export function identityOf(event: Event): string {
  // Most are of this type, and the others need not be told apart.
  if (event.type === 'received') return event.identity
  if (event.type === 'command') return event.command.identity
  return 'identity' in event ? event.identity : ''
}
