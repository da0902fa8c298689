import { isAction } from '../ocpp/actions.ts'
import { parseConfirmation } from '../ocpp/receive.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'

/** A CALLRESULT or CALLERROR as it came (OCPP-J 1.6 §4.2.2, §4.2.3). */
export type Answer =
  | { readonly type: 'result'; readonly payload: unknown }
  | { readonly type: 'error'; readonly code: string; readonly description: string; readonly details: unknown }

/** What has become of a CALL of ours. */
export interface Outcome {
  /** The confirmation's own status word, `Confirmed` where it has none; `Refused` for a CALLERROR; `Timeout` or `Lost` for none. */
  readonly status: string
  readonly payload: unknown
  /** In words, where it went wrong. */
  readonly reason: string
  /** The charger cannot do this at all. */
  readonly unsupported: boolean
  /** What came; absent where nothing did. */
  readonly answer?: Answer
}

export const timedOut: Outcome = { status: 'Timeout', payload: null, reason: 'the charger does not answer', unsupported: false }
export const lost: Outcome = { status: 'Lost', payload: null, reason: 'the connection was lost before the charger answered', unsupported: false }

/** Reads a CALLRESULT; one that breaks its schema counts as refused. */
export function confirmed(action: string, payload: unknown): Outcome {
  if (!isAction(action)) return { status: 'Confirmed', payload, reason: '', unsupported: false }
  const parsed = parseConfirmation(action, payload)
  if (!parsed.ok) return { status: 'Refused', payload: null, reason: `the charger's answer is unreadable: ${parsed.description}`, unsupported: false }
  const status = 'status' in parsed.value ? String(parsed.value.status) : 'Confirmed'
  // Of ChangeConfiguration it says that there is no such key (OCPP 1.6 §7.22).
  return { status, payload: parsed.value, reason: `the charger answered ${status}`, unsupported: status === 'NotSupported' && action !== 'ChangeConfiguration' }
}

/** Reads a CALLERROR. */
export function refused(code: string, description: string): Outcome {
  const unsupported = code === 'NotImplemented' || code === 'NotSupported'
  return { status: 'Refused', payload: null, reason: `the charger answered ${code}${description && `: ${description}`}`, unsupported }
}

/** Keeps that a charger has answered an action as one that it has. */
export function withSupported(chargePoint: ChargePoint, action: string, { status }: Outcome): ChargePoint {
  const { profile } = chargePoint
  if (status === 'Timeout' || status === 'Lost' || status === 'Refused' || profile.supported.includes(action) || !isAction(action)) return chargePoint
  return amend(chargePoint, { profile: { ...profile, supported: [...profile.supported, action] } })
}

/** More than there are actions; bounds what is remembered. */
const maxUnsupported = 40

/** Keeps that an action is not to be asked of this charger again, and says so the first time. */
export function withUnsupported(chargePoint: ChargePoint, action: string, turn: Turn): ChargePoint {
  const { profile } = chargePoint
  if (profile.unsupported.includes(action) || profile.unsupported.length >= maxUnsupported) return chargePoint
  note(turn, 'info', chargePoint.identity, 0, `the charger does not support ${action}`)
  return amend(chargePoint, { profile: { ...profile, unsupported: [...profile.unsupported, action] } })
}
