import type { Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { withConnector, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import type { Outcome } from './outcome.ts'

/** Milliseconds before a charger that did not answer is asked again. */
const silenceRest = 60_000
const lossRest = 2_000

/** The availability, when the charger has not accepted the wanted one (OCPP 1.6 §5.2). */
export function availabilityCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { wanted, availability } = connector
  if (wanted.operative === null || availability.accepted === wanted.operative || turn.at < availability.restsUntil) return undefined
  const operative = wanted.operative
  return [
    chargePoint,
    call(
      'ChangeAvailability',
      { connectorId: connector.id, type: operative ? 'Operative' : 'Inoperative' },
      { type: 'availability', connector: connector.id, operative },
    ),
  ]
}

/** Accepted or Scheduled: it is done, or will be after the transaction. Rejected: nobody wants it any more. */
export function settleAvailability(chargePoint: ChargePoint, connector: Connector, operative: boolean, outcome: Outcome, turn: Turn): ChargePoint {
  const { wanted } = connector
  switch (outcome.status) {
    case 'Accepted':
    case 'Scheduled':
      return withConnector(chargePoint, amendConnector(connector, { availability: { accepted: operative, restsUntil: 0 } }))
    case 'Timeout':
      return withConnector(chargePoint, amendConnector(connector, { availability: { accepted: null, restsUntil: turn.at + silenceRest } }))
    case 'Lost':
      return withConnector(chargePoint, amendConnector(connector, { availability: { accepted: null, restsUntil: turn.at + lossRest } }))
    default:
      return wanted.operative === operative
        ? withConnector(chargePoint, amendConnector(connector, { wanted: { ...wanted, operative: null } }))
        : chargePoint
  }
}
