import type { ObjectName, SiteConfig } from '../config/site-config.ts'
import type { GroupAddress } from '../knx/telegram.ts'
import type { Instant } from './event.ts'
import { createPopulation, type Population } from './population.ts'
import type { Rules } from './turn.ts'

/** The whole state of a site: plain JSON, replaced and never changed. */
export interface Site {
  /** The latest instant seen; time never runs backwards in here. */
  readonly at: Instant
  /** Null until the first `configured`. */
  readonly config: SiteConfig | null
  readonly rules: Rules
  readonly routes: Routes
  /** Serial number of the next transaction. */
  readonly nextTransaction: number
  /** Number of the next command that came from the bus. */
  readonly nextCommand: number
  readonly population: Population
  readonly bus: Bus
  /** Who tried to connect and was turned away, newest first. */
  readonly strangers: readonly Stranger[]
}

/** Which group objects a group address stands for; keys are addresses as decimal numbers. */
export interface Routes {
  readonly [address: string]: readonly Route[]
}

export interface Route {
  readonly identity: string
  readonly connector: number
  readonly name: ObjectName
  readonly flow: 'send' | 'receive'
}

/** What is under way on the bus. */
export interface Bus {
  readonly up: boolean
  /** The one telegram whose confirmation is due. */
  readonly flight: Flight | null
  /** Not before this instant may the next telegram leave. */
  readonly nextAt: Instant
  /** Telegrams in a row that were not confirmed. */
  readonly failures: number
  /** Position of the Charge Point that was served last. */
  readonly served: number
}

export interface Flight {
  readonly identity: string
  readonly connector: number
  readonly name: ObjectName
  readonly address: GroupAddress
  readonly value: number
  readonly mark: number
  readonly since: Instant
}

/** Someone who tried to connect and was turned away. */
export interface Stranger {
  readonly identity: string
  readonly remote: string
  readonly reason: string
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly attempts: number
}

/** The same site with another population; spelled out, because a spread takes ten times as long and this is on every path. */
export function withPopulation(site: Site, population: Population): Site {
  return {
    at: site.at,
    config: site.config,
    rules: site.rules,
    routes: site.routes,
    nextTransaction: site.nextTransaction,
    nextCommand: site.nextCommand,
    population,
    bus: site.bus,
    strangers: site.strangers,
  }
}

/** A site that knows nothing yet; `seed` is a random 32-bit number, made once in its life. */
export function createSite(seed: number): Site {
  return {
    at: 0,
    config: null,
    rules: { run: 0, seed, timeZone: 'UTC', callTimeoutMs: 65_000, limitIntervalMs: 10_000, sampleIntervalSeconds: 30, cycleMs: 0, tags: {} },
    routes: {},
    nextTransaction: 1,
    nextCommand: 1,
    population: createPopulation([]),
    bus: { up: false, flight: null, nextAt: 0, failures: 0, served: -1 },
    strangers: [],
  }
}
