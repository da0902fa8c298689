import { note, type Turn } from '../site/turn.ts'
import { findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import { runningTransaction, type TransactionRecord } from './transaction.ts'
import { serialOf, transactionId } from './transaction-id.ts'
import { book } from './transactions.ts'

/** ms for which a connector must have charged without a transaction: a StartTransaction that is on its way comes before. */
const patienceMs = 60_000

/**
 * Takes up a transaction that a charging connector names in its live MeterValues, and that we know nothing of: its StartTransaction never
 * came, or was answered before our data were lost. In the books it has an id of ours; the charger goes on by its own. An id that was ever
 * ours stays what it was: what has ended does not come back.
 */
export function recover(chargePoint: ChargePoint, connectorId: number, wireId: number | undefined, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, connectorId)
  if (!connector || wireId === undefined || !isLost(chargePoint, connector, wireId, turn)) return chargePoint
  const { register } = connector.meter
  const serial = turn.nextTransaction
  turn.nextTransaction += 1
  const record: TransactionRecord = {
    id: transactionId(serial, turn.rules.seed),
    wireId,
    serial,
    identity: chargePoint.identity,
    connector: connectorId,
    idTag: '',
    startKey: `recovered ${wireId}`,
    startedAt: turn.at,
    meterStart: Math.round(register ?? 0),
    aside: false,
    unwanted: false,
    endedAt: null,
    meterStop: null,
    energy: null,
    reason: null,
  }
  note(turn, 'warning', chargePoint.identity, connectorId, `transaction ${record.id} is taken up: the charger charges, calls it ${wireId}, and never told of its start`)
  return withConnector(book(chargePoint, record, turn), amendConnector(connector, { transaction: runningTransaction(record) }))
}

function isLost({ link, recent }: ChargePoint, { transaction, report }: Connector, wireId: number, turn: Turn): boolean {
  if (transaction || report.status !== 'Charging' || report.connection !== link?.connection || turn.at - report.at < patienceMs) return false
  if (!Number.isInteger(wireId) || wireId < 1 || wireId >= 2 ** 31) return false
  return serialOf(wireId, turn.rules.seed) >= turn.nextTransaction && !recent.some((record) => record.id === wireId || record.wireId === wireId)
}
