import { objectNames, type ObjectName } from '../config/site-config.ts'
import type { Instant } from '../site/event.ts'
import { earlier, type Rules } from '../site/turn.ts'
import type { ChargePoint } from './charge-point.ts'
import { statuses, type Connector, type Status, type ToldValue } from './connector.ts'

/** Milliseconds a charger may be away before it counts as not available. */
const absenceMs = 60_000
/** Milliseconds after connecting when a state from before is believed that nobody has renewed. */
const renewalMs = 30_000
/** Milliseconds between two telegrams of one group object: what flaps faster is told in its last state. */
const objectRestMs = 250
/** A: changes up to this are not told (manual, Charging current). */
const leastCurrentChange = 0.2

/** The error codes in the order of the error code group object (manual, OCPP object information). */
const errorCodes: readonly string[] = [
  'NoError', 'ConnectorLockFailure', 'EVCommunicationError', 'GroundFailure', 'HighTemperature', 'InternalError', 'LocalListConflict',
  'OtherError', 'OverCurrentFailure', 'OverVoltage', 'PowerMeterFailure', 'PowerSwitchFailure', 'ReaderFailure', 'ResetFailure',
  'UnderVoltage', 'WeakSignal',
]

/** The value of a group object; `mark` tells two equal values of two transactions apart. */
export interface ObjectValue {
  readonly value: number
  readonly mark: number
}

type Truth = (chargePoint: ChargePoint, connector: Connector, at: Instant) => ObjectValue | null | undefined

/** What is true of each group object that sends; undefined while it is not known. Times are instants. */
const truths: { readonly [Name in ObjectName]?: Truth } = {
  status: (chargePoint, connector, at) => plain(shown(chargePoint, connector, at), (status) => statuses.indexOf(status)),
  errorCode: (chargePoint, connector, at) => plain(shown(chargePoint, connector, at), () => Math.max(0, errorCodes.indexOf(connector.report.errorCode))),
  charging(chargePoint, connector, at) {
    // An absent charger may well go on charging: of that nothing is known.
    if (isAbsent(chargePoint, at) && connector.transaction) return undefined
    return plain(shown(chargePoint, connector, at), (status) => (status === 'Charging' ? 1 : 0))
  },
  availability: (chargePoint, connector, at) =>
    plain(shown(chargePoint, connector, at), (status) => (status === 'Unavailable' || status === 'Faulted' ? 0 : 1)),
  transactionEnergy: (_chargePoint, { last }) => last && { value: last.energy, mark: last.id },
  startTime: (_chargePoint, { transaction, last }) => {
    const newest = transaction?.live ? transaction : last
    return newest ? { value: newest.startedAt, mark: newest.id } : undefined
  },
  endTime: (_chargePoint, { last }) => last && { value: last.endedAt, mark: last.id },
  chargingCurrent(chargePoint, { meter }, at) {
    return isAbsent(chargePoint, at) || meter.current === null ? undefined : { value: meter.current, mark: 0 }
  },
  maxCurrent: (_chargePoint, { limit }) => (limit.accepted === null ? undefined : { value: limit.accepted, mark: 0 }),
}

/** What is true of a group object now; nothing while it is not known. */
export function truthOf(name: ObjectName, chargePoint: ChargePoint, connector: Connector, at: Instant): ObjectValue | undefined {
  return truths[name]?.(chargePoint, connector, at) ?? undefined
}

function plain(status: Status | undefined, code: (status: Status) => number): ObjectValue | undefined {
  return status && { value: code(status), mark: 0 }
}

function isAbsent(chargePoint: ChargePoint, at: Instant): boolean {
  return chargePoint.offlineSince !== null && at - chargePoint.offlineSince >= absenceMs
}

/** The state to show: what the connector said on a link of this run, or that it is away. */
function shown(chargePoint: ChargePoint, connector: Connector, at: Instant): Status | undefined {
  if (isAbsent(chargePoint, at)) return 'Unavailable'
  const { status, connection } = connector.report
  if (connection === '' && !(chargePoint.link && at - chargePoint.link.since >= renewalMs)) return undefined
  return status ?? undefined
}

/** Something the bus is owed. */
export interface Debt {
  readonly connector: Connector
  readonly name: ObjectName
  readonly truth: ObjectValue
  readonly service: 'write' | 'response'
}

/** The first group object of the Charge Point that the bus is to be told now; a question comes before news. */
export function findDebt(chargePoint: ChargePoint, at: Instant, rules: Rules): Debt | undefined {
  let news: Debt | undefined
  for (const connector of chargePoint.connectors) {
    const objects = connector.charger?.objects
    if (!objects) continue
    for (const name of objectNames) {
      if (objects[name]?.send === undefined) continue
      const truth = truthOf(name, chargePoint, connector, at)
      if (!truth) continue
      const told = connector.told[name]
      if (told?.asked) return { connector, name, truth, service: 'response' }
      if (!news && isNews(name, told, truth, at, rules) && at >= restEnds(told)) news = { connector, name, truth, service: 'write' }
    }
  }
  return news
}

function isNews(name: ObjectName, told: ToldValue | undefined, truth: ObjectValue, at: Instant, rules: Rules): boolean {
  if (told?.value === undefined || told.value === null || told.mark !== truth.mark) return true
  if (rules.cycleMs > 0 && at - told.at >= rules.cycleMs) return true
  if (name === 'chargingCurrent') return Math.abs(truth.value - told.value) > leastCurrentChange + 1e-9
  return told.value !== truth.value
}

function restEnds(told: ToldValue | undefined): Instant {
  return told?.value === undefined || told.value === null ? 0 : told.at + objectRestMs
}

/** The next instant at which time alone changes what the bus is owed; null: none. */
export function projectionDeadline(chargePoint: ChargePoint, at: Instant, rules: Rules): Instant | null {
  const absent = chargePoint.offlineSince === null ? null : later(chargePoint.offlineSince + absenceMs, at)
  const renewed = chargePoint.link && later(chargePoint.link.since + renewalMs, at)
  let deadline = earlier(absent, renewed)
  for (const connector of chargePoint.connectors) {
    const objects = connector.charger?.objects
    if (!objects) continue
    for (const name of objectNames) {
      const told = connector.told[name]
      if (!told || told.value === null || objects[name]?.send === undefined) continue
      if (at < told.at + objectRestMs) {
        const truth = truthOf(name, chargePoint, connector, at)
        if (truth && isNews(name, told, truth, at, rules)) deadline = earlier(deadline, told.at + objectRestMs)
      }
      if (rules.cycleMs > 0) deadline = earlier(deadline, later(told.at + rules.cycleMs, at))
    }
  }
  return deadline
}

function later(deadline: Instant, at: Instant): Instant | null {
  return deadline > at ? deadline : null
}
