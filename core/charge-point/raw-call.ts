import type { CommandStage, Order } from '../site/command.ts'
import type { Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import type { Outcome } from './outcome.ts'

/** CALLs that change what the levels rest on, and what of a connector must be accepted anew after them. */
const unsettling: { readonly [action: string]: (connector: Connector) => Connector } = {
  ChangeAvailability: (connector) => (amendConnector(connector, { availability: { accepted: null, restsUntil: 0 } })),
  SetChargingProfile: withoutLimit,
  ClearChargingProfile: withoutLimit,
  ReserveNow: withoutHold,
  CancelReservation: withoutHold,
}

function withoutLimit(connector: Connector): Connector {
  return amendConnector(connector, { limit: { ...connector.limit, accepted: null, effective: null } })
}

function withoutHold(connector: Connector): Connector {
  const { reservation } = connector
  return reservation?.stage === 'held' ? amendConnector(connector, { reservation: { ...reservation, stage: 'wanted', restsUntil: 0 } }) : connector
}

/** Hands back what a Charge Point said to a CALL that someone sent as it stands, and how the command ends; silence leaves open what it did. */
export function answerCall(command: string, { answer, status }: Outcome, turn: Turn): CommandStage {
  if (!answer) return 'uncertain'
  turn.effects.push({ type: 'answered', command, answer })
  return status === 'Refused' ? 'rejected' : 'observed'
}

/** What such a CALL may have changed is asked for again: what is wanted is never overruled for long. */
export function afterCall(chargePoint: ChargePoint, { action, payload }: Extract<Order, { type: 'call' }>, { answer }: Outcome): ChargePoint {
  if (answer?.type === 'error') return chargePoint
  const change = Object.hasOwn(unsettling, action) ? unsettling[action] : undefined
  if (!change) return chargePoint
  // Connector 0 is all of them, and so is none; a cancelled reservation names no connector.
  const only = payload['connectorId']
  const connectors = chargePoint.connectors.map((connector) => (typeof only === 'number' && only > 0 && connector.id !== only ? connector : change(connector)))
  return amend(chargePoint, { connectors })
}
