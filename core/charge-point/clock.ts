import { instantFromLocal } from '../knx/local-time.ts'
import { parseTimestamp } from '../ocpp/timestamp.ts'
import type { Turn } from '../site/turn.ts'
import type { ChargePoint } from './charge-point.ts'

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
 * our clock, and only while a queue may be replayed, so that a charger whose clock is wrong is not deaf for ever.
 */
export function isReplayed(chargePoint: ChargePoint, timestamp: string | undefined, turn: Turn): boolean {
  const at = read(timestamp, turn)
  if (at === undefined) return false
  const since = chargePoint.link?.since ?? 0
  return turn.at - at > lateMs && turn.at - since < replayMs
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
