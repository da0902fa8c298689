import type { Instant } from '../site/event.ts'
import type { IdTagInfo } from './authorization.ts'

/** What a Charge Point said about itself, and has shown of itself; forgotten when it boots with another firmware. */
export interface Profile {
  readonly vendor: string
  readonly model: string
  readonly serialNumber: string
  readonly firmwareVersion: string
  /** Those of its configuration keys that the bridge uses. */
  readonly configuration: { readonly [key: string]: string }
  /** Those of them that it says cannot be written. */
  readonly readonlyKeys: readonly string[]
  /** Keys that it was asked for by name and does not know. */
  readonly unknownKeys: readonly string[]
  /** Actions it has answered with NotSupported or NotImplemented. */
  readonly unsupported: readonly string[]
  /** Actions it has answered otherwise. */
  readonly supported: readonly string[]
  readonly lessons: readonly Lesson[]
  /** What it has been seen to measure: measurands, each by itself and with its phase. */
  readonly measurands: readonly string[]
  readonly setUp: SetUp
}

/** What only experience shows of a charger. */
export type Lesson =
  /** After a stop there is no new start until the cable was unplugged. */
  | 'needsReplug'
  /** A limit of 0 A ends the transaction. */
  | 'zeroEnds'
  /** At a limit of 0 A the current flows on. */
  | 'zeroIgnored'
  /** What it measures as offered is more than a zero that never changes. */
  | 'offersCurrent' | 'offersPower'

/** A value for one of the charger's configuration keys; `mark` is the name under which it is remembered what came of it. */
export interface Setting {
  readonly key: string
  readonly value: string
  readonly mark: string
}

/** How far the charger's configuration is as the bridge needs it. */
export interface SetUp {
  /** The value that is to be written next; null: none. */
  readonly next: Setting | null
  /** What came of each value that was written: a status word, `Timeout` or `Lost`. */
  readonly tried: { readonly [mark: string]: string }
  readonly restsUntil: Instant
  /** A value that it took counts only after a reboot. */
  readonly rebootDue: boolean
  readonly rebootRestsUntil: Instant
}

/** One tag of a Local Authorization List (OCPP 1.6 §7.1). */
export interface ListEntry {
  readonly idTag: string
  readonly idTagInfo: IdTagInfo
}

/** The Local Authorization List: what is wanted in it, and what the Charge Point has accepted. */
export interface LocalList {
  /** Null: none is kept. */
  readonly wanted: readonly ListEntry[] | null
  /** Null: not known; the next update is a full one. */
  readonly held: readonly ListEntry[] | null
  /** Number of the last update it has accepted. */
  readonly version: number
  /** True when what is held is what is wanted. */
  readonly inStep: boolean
  /** Updates that failed since the last that brought it in step. */
  readonly failures: number
  readonly restsUntil: Instant
}

/** A Charge Point of which nothing is known. */
export const unknownProfile: Profile = {
  vendor: '', model: '', serialNumber: '', firmwareVersion: '',
  configuration: {}, readonlyKeys: [], unknownKeys: [], unsupported: [], supported: [], lessons: [], measurands: [],
  setUp: { next: null, tried: {}, restsUntil: 0, rebootDue: false, rebootRestsUntil: 0 },
}
