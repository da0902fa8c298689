import { note, progress, type Turn } from '../site/turn.ts'
import type { CommandStage } from '../site/command.ts'
import { call, type Call } from './calls.ts'
import { findConnector, withConnector, withErrand, withoutErrand, type ChargePoint, type Errand } from './charge-point.ts'
import { amendConnector, createConnector, type Connector } from './connector.ts'
import { connectionTimeOut } from './configuration-keys.ts'
import { learnFromRejection } from './learnt.ts'
import { contradiction, isLevel, isReached, isRefused, levelShowsWithin } from './levels.ts'
import { smartCharging, wantedAmperes } from './limit.ts'
import { startRefusal, startTag } from './orders.ts'
import type { Outcome } from './outcome.ts'
import { afterCall, answerCall } from './raw-call.ts'
import { startRefusals } from './reactions.ts'
import { unacceptedRefusal } from './registration.ts'

/** Milliseconds that a stop and a reset may take to show. */
const stopShowsWithin = 60_000
const resetShowsWithin = 180_000
const retryRest = 15_000

/** The CALL of the oldest command that waits to be sent. */
export function errandCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  for (const errand of chargePoint.errands) {
    if (errand.stage !== 'queued' || !isReady(chargePoint, errand, turn) || unacceptedRefusal(chargePoint, errand.order)) continue
    const wanted = errandRequest(chargePoint, errand)
    if (!wanted) continue
    progress(turn, errand.command, 'sent')
    return [withErrand(chargePoint, { ...errand, stage: 'sent' }), wanted]
  }
  return undefined
}

/** A start after a stop waits until that has ended, a second try until the limit is restored; neither for ever. */
function isReady(chargePoint: ChargePoint, errand: Errand, turn: Turn): boolean {
  if (turn.at >= errand.restsUntil) return true
  const connector = findConnector(chargePoint, errand.connector)
  if (!connector) return false
  return errand.attempt === 1 ? connector.transaction === null && connector.report.status !== 'Charging' : connector.limit.accepted === wantedAmperes(connector)
}

function errandRequest(chargePoint: ChargePoint, errand: Errand): Call | undefined {
  const { order, connector: connectorId } = errand
  const purpose = { type: 'errand', command: errand.command } as const
  const transaction = findConnector(chargePoint, connectorId)?.transaction
  switch (order.type) {
    case 'start':
      return call('RemoteStartTransaction', { connectorId, idTag: startTag(chargePoint, order) }, purpose)
    case 'stop':
      return transaction ? call('RemoteStopTransaction', { transactionId: transaction.wireId }, purpose) : undefined
    case 'unlock':
      return call('UnlockConnector', { connectorId }, purpose)
    case 'reset':
      return call('Reset', { type: order.hard ? 'Hard' : 'Soft' }, purpose)
    case 'call':
      return { action: order.action, payload: order.payload, purpose }
    default:
      // What is left are levels: said by their own rules, and only watched here.
      return undefined
  }
}

/** Takes in what has become of a command's CALL. */
export function settleErrand(chargePoint: ChargePoint, command: string, outcome: Outcome, turn: Turn): ChargePoint {
  const errand = chargePoint.errands.find((candidate) => candidate.command === command)
  if (!errand) return chargePoint
  if (errand.stage === 'calledOff' && outcome.status !== 'Accepted') return withoutErrand(chargePoint, errand)
  // A Charge Point may hang up before it has said yes: whether it resets, its boot will tell.
  if (outcome.status === 'Lost' && errand.order.type === 'reset') return withErrand(chargePoint, { ...errand, stage: 'accepted', expiresAt: turn.at + resetShowsWithin })
  if (outcome.status === 'Lost' && errand.order.type !== 'call') return end(chargePoint, errand, 'uncertain', outcome.reason, turn)
  const { type } = errand.order
  if (errand.order.type === 'call') return end(afterCall(chargePoint, errand.order, outcome), errand, answerCall(command, outcome, turn), outcome.reason, turn)
  if (outcome.status === 'Unlocked') return end(chargePoint, errand, 'observed', 'unlocked', turn)
  if (type === 'start' && outcome.status === 'Rejected') return fallBack(learnFromRejection(chargePoint, errand.connector, turn), errand, outcome.reason, turn)
  if (outcome.status !== 'Accepted') return type === 'unlock' || type === 'reset' ? end(chargePoint, errand, 'rejected', outcome.reason, turn) : fallBack(chargePoint, errand, outcome.reason, turn)
  const stage = errand.stage === 'calledOff' ? 'calledOff' : 'accepted'
  if (stage === 'accepted') progress(turn, errand.command, 'accepted')
  return withErrand(chargePoint, { ...errand, stage, expiresAt: turn.at + showsWithin(chargePoint, errand) })
}

function showsWithin(chargePoint: ChargePoint, errand: Errand): number {
  if (errand.order.type === 'reset') return resetShowsWithin
  return errand.order.type === 'start' ? connectionTimeOut(chargePoint) : stopShowsWithin
}

/** What a refused or fruitless start or stop is followed by: one other way, then a clear no. */
function fallBack(chargePoint: ChargePoint, errand: Errand, reason: string, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, errand.connector)
  if (!connector || errand.stage === 'calledOff') return withoutErrand(chargePoint, errand)
  if (isObserved(chargePoint, connector, { ...errand, stage: 'accepted' }, turn)) return end(chargePoint, errand, 'observed', '', turn)
  const again = { ...errand, attempt: 2, restsUntil: turn.at + retryRest, expiresAt: turn.at + stopShowsWithin }
  if (errand.order.type === 'start') {
    const status = connector.report.status ?? 'Unknown'
    if (errand.attempt > 1 || status !== 'Preparing') return end(chargePoint, errand, 'rejected', `${startRefusals[status]} (${reason})`, turn)
    const restored = withConnector(chargePoint, amendConnector(connector, { limit: { ...connector.limit, accepted: null } }))
    return withErrand(restored, { ...again, stage: 'queued' })
  }
  const byLimit = connector.wanted.paused
  const possible = byLimit ? connector.transaction !== null : smartCharging(chargePoint)
  if (errand.attempt > 1 || !possible) return end(unpaused(chargePoint, connector), errand, 'rejected', reason, turn)
  if (byLimit) return withErrand(chargePoint, { ...again, stage: 'queued', restsUntil: turn.at })
  const paused = amendConnector(connector, { wanted: { ...connector.wanted, paused: true } })
  const waiting: Errand = { ...again, stage: 'accepted' }
  const changed = withConnector(chargePoint, paused)
  return isObserved(changed, paused, waiting, turn) ? end(changed, waiting, 'observed', '', turn) : withErrand(changed, waiting)
}

function unpaused(chargePoint: ChargePoint, connector: Connector): ChargePoint {
  return withConnector(chargePoint, amendConnector(connector, { wanted: { ...connector.wanted, paused: false } }))
}

/** Connector 0 is the Charge Point as a whole: a command to it shows at no connector. */
const whole = createConnector(0, null)

/** Ends the commands that are seen to be done, and those whose time is over. */
export function watchErrands(before: ChargePoint, turn: Turn): ChargePoint {
  let chargePoint = before
  const isConfigured = before.connectors.some(({ charger }) => charger !== null)
  for (const errand of before.errands) {
    const connector = findConnector(chargePoint, errand.connector) ?? (errand.connector === 0 ? whole : undefined)
    const refusal = connector && refusalNow(connector, errand)
    if (!connector) chargePoint = end(chargePoint, errand, 'rejected', 'there is no such connector', turn)
    else if (!isConfigured && (errand.stage === 'queued' || errand.stage === 'accepted' || isLevel(errand))) chargePoint = end(chargePoint, errand, 'rejected', 'the charger is not configured any more', turn)
    else if (errand.stage !== 'calledOff' && isObserved(chargePoint, connector, errand, turn)) chargePoint = end(chargePoint, errand, 'observed', contradiction(connector, errand), turn)
    else if (refusal !== undefined) chargePoint = end(chargePoint, errand, 'rejected', refusal, turn)
    else if (isHopeless(chargePoint, connector, errand)) chargePoint = fallBack(chargePoint, errand, 'the charger cannot be limited', turn)
    else if (isRefused(chargePoint, connector, errand)) chargePoint = end(chargePoint, errand, 'rejected', 'the charger refused', turn)
    else if (errand.stage === 'scheduled') chargePoint = connector.transaction ? chargePoint : withErrand(chargePoint, { ...errand, stage: 'accepted', expiresAt: turn.at + levelShowsWithin })
    // What has been sent ends with what becomes of its CALL; a level is sent again.
    else if (turn.at >= errand.expiresAt && (errand.stage !== 'sent' || isLevel(errand))) chargePoint = expire(chargePoint, errand, turn)
  }
  return chargePoint
}

/** Feedback follows the charger: a command is done when the charger shows it. */
function isObserved(chargePoint: ChargePoint, connector: Connector, errand: Errand, turn: Turn): boolean {
  const { report, transaction, limit, wanted } = connector
  const energised = report.status === 'Charging'
  switch (errand.order.type) {
    case 'start':
      if (errand.stage === 'queued') return energised && turn.at >= errand.restsUntil
      return errand.stage === 'accepted' && (energised || (transaction !== null && transaction.lostAt === null && report.status !== 'SuspendedEVSE'))
    case 'stop':
      return errand.stage !== 'sent' && !energised && (transaction === null || (wanted.paused && limit.accepted === 0))
    default:
      return isReached(chargePoint, connector, errand, turn)
  }
}

/** A start that has waited must still be allowed when it is sent. */
function refusalNow(connector: Connector, { order, stage }: Errand): string | undefined {
  return order.type === 'start' && stage === 'queued' ? startRefusal(connector, order) : undefined
}

/** A stop that waits for a limit which the charger cannot take. */
function isHopeless(chargePoint: ChargePoint, connector: Connector, errand: Errand): boolean {
  return errand.order.type === 'stop' && errand.stage === 'accepted' && errand.attempt === 1 && connector.wanted.paused && !smartCharging(chargePoint)
}

function expire(chargePoint: ChargePoint, errand: Errand, turn: Turn): ChargePoint {
  if (errand.stage === 'calledOff') return withoutErrand(chargePoint, errand)
  if (errand.order.type === 'stop' && errand.stage === 'accepted') return fallBack(chargePoint, errand, 'it goes on charging', turn)
  const untaken = isLevel(errand) ? 'the charger has not taken it yet; it stays wanted' : 'it could not be sent in time'
  return end(chargePoint, errand, 'expired', errand.stage === 'accepted' ? 'the charger accepted, but nothing followed' : untaken, turn)
}

/** A reset is done when the Charge Point boots (OCPP 1.6 §5.14). */
export function observeBoot(chargePoint: ChargePoint, turn: Turn): ChargePoint {
  const resets = chargePoint.errands.filter((errand) => errand.order.type === 'reset' && errand.stage !== 'queued')
  return resets.reduce((rest, errand) => end(rest, errand, 'observed', '', turn), chargePoint)
}

function end(chargePoint: ChargePoint, errand: Errand, stage: CommandStage, reason: string, turn: Turn): ChargePoint {
  progress(turn, errand.command, stage, reason)
  if (stage === 'rejected' || stage === 'expired') {
    note(turn, 'warning', chargePoint.identity, errand.connector, `${errand.order.type} ${stage}: ${reason}`)
  }
  return withoutErrand(chargePoint, errand)
}
