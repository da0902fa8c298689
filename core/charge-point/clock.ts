import { instantFromLocal } from '../knx/local-time.ts'
import { parseTimestamp } from '../ocpp/timestamp.ts'
import type { Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'
import type { Connector } from './connector.ts'

/** Milliseconds by which a message may be late and still tell of now. */
const lateMs = 10 * 60_000
/** Milliseconds after connecting in which an offline queue is replayed. */
const replayMs = 10 * 60_000
/** No charger clock that runs shows a time before this; those that do have lost theirs. */
const earliest = Date.UTC(2020, 0, 1)

/** The instant a Charge Point means, or ours where it gives none that can be true. */
export function instantOf(timestamp: string | undefined, turn: Turn): number {
  const at = read(timestamp, turn)
  return at === undefined || at < earliest || at > turn.at + lateMs ? turn.at : at
}

/**
 * True for a message out of an offline queue: it is kept for the books and never changes live state. Times are judged against
 * our clock, and only while a queue may be replayed, so that a charger whose clock is wrong is not deaf for ever; one whose clock was
 * never seen to be right is believed where nothing `present` speaks against it.
 */
export function isReplayed(chargePoint: ChargePoint, timestamp: string | undefined, present: boolean, turn: Turn): boolean {
  if (!isLate(timestamp, turn)) return false
  const since = chargePoint.link?.since ?? 0
  return turn.at - since < replayMs && (present || chargePoint.clockSeen || isClockLost(timestamp, turn))
}

/** True for a time that is too long ago to be that of a message of now. */
export function isLate(timestamp: string | undefined, turn: Turn): boolean {
  const at = read(timestamp, turn)
  return at !== undefined && turn.at - at > lateMs
}

/** Remembers that the clock of a Charge Point was seen to be right. */
export function heedClock(chargePoint: ChargePoint, timestamp: string | undefined, turn: Turn): ChargePoint {
  if (chargePoint.clockSeen) return chargePoint
  const at = read(timestamp, turn)
  return at !== undefined && Math.abs(turn.at - at) <= lateMs ? amend(chargePoint, { clockSeen: true }) : chargePoint
}

/** True when a state of a connector is known that is of now, and not out of a queue. */
export function isPresent(connector: Connector | undefined): boolean {
  return connector !== undefined && connector.report.status !== null && connector.report.timely
}

/** True for a time that only a clock shows which was never set: 1970, as a rule. */
export function isClockLost(timestamp: string | undefined, turn: Turn): boolean {
  const at = read(timestamp, turn)
  return at !== undefined && at < earliest
}

/** A time without a zone is the site's local time. */
function read(timestamp: string | undefined, turn: Turn): number | undefined {
  const parsed = timestamp === undefined ? undefined : parseTimestamp(timestamp)
  if (!parsed) return undefined
  return parsed.zoned ? parsed.at : instantFromLocal(parsed.at, turn.rules.timeZone)
}
