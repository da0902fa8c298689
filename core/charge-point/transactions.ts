import type { RequestOf } from '../ocpp/actions.ts'
import { note, type Turn } from '../site/turn.ts'
import { judge, judgeAt, remoteIdTag, type IdTagInfo } from './authorization.ts'
import { withRecent } from './amend.ts'
import { ensureConnector, findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { heedClock, instantOf, isPresent, isReplayed } from './clock.ts'
import { amendConnector, type Connector } from './connector.ts'
import { beginCount, countRegister, finalEnergy, fuseOf, type Count } from './energy.ts'
import { learnFromEnd } from './learnt.ts'
import { limitAtEnd, limitAtStart } from './limit.ts'
import { registerOf, stillMeter } from './meter.ts'
import { readSamples } from './reading.ts'
import { askedAt } from './reservation.ts'
import { remember, runningTransaction, type TransactionRecord } from './transaction.ts'
import { transactionId } from './transaction-id.ts'

interface Started {
  readonly transactionId: number
  readonly idTagInfo: IdTagInfo
}

/** Opens a transaction (OCPP 1.6 §4.8): always answered with an id, the same request again with the same one. */
export function startTransaction(before: ChargePoint, request: RequestOf<'StartTransaction'>, turn: Turn): readonly [ChargePoint, Started] {
  const connectorId = request.connectorId === 0 ? (before.connectors[0]?.id ?? 1) : request.connectorId
  const chargePoint = ensureConnector(heedClock(before, request.timestamp, turn), connectorId)
  const connector = findConnector(chargePoint, connectorId)
  const idTagInfo = connector ? judgeStart(chargePoint, connector, request.idTag, turn) : judge(chargePoint, request.idTag, turn)
  const startKey = `${connectorId} ${request.idTag.toUpperCase()} ${request.timestamp ?? ''} ${request.meterStart}`
  const known = chargePoint.recent.find(
    (record) => record.meterStart === request.meterStart && record.startKey === startKey && (request.timestamp !== undefined || record.endedAt === null))
  if (known) return [chargePoint, { transactionId: known.id, idTagInfo }]
  const live = !isReplayed(chargePoint, request.timestamp, isPresent(connector), turn)
  const startedAt = instantOf(request.timestamp, turn)
  // Out of a queue, behind one that began later: booked, but never what runs on the connector.
  const aside = !connector || (!live && connector.transaction !== null && startedAt <= connector.transaction.startedAt)
  const refused = idTagInfo.status !== 'Accepted'
  const record: TransactionRecord = {
    id: transactionId(turn.nextTransaction, turn.rules.seed),
    serial: turn.nextTransaction,
    identity: chargePoint.identity,
    connector: connectorId,
    idTag: request.idTag,
    startKey,
    startedAt,
    meterStart: request.meterStart,
    aside,
    unwanted: refused || isCalledOff(chargePoint, connectorId, request.idTag),
    endedAt: null,
    meterStop: null,
    energy: null,
    reason: null,
  }
  turn.nextTransaction += 1
  const started = { transactionId: record.id, idTagInfo }
  const booked = book(chargePoint, record, turn)
  return aside || !connector ? [booked, started] : [open(booked, connector, record, { live, refused }, turn), started]
}

/** Does it come of a start of ours that was stopped again before it came to anything? */
function isCalledOff(chargePoint: ChargePoint, connectorId: number, idTag: string): boolean {
  const { errands } = chargePoint
  return idTag === remoteIdTag(chargePoint) && errands.some((errand) => errand.connector === connectorId && errand.stage === 'calledOff')
}

/** A reserved connector starts only for the tag it is reserved for, or one of its parent group (OCPP 1.6 §5.13). */
function judgeStart(chargePoint: ChargePoint, connector: Connector, idTag: string, turn: Turn): IdTagInfo {
  const verdict = judgeAt(chargePoint, connector, idTag, turn)
  const held = connector.reservation?.stage === 'held' ? connector.reservation.idTag.toUpperCase() : undefined
  if (held === undefined || held === idTag.toUpperCase() || held === verdict.parentIdTag?.toUpperCase()) return verdict
  const holder = Object.hasOwn(turn.rules.tags, held) ? turn.rules.tags[held] : undefined
  const related = holder?.parent !== undefined && holder.parent.toUpperCase() === verdict.parentIdTag?.toUpperCase()
  return related ? verdict : { status: 'Invalid' }
}

interface Standing {
  readonly live: boolean
  readonly refused: boolean
}

function open(before: ChargePoint, busy: Connector, record: TransactionRecord, { live, refused }: Standing, turn: Turn): ChargePoint {
  const lost = busy.transaction ? closeLost(before, busy, turn) : before
  const connector = findConnector(lost, busy.id) ?? busy
  const { id, idTag, meterStart, startedAt } = record
  // What was measured before is where a register stood that the charger does not tell.
  const count = beginCount(meterStart, startedAt, live ? connector.meter.register : null)
  const transaction = { ...runningTransaction(record), count, live, stopRestsUntil: refused ? turn.at + graceMs : 0 }
  const reservation = live && !refused && isUsedUp(connector, record) ? null : connector.reservation
  note(turn, refused ? 'warning' : 'info', lost.identity, connector.id, `transaction ${id} started by ${idTag}${refused ? ', which may not charge here' : ''}`)
  return withConnector(lost, amendConnector(connector, { transaction, reservation, limit: limitAtStart(connector.limit, turn) }))
}

/** A transaction uses a reservation up that was asked for before it began. */
function isUsedUp({ reservation }: Connector, { idTag, startedAt }: TransactionRecord): boolean {
  if (!reservation || startedAt < askedAt(reservation)) return false
  return reservation.stage === 'held' || reservation.idTag.toUpperCase() === idTag.toUpperCase()
}

/** Milliseconds a charger has to end by itself what was answered with Invalid. */
const graceMs = 5_000

/** Ends a transaction (OCPP 1.6 §4.10); one that is unknown, ended already or another Charge Point's is answered and ends nothing. */
export function stopTransaction(
  before: ChargePoint,
  request: RequestOf<'StopTransaction'>,
  turn: Turn,
): readonly [ChargePoint, { readonly idTagInfo?: IdTagInfo }] {
  const chargePoint = heedClock(before, request.timestamp, turn)
  const answer = request.idTag === undefined ? {} : { idTagInfo: judge(chargePoint, request.idTag, turn) }
  const running = chargePoint.connectors.filter((connector) => connector.transaction !== null)
  // Some chargers always send 0; where just one transaction runs it can be no other.
  const id = request.transactionId === 0 && running.length === 1 ? running[0]?.transaction?.wireId : request.transactionId
  const record = chargePoint.recent.find((candidate) => (candidate.wireId ?? candidate.id) === id)
  if (!record) note(turn, 'warning', chargePoint.identity, 0, `the end of an unknown transaction (${request.transactionId}) was reported`)
  if (!record || record.endedAt !== null) return [chargePoint, answer]
  const endedAt = Math.max(record.startedAt, instantOf(request.timestamp, turn))
  const connector = findConnector(chargePoint, record.connector)
  const count = connector ? countToEnd(connector, record, request.transactionData ?? [], turn) : beginCount(record.meterStart, record.startedAt)
  const energy = finalEnergy(count, record, { meterStop: request.meterStop, endedAt }, fuseOf(connector?.charger ?? null))
  const ended = endedRecord(record, endedAt, request.meterStop ?? Math.round(count.register ?? record.meterStart), energy, request.reason ?? 'Local')
  note(turn, 'info', chargePoint.identity, record.connector, `transaction ${record.id} ended (${ended.reason}), ${energy} Wh`)
  const live = !isReplayed(chargePoint, request.timestamp, isPresent(connector), turn)
  return [close(book(learnFromEnd(chargePoint, connector, request.reason, turn), ended, turn), ended, live, turn), answer]
}

/** Closes a transaction whose end was never reported, with the energy last seen (OCPP 1.6 leaves this case open). */
export function closeLost(chargePoint: ChargePoint, connector: Connector, turn: Turn): ChargePoint {
  const record = chargePoint.recent.find((candidate) => candidate.id === connector.transaction?.id)
  if (!record) return withConnector(chargePoint, amendConnector(connector, { transaction: null }))
  const { register, energy } = connector.transaction?.count ?? beginCount(record.meterStart, record.startedAt)
  const ended = endedRecord(record, turn.at, Math.round(register ?? record.meterStart), Math.round(energy), 'Lost')
  note(turn, 'warning', chargePoint.identity, connector.id, `transaction ${record.id} is given up: the charger never reported its end`)
  return close(book(chargePoint, ended, turn), ended, connector.transaction?.live ?? false, turn)
}

/** The record with its end. */
function endedRecord(record: TransactionRecord, endedAt: number, meterStop: number, energy: number, reason: string): EndedRecord {
  const { id, wireId, serial, identity, connector, idTag, startKey, startedAt, meterStart, aside, unwanted } = record
  const ended = { id, serial, identity, connector, idTag, startKey, startedAt, meterStart, aside, unwanted, endedAt, meterStop, energy, reason }
  return wireId === undefined ? ended : { ...ended, wireId }
}

type EndedRecord = TransactionRecord & { readonly endedAt: number }

/** The count of a transaction that ends, with those of its transactionData (OCPP 1.6 §4.10) that tell more than was counted already. */
function countToEnd({ transaction, meter, charger }: Connector, { id, meterStart, startedAt }: TransactionRecord, data: TransactionData, turn: Turn): Count {
  let count = transaction?.id === id ? transaction.count : beginCount(meterStart, startedAt)
  for (const meterValue of data) {
    const register = registerOf(readSamples([meterValue], 1), meter.wattHours)
    if (register !== null && register > (count.register ?? -1)) count = countRegister(count, register, instantOf(meterValue.timestamp, turn), fuseOf(charger))
  }
  return count
}

type TransactionData = NonNullable<RequestOf<'StopTransaction'>['transactionData']>

/** Writes a transaction into the books. */
export function book(chargePoint: ChargePoint, record: TransactionRecord, turn: Turn): ChargePoint {
  turn.effects.push({ type: 'book', transaction: record })
  return withRecent(chargePoint, remember(chargePoint.recent, record))
}

/** Frees the connector; what came late out of a queue is not shown as the last transaction. */
function close(chargePoint: ChargePoint, record: TransactionRecord, live: boolean, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, record.connector)
  if (!connector || connector.transaction?.id !== record.id || record.endedAt === null) return chargePoint
  const { id, startedAt, endedAt, energy } = record
  const { last, meter, limit, wanted, transaction } = connector
  const ended = amendConnector(connector, {
    transaction: null,
    last: live || transaction.live ? { id, startedAt, endedAt, energy: energy ?? 0 } : last,
    meter: stillMeter(meter, turn.at),
    limit: limitAtEnd(limit),
    wanted: wanted.paused ? { ...wanted, paused: false } : wanted,
  })
  return withConnector(chargePoint, ended)
}
