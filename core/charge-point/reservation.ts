import { formatTimestamp } from '../ocpp/timestamp.ts'
import type { Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { ownReservationTag, withConnector, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector, type Reservation } from './connector.ts'
import type { Outcome } from './outcome.ts'

/** A reservation is made for a day and renewed an hour before it runs out, until it is freed or used. */
const termMs = 24 * 3_600_000
const renewalMs = 3_600_000
const silenceRest = 60_000
const lossRest = 2_000

/** The connector with a reservation wanted; one that is held by another tag is made anew. */
export function reserve(connector: Connector, idTag: string): Connector {
  if (connector.reservation?.stage === 'held' && connector.reservation.idTag === idTag) return connector
  return amendConnector(connector, { reservation: { idTag, stage: 'wanted', expiresAt: 0, restsUntil: 0 } })
}

const unknownReservation: Reservation = { idTag: ownReservationTag, stage: 'freeing', expiresAt: 0, restsUntil: 0 }

/** The connector with its reservation to be freed; also one that only the charger knows of. */
export function free(connector: Connector): Connector {
  const { reservation, report } = connector
  if (!reservation && report.status !== 'Reserved') return connector
  return amendConnector(connector, { reservation: { ...(reservation ?? unknownReservation), stage: 'freeing', restsUntil: 0 } })
}

/** When the charger was last asked for it; long ago where it has not been asked yet. */
export function askedAt(reservation: Reservation): number {
  return reservation.expiresAt - termMs
}

/** When a held reservation is due for renewal. */
export function renewalAt(reservation: Reservation): number {
  return reservation.expiresAt - renewalMs
}

/** The reservation, when the charger is not where it should be (OCPP 1.6 §5.13, §5.1). */
export function reservationCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { reservation, id } = connector
  if (!reservation || turn.at < reservation.restsUntil) return undefined
  if (reservation.stage === 'freeing') {
    return [chargePoint, call('CancelReservation', { reservationId: id }, { type: 'free', connector: id })]
  }
  if (reservation.stage === 'held' && turn.at < renewalAt(reservation)) return undefined
  const expiresAt = turn.at + termMs
  const request = { connectorId: id, expiryDate: formatTimestamp(expiresAt), idTag: reservation.idTag, reservationId: id }
  const asked = withConnector(chargePoint, amendConnector(connector, { reservation: { ...reservation, expiresAt } }))
  return [asked, call('ReserveNow', request, { type: 'reserve', connector: id, idTag: reservation.idTag })]
}

/** Accepted: held. No answer: asked again after a rest. Any other word: there is no reservation. */
export function settleReserve(chargePoint: ChargePoint, connector: Connector, idTag: string, outcome: Outcome, turn: Turn): ChargePoint {
  const { reservation } = connector
  if (reservation?.stage === 'freeing') return chargePoint
  // Used or forgotten meanwhile: what the charger has just accepted is wanted no more.
  if (!reservation) return outcome.status === 'Accepted' ? withConnector(chargePoint, amendConnector(connector, { reservation: unknownReservation })) : chargePoint
  // Wanted for another tag meanwhile: that will be asked for next.
  if (reservation.idTag !== idTag) return chargePoint
  const settled = (next: Reservation | null) => withConnector(chargePoint, amendConnector(connector, { reservation: next }))
  if (outcome.status === 'Accepted') return settled({ ...reservation, stage: 'held', restsUntil: 0 })
  return settled(rested(reservation, outcome, turn))
}

/** Accepted or Rejected: the charger holds no such reservation any more. */
export function settleFree(chargePoint: ChargePoint, connector: Connector, outcome: Outcome, turn: Turn): ChargePoint {
  const { reservation } = connector
  if (reservation?.stage !== 'freeing') return chargePoint
  return withConnector(chargePoint, amendConnector(connector, { reservation: rested(reservation, outcome, turn) }))
}

function rested(reservation: Reservation, outcome: Outcome, turn: Turn): Reservation | null {
  if (outcome.status === 'Timeout') return { ...reservation, restsUntil: turn.at + silenceRest }
  return outcome.status === 'Lost' ? { ...reservation, restsUntil: turn.at + lossRest } : null
}
