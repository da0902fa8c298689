import type { CommandStage, Order, Source } from '../site/command.ts'
import type { Instant } from '../site/event.ts'
import { amend, withConnectors } from './amend.ts'
import { createConnector, type Connector } from './connector.ts'
import { unknownProfile, type ListEntry, type LocalList, type Profile, type Setting } from './profile.ts'
import { noNotifications, type Notifications } from './notifications.ts'
import type { Withheld } from './registration.ts'
import { noSecurity, type Security, type SecurityProfile } from './security.ts'
import type { TransactionRecord } from './transaction.ts'

/** One Charge Point: its link, what is under way on it, and its connectors. */
export interface ChargePoint {
  readonly identity: string
  /** Null while it is not connected. */
  readonly link: Link | null
  /** When it last said something. */
  readonly heardAt: Instant
  /** When the link was lost; null while it is up. */
  readonly offlineSince: Instant | null
  /** True once a BootNotification was accepted; a Charge Point known from before needs no new one. */
  readonly registered: boolean
  /** What its latest boot was answered instead of Accepted; null: it was accepted, or there was none. */
  readonly withheld: Withheld | null
  readonly profile: Profile
  /** A time it gave was right once: what is old after that is out of a queue. */
  readonly clockSeen: boolean
  readonly localList: LocalList
  readonly pending: PendingCall | null
  readonly errands: readonly Errand[]
  readonly security: Security
  readonly notifications: Notifications
  readonly connectors: readonly Connector[]
  readonly recent: readonly TransactionRecord[]
  /** Number of the next CALL of ours. */
  readonly nextCall: number
  /** The next deadline of anything here; null: none. */
  readonly wakeAt: Instant | null
  /** True while the bus has not been told all. */
  readonly untold: boolean
}

/** The WebSocket a Charge Point is on. */
export interface Link {
  readonly connection: string
  readonly remote: string
  readonly since: Instant
  /** What was asked on this link to find out about the Charge Point; each question is put once. */
  readonly asked: readonly string[]
  /** Configuration keys that are still to be asked for by name. */
  readonly keysDue: readonly string[]
  /** How often a newer connection has taken over of late; two that fight are calmed by it. */
  readonly takeovers: number
  /** The security profile it has met. */
  readonly securityProfile: SecurityProfile
}

/** The one CALL of ours in flight (OCPP-J 1.6 §4.1.1). */
export interface PendingCall {
  readonly id: string
  readonly action: string
  readonly purpose: Purpose
  readonly expiresAt: Instant
}

/** Why a CALL was sent, so that its answer finds its place. */
export type Purpose =
  | { readonly type: 'errand'; readonly command: string }
  | { readonly type: 'limit'; readonly connector: number; readonly amperes: number; /** A, as sent. */ readonly effective: number; readonly rung: number }
  | { readonly type: 'availability'; readonly connector: number; readonly operative: boolean }
  | { readonly type: 'reserve'; readonly connector: number; readonly idTag: string }
  | { readonly type: 'free'; readonly connector: number }
  | { readonly type: 'end'; readonly connector: number }
  /** `keys` is empty where all are asked for. */
  | { readonly type: 'configuration'; readonly keys: readonly string[] }
  | { readonly type: 'trigger'; readonly message: string }
  | { readonly type: 'setting'; readonly setting: Setting }
  | { readonly type: 'reboot' }
  | { readonly type: 'readBack'; readonly connector: number }
  | { readonly type: 'listVersion' }
  | { readonly type: 'list'; readonly version: number; readonly held: readonly ListEntry[] }
  | { readonly type: 'certificate' }

/** A command under way; one-shot orders are never sent twice. */
export interface Errand {
  readonly command: string
  readonly source: Source
  readonly connector: number
  readonly order: Order
  /**
   * `scheduled`: accepted for the end of the transaction. `calledOff`: a start that was stopped again before it came to anything; what may
   * yet come of it is unwanted.
   */
  readonly stage: 'queued' | Extract<CommandStage, 'sent' | 'accepted'> | 'scheduled' | 'calledOff'
  /** 1 for the first try of a start or stop, 2 for its one fallback. */
  readonly attempt: number
  readonly restsUntil: Instant
  readonly expiresAt: Instant
}

/** The idTag in whose name the bridge starts; within the 20 characters of OCPP 1.6 §7.28 with room for chargers that add to it. */
export const ownIdTag = 'WALLBUS'

/** The idTag that holds a reservation nobody has named a tag for. */
export const ownReservationTag = 'WALLBUS-HOLD'

export function createChargePoint(identity: string): ChargePoint {
  return {
    identity,
    link: null,
    heardAt: 0,
    offlineSince: null,
    registered: false,
    withheld: null,
    profile: unknownProfile,
    clockSeen: false,
    localList: { wanted: null, held: null, version: 0, inStep: false, failures: 0, restsUntil: 0 },
    pending: null,
    errands: [],
    security: noSecurity,
    notifications: noNotifications,
    connectors: [],
    recent: [],
    nextCall: 1,
    wakeAt: null,
    untold: false,
  }
}

export function findConnector(chargePoint: ChargePoint, id: number): Connector | undefined {
  return chargePoint.connectors.find((connector) => connector.id === id)
}

/** The same Charge Point with one connector replaced. */
export function withConnector(chargePoint: ChargePoint, connector: Connector): ChargePoint {
  return withConnectors(chargePoint, chargePoint.connectors.map((other) => (other.id === connector.id ? connector : other)))
}

export function withErrand(chargePoint: ChargePoint, errand: Errand): ChargePoint {
  return amend(chargePoint, { errands: chargePoint.errands.map((other) => (other.command === errand.command ? errand : other)) })
}

export function withoutErrand(chargePoint: ChargePoint, errand: Errand): ChargePoint {
  return amend(chargePoint, { errands: chargePoint.errands.filter((other) => other.command !== errand.command) })
}

/** More connectors than any Charge Point has; bounds what a babbling one can make us remember. */
export const maxConnectors = 64

/** The same Charge Point with a connector of this number, unless the number is absurd. */
export function ensureConnector(chargePoint: ChargePoint, id: number): ChargePoint {
  if (id < 1 || id > maxConnectors || findConnector(chargePoint, id)) return chargePoint
  const connectors = [...chargePoint.connectors, createConnector(id, null)].sort((a, b) => a.id - b.id)
  return amend(chargePoint, { connectors })
}
