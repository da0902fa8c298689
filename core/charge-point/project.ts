import type { ObjectName } from '../config/site-config.ts'
import type { Instant } from '../site/event.ts'
import { earlier, type Rules } from '../site/turn.ts'
import type { ChargePoint } from './charge-point.ts'
import { limitInForce } from './limit-in-force.ts'
import { flowing, liveValue, nextExpiry, standing } from './live.ts'
import { energyOf } from './transaction.ts'
import { statuses, type Connector, type Status, type ToldValue } from './connector.ts'

/** Milliseconds a charger may be away before it counts as not available. */
const absenceMs = 60_000
/** Milliseconds after connecting when a state from before is believed that nobody has renewed. */
const renewalMs = 30_000
/** Milliseconds between two telegrams of one group object: what flaps faster is told in its last state. */
const objectRestMs = 250
/** Changes up to this are not told: A (manual, Charging current), W, V. */
const leastChanges: { readonly [Name in ObjectName]?: number } = {
  chargingCurrent: 0.2, currentL1: 0.2, currentL2: 0.2, currentL3: 0.2, power: 50, voltageL1: 1, voltageL2: 1, voltageL3: 1,
}

/** The error codes in the order of the error code group object (manual, OCPP object information). */
export const errorCodes: readonly string[] = [
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
  chargingCurrent: (chargePoint, connector, at) => amount(flowing(chargePoint, connector, 'current', connector.meter.current, present(chargePoint, connector, at), at)),
  maxCurrent: (_chargePoint, connector) => amount(limitInForce(connector)?.amperes ?? null),
  currentL1: phaseCurrent(0),
  currentL2: phaseCurrent(1),
  currentL3: phaseCurrent(2),
  voltageL1: phaseVoltage(0),
  voltageL2: phaseVoltage(1),
  voltageL3: phaseVoltage(2),
  power: (chargePoint, connector, at) => amount(flowing(chargePoint, connector, 'power', connector.meter.power, present(chargePoint, connector, at), at)),
  energyRegister(chargePoint, connector, at) {
    const register = standing(chargePoint, connector, present(chargePoint, connector, at), at)
    return register === null || register > greatestRegister ? undefined : { value: Math.round(register), mark: 0 }
  },
  sessionEnergy(chargePoint, connector, at) {
    const { transaction, last } = connector
    if (!transaction?.live) return last && { value: last.energy, mark: last.id }
    const energy = standing(chargePoint, connector, present(chargePoint, connector, at), at) === null ? null : energyOf(transaction)
    return energy === null ? undefined : { value: energy, mark: transaction.id }
  },
  sessionDuration(_chargePoint, { transaction, last }, at) {
    if (transaction?.live) return { value: minutes(at - transaction.startedAt), mark: transaction.id }
    return last && { value: minutes(last.endedAt - last.startedAt), mark: last.id }
  },
  stateOfCharge: (chargePoint, connector, at) => amount(liveValue(chargePoint, connector, 'soc', connector.meter.soc, at)),
}

/** Wh: DPT 13.010 carries no more. */
const greatestRegister = 2 ** 31 - 1

const minuteMs = 60_000

function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / minuteMs))
}

function amount(value: number | null): ObjectValue | undefined {
  return value === null ? undefined : { value, mark: 0 }
}

function phaseCurrent(phase: 0 | 1 | 2): Truth {
  return (chargePoint, connector, at) =>
    amount(flowing(chargePoint, connector, 'current', connector.meter.currents[phase], present(chargePoint, connector, at), at))
}

function phaseVoltage(phase: 0 | 1 | 2): Truth {
  return (chargePoint, connector, at) => amount(liveValue(chargePoint, connector, 'voltage', connector.meter.voltages[phase], at))
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

/** The state to show: what the connector said on its present link, or before it was lost; that it is away; or what was believed before. */
function shown(chargePoint: ChargePoint, connector: Connector, at: Instant): Status | undefined {
  if (isAbsent(chargePoint, at)) return 'Unavailable'
  const { status, connection } = connector.report
  const { link } = chargePoint
  const known = link ? connection === link.connection || at - link.since >= renewalMs : connection !== ''
  return (known ? status : undefined) ?? undefined
}

/** The state by which a meter is judged: of a charger that is away nothing is known. */
function present(chargePoint: ChargePoint, connector: Connector, at: Instant): Status | undefined {
  return isAbsent(chargePoint, at) ? undefined : shown(chargePoint, connector, at)
}

/** Something the bus is owed. */
export interface Debt {
  readonly connector: Connector
  readonly name: ObjectName
  readonly truth: ObjectValue
  readonly service: 'write' | 'response'
}

/** What the bus is owed now, if anything, and the next instant at which time alone changes that. */
export interface Survey {
  readonly debt: Debt | undefined
  readonly deadline: Instant | null
}

/** Compares what is true with what the bus was told. What was told longest ago comes first, so that nothing starves; then a question before news. */
export function survey(chargePoint: ChargePoint, at: Instant, rules: Rules): Survey {
  let debt: Debt | undefined
  let since = Number.POSITIVE_INFINITY
  let deadline = horizon(chargePoint, at)
  for (const connector of chargePoint.connectors) {
    deadline = earlier(deadline, meterHorizon(chargePoint, connector, at))
    for (const name of connector.sends) {
      const truth = truthOf(name, chargePoint, connector, at)
      if (!truth) continue
      const told = connector.told[name]
      const due = dueAt(name, told, truth, rules)
      if (due !== null && due > at) deadline = earlier(deadline, due)
      const asked = told?.asked ?? false
      if (!asked && (due === null || due > at)) continue
      const toldAt = told?.at ?? 0
      if (toldAt > since || (toldAt === since && !(asked && debt?.service === 'write'))) continue
      debt = { connector, name, truth, service: asked ? 'response' : 'write' }
      since = toldAt
    }
  }
  return { debt, deadline }
}

/** When the connection, or the lack of one, changes what is true. */
function horizon({ offlineSince, link }: ChargePoint, at: Instant): Instant | null {
  const absent = offlineSince === null ? null : offlineSince + absenceMs
  const renewed = link && link.since + renewalMs
  return earlier(absent !== null && absent > at ? absent : null, renewed !== null && renewed > at ? renewed : null)
}

/** What ceases to be true when nobody measures any more. */
const metered: ReadonlySet<ObjectName> = new Set<ObjectName>([
  'chargingCurrent', 'currentL1', 'currentL2', 'currentL3', 'voltageL1', 'voltageL2', 'voltageL3', 'power', 'energyRegister', 'sessionEnergy', 'stateOfCharge',
])

/** When time alone changes what the meter of a connector tells, as far as the bus is told of it. */
function meterHorizon(chargePoint: ChargePoint, connector: Connector, at: Instant): Instant | null {
  const { sends, transaction } = connector
  const expiry = sends.some((name) => metered.has(name)) ? nextExpiry(chargePoint, connector, at) : null
  if (!transaction?.live || !sends.includes('sessionDuration')) return expiry
  return earlier(expiry, transaction.startedAt + (minutes(at - transaction.startedAt) + 1) * minuteMs)
}

/** When a value is to be told: at once when it is new, after its rest when it was just told, by the cycle when it is the same. */
function dueAt(name: ObjectName, told: ToldValue | undefined, truth: ObjectValue, { cycleMs }: Rules): Instant | null {
  if (told === undefined || told.value === null) return 0
  if (told.mark !== truth.mark || differs(name, told.value, truth.value)) return told.at + objectRestMs
  return cycleMs > 0 ? told.at + cycleMs : null
}

function differs(name: ObjectName, told: number, truth: number): boolean {
  const least = leastChanges[name]
  return least === undefined ? truth !== told : Math.abs(truth - told) > least + 1e-9
}
