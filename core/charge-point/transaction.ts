import type { Instant } from '../site/event.ts'
import { beginCount, type Count } from './energy.ts'

/** A transaction that runs on a connector (OCPP 1.6 §4.8). */
export interface Transaction {
  readonly id: number
  /** The id by which the charger calls it: ours, unless it was taken up unannounced. */
  readonly wireId: number
  readonly idTag: string
  readonly startedAt: Instant
  /** Wh on the charger's register at the start. */
  readonly meterStart: number
  /** Its energy so far. */
  readonly count: Count
  /** False while all we know of it came late out of an offline queue; such a transaction is not shown as live. */
  readonly live: boolean
  /** True when it should not run: its tag was refused, or its start was called off. */
  readonly unwanted: boolean
  /** Not before this instant is it asked again to stop. */
  readonly stopRestsUntil: Instant
  /** When it is given up as lost, because the connector looks free; null while nothing speaks against it. */
  readonly lostAt: Instant | null
}

/** What the books say of a transaction; `id` is the key. */
export interface TransactionRecord {
  readonly id: number
  /** The id by which the charger calls it, where that is another. */
  readonly wireId?: number
  /** Number of the transaction in the order of the site; the id is made from it. */
  readonly serial: number
  readonly identity: string
  readonly connector: number
  readonly idTag: string
  /** What makes a repeated StartTransaction the same one: connector, tag, time and meter as sent. */
  readonly startKey: string
  readonly startedAt: Instant
  /** Wh */
  readonly meterStart: number
  /** It came late out of a queue, and never was what ran on the connector. */
  readonly aside: boolean
  /** It should not run: its tag was refused, or its start was called off. */
  readonly unwanted: boolean
  readonly endedAt: Instant | null
  /** Wh */
  readonly meterStop: number | null
  /** Wh, never negative; null while it runs. */
  readonly energy: number | null
  /** OCPP's stop reason, or `Lost` when the end was never reported. */
  readonly reason: string | null
}

/** A transaction as its record tells it; what only passing messages have said of it is not in the books. */
export function runningTransaction({ id, wireId = id, idTag, startedAt, meterStart, unwanted }: TransactionRecord): Transaction {
  return { id, wireId, idTag, startedAt, meterStart, count: beginCount(meterStart, startedAt), live: true, unwanted, stopRestsUntil: 0, lostAt: null }
}

/** Whole Wh that a running transaction has taken; null while no register was seen in it. */
export function energyOf({ count }: Transaction): number | null {
  return count.register === null ? null : Math.round(count.energy)
}

/** The last ended transaction of a connector, as the bus shows it. */
export interface EndedTransaction {
  readonly id: number
  readonly startedAt: Instant
  readonly endedAt: Instant
  /** Wh */
  readonly energy: number
}

/** How many ended transactions a Charge Point keeps at hand to recognise repetitions, and how many at all. */
const endedKept = 16
const recentKept = 80

/** Puts a record before the others, in place of an older state of it; those that still run are the last to be forgotten. */
export function remember(recent: readonly TransactionRecord[], record: TransactionRecord): readonly TransactionRecord[] {
  const kept = [record]
  let others = 0
  for (const other of recent) {
    if (other.id === record.id) continue
    if ((others < endedKept || other.endedAt === null) && kept.length < recentKept) kept.push(other)
    others += 1
  }
  return kept
}
