import type { Event } from '../site/event.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend, withHeardAt } from './amend.ts'
import type { ChargePoint, Link } from './charge-point.ts'
import { lost } from './outcome.ts'
import { settle } from './reconcile.ts'
import type { Proof } from './security.ts'
import { proved } from './security-changes.ts'

const unproved: Proof = { profile: 0, byProposed: false }

/** Milliseconds within which takeovers count as one quarrel. */
const quarrelMs = 60_000

/** The newest authenticated connection of an identity wins; the one before is closed, and what was asked on it has failed. */
export function open(before: ChargePoint, event: Extract<Event, { type: 'opened' }>, turn: Turn): ChargePoint {
  const { connection, remote, proof = unproved } = event
  const previous = before.link
  const { identity } = before
  if (previous) turn.effects.push({ type: 'close', identity, connection: previous.connection, code: 1000, reason: 'a newer connection took over' })
  // Not every charger that names none speaks 1.6.
  note(turn, event.subprotocol === '' ? 'warning' : 'info', identity, 0, `connected from ${remote}${event.subprotocol === '' ? ', without naming a subprotocol: taken for OCPP 1.6' : ''}`)
  const chargePoint = proved(dropCall(before, turn), proof, turn)
  const takeovers = previous && turn.at - previous.since < quarrelMs ? previous.takeovers + 1 : 0
  const link: Link = { connection, remote, since: turn.at, asked: [], keysDue: [], takeovers, securityProfile: proof.profile }
  return withHeardAt(amend(chargePoint, { link, offlineSince: null }), turn.at)
}

/** The late close of an older connection changes nothing. */
export function close(before: ChargePoint, event: Extract<Event, { type: 'closed' }>, turn: Turn): ChargePoint {
  if (before.link?.connection !== event.connection) return before
  note(turn, 'info', before.identity, 0, `disconnected (${event.code}${event.reason && `, ${event.reason}`})`)
  return amend(dropCall(before, turn), { link: null, offlineSince: turn.at })
}

function dropCall(chargePoint: ChargePoint, turn: Turn): ChargePoint {
  return chargePoint.pending ? settle(chargePoint, chargePoint.pending, lost, turn) : chargePoint
}
