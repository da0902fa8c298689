import type { Effect, Event, Instant, SiteConfig, Site, Telegram, TransactionRecord, Command } from '../../core/index.ts'
import type { Mistake } from '../../core/config/mistake.ts'
import type { Sample, SampleQuery, SessionQuery, TotalsBy, TotalsQuery } from './schemas/session.ts'

/** What the app needs from whatever it runs in: a controller, a relay, a test. */
export interface SitePort {
  readonly version: string
  /** When this process began to serve the site. */
  readonly since: Instant
  readonly now: () => Instant
  readonly site: () => Site
  readonly command: (command: Command) => void
  /** Tells of every step, at once; call what it returns to hear no more. */
  readonly watch: (listener: Watcher) => () => void
  /** Calls back after so many milliseconds, unless cancelled by what it returns. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** Transactions newest first, and what to ask as `before` for those that follow. */
  readonly sessions: (query: BookQuery) => Promise<{ readonly sessions: readonly TransactionRecord[]; readonly next: string | null }>
  /** Sums of ended sessions, oldest month first. */
  readonly totals: (query: Omit<TotalsQuery, 'by'> & { readonly by: readonly TotalsBy[]; readonly timeZone: string }) => Promise<readonly Sum[]>
  /** What a connector measured, oldest first. */
  readonly samples: (query: SampleQuery & { readonly from: Instant; readonly until: Instant }) => Promise<readonly Sample[]>
  /** Puts a telegram on the bus, as if from another device too; resolves with whether the bus confirmed it. */
  readonly transmit: (telegram: Telegram) => Promise<boolean>
  readonly configuration: ConfigurationPort
  readonly access: AccessPort
  /** Root certificate as PEM; undefined where there is none. */
  readonly rootCertificate: () => Promise<string | undefined>
  /** True: the page and the API are served by HTTPS. */
  readonly secure: boolean
  /** Serves the panel's files; undefined: there is no such file. */
  readonly files?: (path: string, request: Request) => Promise<Response | undefined>
  /** Tells people that something of ours went wrong. */
  readonly complain: (text: string) => void
}

export type Watcher = (event: Event, effects: readonly Effect[]) => void

/** Which transactions; a page has at most 500. */
export type BookQuery = Omit<SessionQuery, 'cursor'> & { readonly before?: string | undefined }

/** Sums of ended sessions; null stands where they are not told apart. A session counts in the month in which it began. */
export interface Sum {
  /** As in 2026-01. */
  readonly month: string | null
  /** Tags that differ in upper and lower case are the same. */
  readonly tag: string | null
  readonly identity: string | null
  readonly connector: number | null
  readonly sessions: number
  readonly energyWh: number
  readonly durationMs: number
}

/** Where users, tokens and logins are kept: JSON under a key. `save` resolves when it is on disk. */
export interface AccessPort {
  readonly load: (key: string) => string | undefined
  readonly save: (key: string, value: string) => Promise<void>
  /** Slow on purpose. */
  readonly hash: (password: string) => Promise<string>
  readonly verify: (password: string, hash: string) => Promise<boolean>
}

/** A mistake and where it stands in the text, counted from 1. */
export interface PlacedMistake extends Mistake {
  readonly spot?: { readonly line: number; readonly column: number }
}

/** What reading a configuration text found. */
export interface ReadingOfText {
  readonly config?: SiteConfig
  readonly mistakes: readonly PlacedMistake[]
  readonly warnings: readonly PlacedMistake[]
}

/** The file of the configuration. `version` changes with its text. */
export interface ConfigurationPort {
  readonly read: () => Promise<ConfigurationFile>
  readonly check: (text: string) => ReadingOfText
  /** The text with its passwords as ***. */
  readonly mask: (text: string) => string
  /** The text where *** is again what it is in the present one. */
  readonly unmask: (text: string, present: string) => string
  /** The text with one charger changed and everything else, comments too, as it was; undefined when it cannot be changed that way. */
  readonly edit: (text: string, change: ChargerChange) => string | undefined
  /** Writes a text that has no mistakes in place of `version`, and takes it into use. */
  readonly write: (text: string, version: string) => Promise<WriteResult>
}

export interface ConfigurationFile {
  readonly text: string
  readonly version: string
  readonly writable: boolean
}

export type WriteResult =
  | { readonly ok: true; readonly version: string }
  /** It is another version by now, or cannot be written, for a reason in words. */
  | { readonly ok: false; readonly why: 'changed' | 'unwritable'; readonly reason: string }

/** The charger at `index` of the list replaced (names with their new values; null leaves out), removed, or one added at the end. */
export type ChargerChange =
  | { readonly type: 'add'; readonly entry: Entry }
  | { readonly type: 'replace'; readonly index: number; readonly entry: Entry }
  | { readonly type: 'remove'; readonly index: number }

export interface Entry {
  readonly [name: string]: unknown
}
