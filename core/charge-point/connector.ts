import type { ChargerConfig, ObjectName } from '../config/site-config.ts'
import type { Mode } from '../site/command.ts'
import type { Instant } from '../site/event.ts'
import { emptyMeter, type Meter } from './meter.ts'
import type { EndedTransaction, Transaction } from './transaction.ts'

/** The states of a connector in the order of the status group object (manual, OCPP object information), which is not OCPP's own. */
export const statuses = [
  'Available', 'Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Reserved', 'Unavailable', 'Faulted',
] as const
export type Status = (typeof statuses)[number]

/** One connector of a Charge Point: what it last said, what is wanted of it, what it has accepted, what the bus was told. */
export interface Connector {
  readonly id: number
  /** Its entry in the configuration; null for one that only the Charge Point knows of. */
  readonly charger: ChargerConfig | null
  /** Its group objects that have an address to send to. */
  readonly sends: readonly ObjectName[]
  readonly report: Report
  readonly meter: Meter
  readonly transaction: Transaction | null
  readonly last: EndedTransaction | null
  readonly wanted: Wanted
  readonly limit: Limit
  readonly availability: Availability
  readonly reservation: Reservation | null
  readonly told: Told
}

/** What the last StatusNotification said. */
export interface Report {
  /** Null: not heard of yet. */
  readonly status: Status | null
  readonly errorCode: string
  readonly info: string
  readonly vendorErrorCode: string
  readonly at: Instant
  /** False while it may have come out of an offline queue, of a Charge Point whose clock was never seen to be right. */
  readonly timely: boolean
  /** Connection on which it was heard; empty after a restart. */
  readonly connection: string
}

/** What people want; survives everything. */
export interface Wanted {
  readonly mode: Mode
  /** A, in place of the configured current; null: none. */
  readonly override: number | null
  /** Held at 0 A by a stop that pauses. */
  readonly paused: boolean
  /** Null: nobody has asked. */
  readonly operative: boolean | null
}

/** How far the wanted limit has got. */
export interface Limit {
  /** A, the newest wanted value that the charger has accepted; null: none, or not known to hold any more. */
  readonly accepted: number | null
  /** A, what the charger was told for it: not every charger takes tenths, or amperes. */
  readonly effective: number | null
  /** Where in the ladder of attempts we are; stays where one was accepted. */
  readonly rung: number
  /** Attempts that failed since one was accepted. */
  readonly failures: number
  readonly restsUntil: Instant
  /** When the charger accepted it. */
  readonly acceptedAt: Instant
  /** It has been asked since then which limit holds. */
  readonly readBack: boolean
  /** A limit that the charger told or offered; null: none since one was accepted or a transaction ended. */
  readonly observed: { readonly amperes: number; readonly source: LimitSource } | null
  /** Since when more flows than was accepted; null: it does not. */
  readonly overSince: Instant | null
  /** Forms that were accepted and not kept to. */
  readonly ignored: number
  /** No form was accepted at the last attempt, and that was said. */
  readonly hopeless: boolean
}

/** Where the word about a limit comes from; believed in this order. */
export type LimitSource = 'Current.Offered' | 'Power.Offered' | 'GetCompositeSchedule' | 'accepted'

/** How far the wanted availability has got. */
export interface Availability {
  readonly accepted: boolean | null
  readonly restsUntil: Instant
}

/** A reservation from the first wish until it is used or freed. */
export interface Reservation {
  readonly idTag: string
  /** What the Charge Point is to do next: reserve, hold, or free. */
  readonly stage: 'wanted' | 'held' | 'freeing'
  /** When the Charge Point lets go by itself; renewed before. */
  readonly expiresAt: Instant
  readonly restsUntil: Instant
}

/** What the bus was last told, by group object. */
export type Told = { readonly [Name in ObjectName]?: ToldValue }

export interface ToldValue {
  /** Null: never told, only asked for. */
  readonly value: number | null
  /** Tells two equal values of two transactions apart. */
  readonly mark: number
  readonly at: Instant
  /** A GroupValue_Read waits for its answer. */
  readonly asked: boolean
}

/** The same connector with what its meter says; copied like a Charge Point. */
export function withMeter(before: Connector, meter: Meter, transaction: Transaction | null): Connector {
  return {
    id: before.id,
    charger: before.charger,
    sends: before.sends,
    report: before.report,
    meter,
    transaction,
    last: before.last,
    wanted: before.wanted,
    limit: before.limit,
    availability: before.availability,
    reservation: before.reservation,
    told: before.told,
  }
}

/** The same connector when the bus was told of one group object; all are kept in one order, for objects of one shape are read faster. */
export function withTold(before: Connector, name: ObjectName, value: ToldValue): Connector {
  const told = before.sends.flatMap((one) => {
    const newest = one === name ? value : before.told[one]
    return newest ? [[one, newest] as const] : []
  })
  return amendConnector(before, { told: Object.fromEntries(told) })
}

/** The same connector with other fields changed. */
export function amendConnector(connector: Connector, change: Partial<Omit<Connector, 'id' | 'charger' | 'sends'>>): Connector {
  return {
    id: connector.id,
    charger: connector.charger,
    sends: connector.sends,
    report: change.report ?? connector.report,
    meter: change.meter ?? connector.meter,
    transaction: change.transaction === undefined ? connector.transaction : change.transaction,
    last: change.last === undefined ? connector.last : change.last,
    wanted: change.wanted ?? connector.wanted,
    limit: change.limit ?? connector.limit,
    availability: change.availability ?? connector.availability,
    reservation: change.reservation === undefined ? connector.reservation : change.reservation,
    told: change.told ?? connector.told,
  }
}

/** The limit of a charger that was told none. */
export const unlimited: Limit = {
  accepted: null, effective: null, rung: 0, failures: 0, restsUntil: 0,
  acceptedAt: 0, readBack: false, observed: null, overSince: null, ignored: 0, hopeless: false,
}

export function createConnector(id: number, charger: ChargerConfig | null): Connector {
  return {
    id,
    charger,
    sends: [],
    report: { status: null, errorCode: 'NoError', info: '', vendorErrorCode: '', at: 0, timely: false, connection: '' },
    meter: emptyMeter,
    transaction: null,
    last: null,
    wanted: { mode: 'normal', override: null, paused: false, operative: null },
    limit: unlimited,
    availability: { accepted: null, restsUntil: 0 },
    reservation: null,
    told: {},
  }
}
