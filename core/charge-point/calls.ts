import type { OutgoingAction, RequestOf } from '../ocpp/actions.ts'
import type { Fields } from '../ocpp/fields.ts'
import { encodeCall } from '../ocpp/frame.ts'
import type { Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint, Purpose } from './charge-point.ts'

/** A CALL that is wanted, with the reason for it. */
export interface Call {
  readonly action: string
  readonly payload: Fields
  readonly purpose: Purpose
}

/** A CALL whose payload fits its action. */
export function call<A extends OutgoingAction>(action: A, payload: RequestOf<A>, purpose: Purpose): Call {
  return { action, payload, purpose }
}

/** Actions whose answer real chargers owe for ever, and which nobody waits for: no command shall wait longer. The others get the site's CALL timeout. */
const impatient: { readonly [action: string]: number } = { GetConfiguration: 15_000, GetCompositeSchedule: 15_000, GetLocalListVersion: 15_000, ChangeConfiguration: 30_000 }

/** Sends a CALL and keeps it as the one in flight (OCPP-J 1.6 §4.1.1). */
export function launch(chargePoint: ChargePoint, wanted: Call, turn: Turn): ChargePoint {
  if (!chargePoint.link) return chargePoint
  const id = `${turn.rules.run.toString(36)}-${chargePoint.nextCall.toString(36)}`
  const { identity, link } = chargePoint
  turn.effects.push({ type: 'send', identity, connection: link.connection, text: encodeCall(id, wanted.action, wanted.payload) })
  const patience = Object.hasOwn(impatient, wanted.action) ? impatient[wanted.action] : undefined
  const expiresAt = turn.at + Math.min(patience ?? turn.rules.callTimeoutMs, turn.rules.callTimeoutMs)
  return amend(chargePoint, { nextCall: chargePoint.nextCall + 1, pending: { id, action: wanted.action, purpose: wanted.purpose, expiresAt } })
}
