import type { Fields } from '../ocpp/fields.ts'
import type { Instant } from './event.ts'

/** Who asks. */
export type Source = 'knx' | 'panel' | 'api' | 'relay' | 'energy'

/** What can be asked of a charger. */
export type Order =
  | { readonly type: 'start'; /** RFID tag in whose name to start; null is the bridge's own. */ readonly idTag: string | null }
  | { readonly type: 'stop' }
  | { readonly type: 'unlock' }
  | { readonly type: 'reset'; readonly hard: boolean }
  | { readonly type: 'reserve'; readonly idTag: string | null }
  | { readonly type: 'free' }
  | { readonly type: 'availability'; readonly operative: boolean }
  /** Overrides the configured current until `mode` is given. */
  | { readonly type: 'limit'; readonly amperes: number }
  | { readonly type: 'mode'; readonly mode: Mode }
  /** Any CALL, as it stands. */
  | { readonly type: 'call'; readonly action: string; readonly payload: Fields }

export type Mode = 'normal' | 'fast'

/** An order to one charger, with an id by which its progress can be followed. */
export interface Command {
  readonly id: string
  readonly source: Source
  readonly identity: string
  readonly connector: number
  readonly order: Order
  /** After this nobody wants it any more; null: a default per kind of order. */
  readonly expiresAt: Instant | null
}

/**
 * How far a command has come: sent → accepted → observed, or an end: rejected, expired before it was sent or seen,
 * superseded by a newer one, uncertain because the link died while the answer was due.
 */
export type CommandStage = 'sent' | 'accepted' | 'observed' | 'rejected' | 'expired' | 'superseded' | 'uncertain'
