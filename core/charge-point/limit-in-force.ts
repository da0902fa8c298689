import { note, type Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector, type Limit, type LimitSource } from './connector.ts'
import { knows, learn } from './learnt.ts'
import { amperesOfWatts, ignored, smartCharging } from './limit.ts'
import { withUnsupported, type Outcome } from './outcome.ts'
import type { Reading } from './reading.ts'

/** A: up to so much the limit that was read back is the one that was told, in another unit or rounded. */
const sameWithin = 0.5

/** Milliseconds that a current above its limit is given to come down, and a limit to hold before it is read back. */
const obeysWithin = 60_000
const settledAfter = 5_000

/** s that a composite schedule is asked for. */
const scheduleDuration = 60

/** The limit that holds, and by whose word: the charger's offer, its composite schedule, or that it has accepted it. */
export function limitInForce({ limit, transaction }: Connector): { readonly amperes: number; readonly source: LimitSource } | undefined {
  const { observed, effective } = limit
  // Without a transaction nothing is offered, whatever the limit is.
  if (observed && (transaction !== null || observed.source === 'GetCompositeSchedule')) {
    const same = effective !== null && Math.abs(observed.amperes - effective) <= sameWithin
    return same ? { amperes: effective, source: observed.source } : observed
  }
  return effective === null ? undefined : { amperes: effective, source: 'accepted' }
}

/** Takes from meter values what the charger offers, and whether it keeps to its limit. */
export function observeLimit(before: ChargePoint, id: number, reading: Reading, turn: Turn): ChargePoint {
  const connector = findConnector(before, id)
  if (!connector || connector.charger === null) return before
  const chargePoint = withLessons(before, reading, turn)
  const observed = offerOf(chargePoint, connector, reading)
  const seen = observed ? withLimit(chargePoint, connector, { ...connector.limit, observed }) : chargePoint
  return reading.current === null ? seen : judgeCurrent(seen, id, turn)
}

/** What some chargers measure as offered is 0 for ever: it is believed once it was more. */
function withLessons(chargePoint: ChargePoint, { offeredCurrent, offeredPower }: Reading, turn: Turn): ChargePoint {
  const offers = offeredCurrent !== null && offeredCurrent > 0 ? learn(chargePoint, 'offersCurrent', turn) : chargePoint
  return offeredPower !== null && offeredPower > 0 ? learn(offers, 'offersPower', turn) : offers
}

function offerOf(chargePoint: ChargePoint, connector: Connector, { offeredCurrent, offeredPower }: Reading): Limit['observed'] | undefined {
  if (connector.transaction === null) return undefined
  if (offeredCurrent !== null && knows(chargePoint, 'offersCurrent')) return { amperes: tenths(offeredCurrent), source: 'Current.Offered' }
  if (offeredPower === null || !knows(chargePoint, 'offersPower') || connector.limit.observed?.source === 'Current.Offered') return undefined
  return { amperes: tenths(amperesOfWatts(offeredPower, connector)), source: 'Power.Offered' }
}

function tenths(amount: number): number {
  return Math.round(amount * 10) / 10
}

function withLimit(chargePoint: ChargePoint, connector: Connector, limit: Limit): ChargePoint {
  return withConnector(chargePoint, amendConnector(connector, { limit }))
}

/** A current that stays above the limit that was accepted shows that the limit is ignored, or was not understood. */
function judgeCurrent(chargePoint: ChargePoint, id: number, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, id)
  if (!connector) return chargePoint
  const { limit, meter: { current }, transaction } = connector
  const isOver = transaction !== null && limit.accepted !== null && limit.effective !== null && current !== null && current > limit.effective * 1.1 + 1
  if (!isOver) return limit.overSince === null ? chargePoint : withLimit(chargePoint, connector, { ...limit, overSince: null })
  const since = Math.max(limit.overSince ?? turn.at, limit.acceptedAt)
  if (turn.at - since <= obeysWithin) return limit.overSince === since ? chargePoint : withLimit(chargePoint, connector, { ...limit, overSince: since })
  if (limit.effective === 0) return learn(chargePoint, 'zeroIgnored', turn)
  const next = ignored(limit, turn)
  if (next === limit) return chargePoint
  note(turn, 'warning', chargePoint.identity, id, `${Math.round(current)} A flow, though the charger accepted a limit of ${limit.effective} A: another form is tried`)
  return withLimit(chargePoint, connector, next)
}

/** Asks what holds, when the charger has accepted a limit and does not tell what it offers; once for each limit. */
export function readBackCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { id, limit } = connector
  if (!isReadBackDue(chargePoint, connector) || turn.at < readBackAt(limit)) return undefined
  const asked = withLimit(chargePoint, connector, { ...limit, readBack: true })
  return [asked, call('GetCompositeSchedule', { connectorId: id, duration: scheduleDuration }, { type: 'readBack', connector: id })]
}

export function readBackAt({ acceptedAt }: Limit): number {
  return acceptedAt + settledAfter
}

export function isReadBackDue(chargePoint: ChargePoint, { limit, charger }: Connector): boolean {
  return limit.accepted !== null && !limit.readBack && charger !== null && smartCharging(chargePoint)
    && !knows(chargePoint, 'offersCurrent') && !knows(chargePoint, 'offersPower') && !chargePoint.profile.unsupported.includes('GetCompositeSchedule')
}

/** Is the answer to that still to come? */
export function isReadBackAwaited(chargePoint: ChargePoint, connector: Connector): boolean {
  const purpose = chargePoint.pending?.purpose
  return isReadBackDue(chargePoint, connector) || (purpose?.type === 'readBack' && purpose.connector === connector.id)
}

/** Takes the first period of a composite schedule for what holds now (OCPP 1.6 §5.7). */
export function settleReadBack(chargePoint: ChargePoint, connector: Connector, { status, payload }: Outcome, turn: Turn): ChargePoint {
  // Commands would wait for its silence after every limit.
  if (status === 'Timeout') return withUnsupported(chargePoint, 'GetCompositeSchedule', turn)
  if (status !== 'Accepted' || connector.limit.accepted === null) return chargePoint
  // It has been read by its schema.
  const { chargingSchedule } = payload as { readonly chargingSchedule?: { readonly chargingRateUnit: string; readonly chargingSchedulePeriod: readonly { readonly limit: number }[] } }
  const amount = chargingSchedule?.chargingSchedulePeriod[0]?.limit
  if (chargingSchedule === undefined || amount === undefined || !(amount >= 0 && amount <= 1e6)) return chargePoint
  const amperes = tenths(chargingSchedule.chargingRateUnit === 'W' ? amperesOfWatts(amount, connector) : amount)
  return withLimit(chargePoint, connector, { ...connector.limit, observed: { amperes, source: 'GetCompositeSchedule' } })
}
