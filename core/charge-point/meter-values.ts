import type { RequestOf } from '../ocpp/actions.ts'
import type { Turn } from '../site/turn.ts'
import { ensureConnector, findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { isReplayed } from './clock.ts'
import { amendConnector, type Connector } from './connector.ts'
import { observeMeasurands } from './learnt.ts'
import { observeLimit } from './limit-in-force.ts'
import { readSamples, type Reading } from './reading.ts'
import type { Transaction } from './transaction.ts'

/** Keeps what a connector measures (OCPP 1.6 §4.7); values out of an offline queue are not taken for live ones. */
export function receiveMeterValues(before: ChargePoint, request: RequestOf<'MeterValues'>, turn: Turn): ChargePoint {
  const live = request.meterValue.filter((meterValue) => !isReplayed(before, meterValue.timestamp, turn))
  if (live.length === 0) return before
  const chargePoint = ensureConnector(before, connectorOf(before, request.connectorId))
  const connector = findConnector(chargePoint, connectorOf(chargePoint, request.connectorId))
  if (!connector) return chargePoint
  const measured = withReading(connector, readSamples(live, connector.charger?.phases ?? 1), request.transactionId, turn)
  return observeMeasurands(observeLimit(withConnector(chargePoint, measured), connector.id, live, turn), live)
}

/** Connector 0 of a Charge Point with one connector is that connector. */
function connectorOf(chargePoint: ChargePoint, id: number): number {
  const only = chargePoint.connectors[0]
  return id === 0 && only && chargePoint.connectors.length === 1 ? only.id : id
}

function withReading(connector: Connector, reading: Reading, transactionId: number | undefined, turn: Turn): Connector {
  const { meter } = connector
  return amendConnector(connector, {
    meter: {
      current: reading.current ?? meter.current,
      power: reading.power ?? meter.power,
      register: reading.register ?? meter.register,
      at: turn.at,
    },
    transaction: connector.transaction && confirmed(connector.transaction, transactionId),
  })
}

/** A live value that names the transaction shows that it runs. */
function confirmed(transaction: Transaction, transactionId: number | undefined): Transaction {
  if (transactionId !== transaction.id || (transaction.live && transaction.lostAt === null)) return transaction
  return { ...transaction, live: true, lostAt: null }
}
