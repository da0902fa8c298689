import type { Instant } from '../site/event.ts'
import { earlier, type Turn } from '../site/turn.ts'
import { amend, withDues } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'
import { courtesyEnds } from './discovery.ts'
import { wantedAmperes } from './limit.ts'
import { isReadBackDue, readBackAt } from './limit-in-force.ts'
import { timedOut } from './outcome.ts'
import { survey } from './project.ts'
import { reconcile, settle } from './reconcile.ts'
import { renewalAt } from './reservation.ts'
import { giveUpSigning } from './signing.ts'
import { closeLost } from './transactions.ts'

/** Lets time pass: what is overdue has failed. */
export function advance(before: ChargePoint, turn: Turn): ChargePoint {
  const { pending } = before
  let chargePoint = pending && turn.at >= pending.expiresAt ? settle(before, pending, timedOut, turn) : before
  chargePoint = giveUpSigning(chargePoint, turn)
  if (!chargePoint.link && chargePoint.offlineSince === null) chargePoint = amend(chargePoint, { offlineSince: turn.at })
  for (const connector of chargePoint.connectors) {
    const lostAt = connector.transaction?.lostAt ?? null
    if (lostAt !== null && turn.at >= lostAt) chargePoint = closeLost(chargePoint, connector, turn)
  }
  return chargePoint
}

/** Brings a Charge Point to rest after something has happened to it: asks what is to be asked, and notes what the bus is owed. */
export function conclude(before: ChargePoint, turn: Turn): ChargePoint {
  const chargePoint = reconcile(before, turn)
  const { debt, deadline } = survey(chargePoint, turn.at, turn.rules)
  const wakeAt = nextDeadline(chargePoint, turn.at, deadline)
  const untold = debt !== undefined
  if (chargePoint.wakeAt === wakeAt && chargePoint.untold === untold) return chargePoint
  return withDues(chargePoint, wakeAt, untold)
}

/** The next instant at which time alone makes a difference to this Charge Point; always in the future. */
function nextDeadline(chargePoint: ChargePoint, at: Instant, first: Instant | null): Instant | null {
  let next = first
  const consider = (deadline: Instant | null | undefined) => {
    if (deadline !== null && deadline !== undefined && deadline > at) next = earlier(next, deadline)
  }
  consider(chargePoint.pending?.expiresAt)
  if (chargePoint.security.signing?.stage !== 'sent') consider(chargePoint.security.signing?.expiresAt)
  consider(chargePoint.link && courtesyEnds(chargePoint.link))
  if (chargePoint.link) considerUpkeep(chargePoint, consider)
  for (const errand of chargePoint.errands) {
    consider(errand.expiresAt)
    if (errand.stage === 'queued') consider(errand.restsUntil)
  }
  for (const connector of chargePoint.connectors) {
    const { transaction, limit, availability, reservation, wanted } = connector
    consider(transaction?.lostAt)
    if (transaction?.unwanted) consider(transaction.stopRestsUntil)
    if (!chargePoint.link) continue
    if (limit.accepted !== wantedAmperes(connector)) consider(limit.restsUntil)
    if (isReadBackDue(chargePoint, connector)) consider(readBackAt(limit))
    if (wanted.operative !== null && wanted.operative !== availability.accepted) consider(availability.restsUntil)
    if (reservation) consider(reservation.stage === 'held' ? renewalAt(reservation) : reservation.restsUntil)
  }
  return next
}

/** What the charger itself is to be told, when a rest is over. */
function considerUpkeep({ profile: { setUp }, localList }: ChargePoint, consider: (deadline: Instant) => void): void {
  if (setUp.next !== null) consider(setUp.restsUntil)
  if (setUp.rebootDue) consider(setUp.rebootRestsUntil)
  if (localList.wanted !== null && !localList.inStep) consider(localList.restsUntil)
}
