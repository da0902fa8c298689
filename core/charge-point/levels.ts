import type { Order } from '../site/command.ts'
import { progress, type Turn } from '../site/turn.ts'
import { findConnector, ownReservationTag, withErrand, type ChargePoint, type Errand, type Purpose } from './charge-point.ts'
import type { Connector } from './connector.ts'
import { smartCharging, wantedAmperes } from './limit.ts'
import { isReadBackAwaited, limitInForce } from './limit-in-force.ts'
import type { Outcome } from './outcome.ts'

/** Orders that say what shall be so: rules of their own send them as often as it takes, and here it is told how far they have come. */
const levels: readonly Order['type'][] = ['availability', 'reserve', 'free', 'limit', 'mode']

/** Milliseconds that what was accepted may take to show. */
export const levelShowsWithin = 60_000

export function isLevel({ order }: Errand): boolean {
  return levels.includes(order.type)
}

/** The first CALL for what a command wants is on its way. */
export function tellSent(chargePoint: ChargePoint, purpose: Purpose, turn: Turn): ChargePoint {
  const errand = servedBy(chargePoint, purpose)
  if (errand?.stage !== 'queued') return chargePoint
  progress(turn, errand.command, 'sent')
  return withErrand(chargePoint, { ...errand, stage: 'sent' })
}

/** The charger has accepted what a command wants, or has scheduled it for the end of the transaction (OCPP 1.6 §5.2). */
export function tellAccepted(chargePoint: ChargePoint, purpose: Purpose, { status }: Outcome, turn: Turn): ChargePoint {
  const isScheduled = status === 'Scheduled'
  const errand = isScheduled || status === 'Accepted' ? servedBy(chargePoint, purpose) : undefined
  if (errand?.stage !== 'queued' && errand?.stage !== 'sent') return chargePoint
  progress(turn, errand.command, 'accepted', isScheduled ? 'Scheduled, for when the transaction is over' : '')
  return withErrand(chargePoint, { ...errand, stage: isScheduled ? 'scheduled' : 'accepted', expiresAt: turn.at + levelShowsWithin })
}

/** Is it as a command wants it, as far as the charger can show that? A limit is read back, but not for ever. */
export function isReached(chargePoint: ChargePoint, connector: Connector, { order, expiresAt }: Errand, turn: Turn): boolean {
  const { report: { status }, limit, availability, reservation } = connector
  switch (order.type) {
    case 'limit':
    case 'mode':
      return limit.accepted === wantedAmperes(connector) && (turn.at >= expiresAt || !isReadBackAwaited(chargePoint, connector))
    case 'availability':
      return availability.accepted === order.operative && status !== null && (status !== 'Unavailable') === order.operative
    case 'reserve':
      return reservation?.stage === 'held'
    case 'free':
      return reservation === null
    default:
      return false
  }
}

/** What a charger that has accepted a limit says of it, where that is another one. */
export function contradiction(connector: Connector, { order }: Errand): string {
  const inForce = order.type === 'limit' || order.type === 'mode' ? limitInForce(connector) : undefined
  return inForce && inForce.amperes !== connector.limit.effective ? `the charger says that ${inForce.amperes} A hold` : ''
}

/** What the charger has refused is no longer wanted. */
export function isRefused(chargePoint: ChargePoint, { reservation, wanted }: Connector, { order }: Errand): boolean {
  if (order.type === 'reserve') return reservation === null
  if (order.type === 'limit' || order.type === 'mode') return !smartCharging(chargePoint)
  return order.type === 'availability' && wanted.operative !== order.operative
}

/** The command of a level that a CALL is for. */
function servedBy(chargePoint: ChargePoint, purpose: Purpose): Errand | undefined {
  return chargePoint.errands.find((errand) => 'connector' in purpose && errand.connector === purpose.connector && isFor(purpose, errand.order, chargePoint))
}

function isFor(purpose: Extract<Purpose, { readonly connector: number }>, order: Order, chargePoint: ChargePoint): boolean {
  switch (purpose.type) {
    case 'limit': {
      const connector = findConnector(chargePoint, purpose.connector)
      return (order.type === 'limit' || order.type === 'mode') && connector !== undefined && purpose.amperes === wantedAmperes(connector)
    }
    case 'availability':
      return order.type === 'availability' && order.operative === purpose.operative
    case 'reserve':
      return order.type === 'reserve' && (order.idTag ?? ownReservationTag) === purpose.idTag
    default:
      return order.type === purpose.type
  }
}
