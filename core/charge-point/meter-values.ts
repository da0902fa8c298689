import type { RequestOf } from '../ocpp/actions.ts'
import type { Turn } from '../site/turn.ts'
import { ensureConnector, findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { heedClock, instantOf, isPresent, isReplayed } from './clock.ts'
import { withMeter, type Connector } from './connector.ts'
import { countRegister, fuseOf, type Count } from './energy.ts'
import { observeMeasurands } from './learnt.ts'
import { observeLimit } from './limit-in-force.ts'
import { meterLifetime } from './live.ts'
import { registerOf, wattHoursFound, withReading, type Meter } from './meter.ts'
import { readSamples, type Reading } from './reading.ts'
import { recover } from './recovery.ts'
import { sampleOf } from './sample.ts'
import type { Transaction } from './transaction.ts'

type MeterValue = RequestOf<'MeterValues'>['meterValue'][number]

/**
 * Keeps what a connector measures (OCPP 1.6 §4.7). What comes late out of an offline queue is not taken for live; its registers count
 * for the energy of the running transaction if they belong to it.
 */
export function receiveMeterValues(before: ChargePoint, { connectorId, transactionId, meterValue }: RequestOf<'MeterValues'>, turn: Turn): ChargePoint {
  const id = connectorOf(before, connectorId)
  const known = findConnector(before, id)
  // What a transaction of now measures is of now, whatever its clock says.
  const present = isPresent(known) && !known?.transaction?.live
  const live = meterValue.filter(({ timestamp }) => !isReplayed(before, timestamp, present, turn))
  const chargePoint = live.length > 0 ? ensureConnector(heedClock(before, live[0]?.timestamp, turn), id) : before
  const connector = findConnector(chargePoint, id)
  if (!connector) return chargePoint
  if (live.length === 0) return countLate(chargePoint, connector, meterValue, transactionId, turn)
  const phases = connector.charger?.phases ?? 1
  const reading = readSamples(live, phases)
  const judged = withUnit(connector.meter, connector.transaction, reading)
  const meter = saysNothing(reading) ? judged : withReading(judged, reading, { at: turn.at, lifetimeMs: meterLifetime(chargePoint), phases })
  const transaction = connector.transaction && confirmed(connector.transaction, transactionId, countAll(connector, meter, meterValue, reading, turn))
  const measured = recover(withConnector(chargePoint, withMeter(connector, meter, transaction)), id, transactionId, turn)
  const now = findConnector(measured, id)
  if (now && !saysNothing(reading)) turn.effects.push({ type: 'sample', sample: sampleOf(measured, now, turn.at) })
  return observeMeasurands(observeLimit(measured, id, reading, turn), live)
}

/** Connector 0 of a Charge Point with one connector is that connector. */
function connectorOf(chargePoint: ChargePoint, id: number): number {
  const only = chargePoint.connectors[0]
  return id === 0 && only && chargePoint.connectors.length === 1 ? only.id : id
}

function saysNothing({ current, power, voltage, register, soc, offered }: Reading): boolean {
  return current === null && power === null && voltage === null && register === null && soc === null && offered === null
}

function withUnit(meter: Meter, transaction: Transaction | null, reading: Reading): Meter {
  if (!transaction || transaction.count.register !== null) return meter
  const wattHours = wattHoursFound(meter.wattHours, reading, transaction.meterStart)
  return wattHours === meter.wattHours ? meter : { ...meter, wattHours }
}

/** Counts the registers of a message in their order; usually there is one, that of the reading. */
function countAll(connector: Connector, meter: Meter, meterValues: readonly MeterValue[], reading: Reading, turn: Turn): Count | undefined {
  const { transaction, charger } = connector
  if (!transaction) return undefined
  if (meterValues.length > 1) return countEach(transaction.count, connector, meter, meterValues, turn)
  const register = registerAt(meter, reading)
  return register === null ? transaction.count : countRegister(transaction.count, register, turn.at, fuseOf(charger))
}

function countEach(before: Count, { charger }: Connector, meter: Meter, meterValues: readonly MeterValue[], turn: Turn): Count {
  let count = before
  for (const meterValue of meterValues) {
    const reading = readSamples([meterValue], 1)
    const register = registerAt(meter, reading)
    if (register !== null) count = countRegister(count, register, instantOf(meterValue.timestamp, turn), fuseOf(charger))
  }
  return count
}

/** Wh, but none of a place worse than the meter's. */
function registerAt(meter: Meter, reading: Reading): number | null {
  return reading.place >= meter.place ? registerOf(reading, meter.wattHours) : null
}

/** Late values belong to the running transaction if they name it, or none, and were measured in it. */
function countLate(chargePoint: ChargePoint, connector: Connector, meterValues: readonly MeterValue[], transactionId: number | undefined, turn: Turn): ChargePoint {
  const { transaction } = connector
  if (!transaction || !(transactionId === undefined || transactionId <= 0 || transactionId === transaction.wireId)) return chargePoint
  const meter = withUnit(connector.meter, transaction, readSamples(meterValues, 1))
  const count = countEach(transaction.count, connector, meter, meterValues, turn)
  return count === transaction.count ? chargePoint : withConnector(chargePoint, withMeter(connector, meter, { ...transaction, count }))
}

/** A live value that names the transaction shows that it runs. */
function confirmed(transaction: Transaction, transactionId: number | undefined, count = transaction.count): Transaction {
  const isNamed = transactionId === transaction.wireId && !(transaction.live && transaction.lostAt === null)
  if (!isNamed && count === transaction.count) return transaction
  return {
    id: transaction.id,
    wireId: transaction.wireId,
    idTag: transaction.idTag,
    startedAt: transaction.startedAt,
    meterStart: transaction.meterStart,
    count,
    live: transaction.live || isNamed,
    unwanted: transaction.unwanted,
    stopRestsUntil: transaction.stopRestsUntil,
    lostAt: isNamed ? null : transaction.lostAt,
  }
}
