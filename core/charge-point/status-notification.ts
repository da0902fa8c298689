import type { RequestOf } from '../ocpp/actions.ts'
import { note, type Turn } from '../site/turn.ts'
import { ensureConnector, findConnector, withConnector, type ChargePoint } from './charge-point.ts'
import { heedClock, isClockLost, isLate, isPresent, isReplayed } from './clock.ts'
import { amendConnector, type Connector, type Reservation, type Status } from './connector.ts'
import { stillMeter, type Meter } from './meter.ts'
import type { Transaction } from './transaction.ts'

/** Milliseconds after which a transaction is given up whose connector looks free: its end may still come out of a queue. */
const lossMs = 5 * 60_000

/** Milliseconds before a reservation that was dropped is made again. */
const reservationRest = 10_000

/** Does a car draw, or could it, in this state? */
const inUse: { readonly [State in Status]: boolean } = {
  Available: false,
  Preparing: false,
  Charging: true,
  SuspendedEV: true,
  SuspendedEVSE: true,
  Finishing: false,
  Reserved: false,
  Unavailable: false,
  Faulted: false,
}

/** Can a transaction go on in this state? Faults and finishing pass or end with a word; a free connector speaks against it. */
const speaksAgainst: readonly Status[] = ['Available', 'Reserved']

/** Keeps what a connector says of itself (OCPP 1.6 §4.9); connector 0 speaks for the station only. */
export function receiveStatus(before: ChargePoint, request: RequestOf<'StatusNotification'>, turn: Turn): ChargePoint {
  const { connectorId, status, errorCode, timestamp } = request
  const text = `${status}${errorCode === 'NoError' ? '' : `, ${errorCode}`}`
  // States are not queued as transactions are (OCPP 1.6 §3.7): one of 1970 is of now, by a clock that was not set yet.
  if (isReplayed(before, timestamp, isPresent(findConnector(before, connectorId)), turn) && !isClockLost(timestamp, turn)) {
    note(turn, 'info', before.identity, connectorId, `an old status, of ${timestamp}, is not taken for the present one: ${text}`)
    return before
  }
  const chargePoint = ensureConnector(heedClock(before, timestamp, turn), connectorId)
  const connector = findConnector(chargePoint, connectorId)
  if (!connector) {
    if (errorCode !== 'NoError') note(turn, 'warning', before.identity, connectorId, `the station reports ${text}`)
    return before
  }
  if (connector.report.status !== status || connector.report.errorCode !== errorCode) note(turn, 'info', before.identity, connectorId, text)
  return withConnector(chargePoint, withReport(connector, request, chargePoint.link?.connection ?? '', turn))
}

function withReport(connector: Connector, request: RequestOf<'StatusNotification'>, connection: string, turn: Turn): Connector {
  const { status, errorCode } = request
  const { meter, transaction, wanted } = connector
  return amendConnector(connector, {
    report: { status, errorCode, info: present(request.info), vendorErrorCode: present(request.vendorErrorCode), at: turn.at, timely: !isLate(request.timestamp, turn), connection },
    meter: status === 'Charging' || status === connector.report.status ? meter : stilled(meter, status, turn),
    transaction: transaction && judged(transaction, status, turn),
    wanted: inUse[status] || transaction || !wanted.paused ? wanted : { ...wanted, paused: false },
    reservation: kept(connector, status, turn),
  })
}

/** A car that has left takes its battery with it. */
function stilled(meter: Meter, status: Status, turn: Turn): Meter {
  return status === 'Available' && meter.soc !== null ? { ...stillMeter(meter, turn.at), soc: null } : stillMeter(meter, turn.at)
}

/** A reservation that the charger has let go of, though nobody freed or used it, is made again. */
function kept({ reservation, report }: Connector, status: Status, turn: Turn): Reservation | null {
  const dropped = reservation?.stage === 'held' && status === 'Available' && report.status !== null && report.status !== 'Available'
  return dropped ? { ...reservation, stage: 'wanted', restsUntil: turn.at + reservationRest } : reservation
}

function judged(transaction: Transaction, status: Status, turn: Turn): Transaction {
  if (speaksAgainst.includes(status)) return { ...transaction, lostAt: transaction.lostAt ?? turn.at + lossMs }
  const live = transaction.live || inUse[status]
  return live === transaction.live && transaction.lostAt === null ? transaction : { ...transaction, live, lostAt: null }
}

/** Chargers write the word null, or zeroes, where they have nothing to say. */
function present(text: string | undefined): string {
  return text === undefined || text === 'null' || text === '0x0000' ? '' : text
}
