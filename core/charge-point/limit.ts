import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { withConnector, type ChargePoint, type Purpose } from './charge-point.ts'
import type { Connector, Limit } from './connector.ts'
import type { Outcome } from './outcome.ts'

/** Below this a car must not charge at all (IEC 61851-1). */
const leastAmperes = 6

/** A: the limit that is wanted now: 0, or from 6 up to the fuse, in tenths. */
export function wantedAmperes(connector: Connector): number {
  const { charger, wanted } = connector
  if (!charger || wanted.paused) return 0
  const asked = wanted.override ?? (wanted.mode === 'fast' ? charger.fastCurrent : charger.normalCurrent)
  const amperes = Math.floor(Math.min(asked, charger.fuseCurrent) * 10 + 1e-6) / 10
  return amperes < leastAmperes ? 0 : amperes
}

/** One way of telling a charger its limit. */
interface Attempt {
  readonly purpose: 'TxDefaultProfile' | 'TxProfile' | 'ChargePointMaxProfile'
  readonly kind: 'Absolute' | 'Relative'
  readonly stack: 'highest' | 'lowest'
  readonly target: 'connector' | 'station'
  readonly unit: 'usual' | 'other'
  readonly whole: boolean
}

/** The order of attempts: the gentlest and most widely understood first, the one that wears flash last. */
const gentlest: Attempt = {
  purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'highest', target: 'connector', unit: 'usual', whole: false,
}
const ladder: readonly Attempt[] = [
  gentlest,
  { purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxProfile', kind: 'Absolute', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'station', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'highest', target: 'connector', unit: 'other', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'other', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: true },
  { purpose: 'ChargePointMaxProfile', kind: 'Absolute', stack: 'lowest', target: 'station', unit: 'usual', whole: true },
]

/** Milliseconds before the next rung, after the last one, and after silence. */
const nextRungRest = 2_000
const ladderRest = 600_000
const silenceRest = 60_000

/** Where a profile begins: a day ago, so that a charger whose clock is slow does not take it for the future. */
const dayMs = 86_400_000

/** The limit, when the charger has not accepted the wanted one (OCPP 1.6 §5.16). */
export function limitCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { limit, charger } = connector
  if (!charger || turn.at < limit.restsUntil || !smartCharging(chargePoint)) return undefined
  const amperes = wantedAmperes(connector)
  if (limit.accepted === amperes || waitsForTransaction(connector)) return undefined
  const rung = nextPossible(chargePoint, connector, limit.rung)
  const restsUntil = turn.at + turn.rules.limitIntervalMs
  return [withConnector(chargePoint, { ...connector, limit: { ...limit, rung, restsUntil } }), profileCall(chargePoint, connector, rung, amperes, turn)]
}

/** A charger known to take its limit only for a transaction is told at the next one (OCPP 1.6 §3.13.1). */
export function waitsForTransaction({ limit, transaction }: Connector): boolean {
  return transaction === null && limit.failures === 0 && isTxProfile(limit.rung)
}

function isTxProfile(rung: number): boolean {
  return ladder[rung]?.purpose === 'TxProfile'
}

/** A transaction begins: what was refused without one may be tried for it, at once. */
export function limitAtStart(limit: Limit, turn: Turn): Limit {
  const exhausted = limit.accepted === null && limit.restsUntil > turn.at + turn.rules.limitIntervalMs
  if (!exhausted) return limit
  return { ...limit, rung: ladder.findIndex((_attempt, rung) => isTxProfile(rung)), failures: 1, restsUntil: 0 }
}

/** A transaction ends, and its TxProfile with it. */
export function limitAtEnd(limit: Limit): Limit {
  return isTxProfile(limit.rung) ? { ...limit, accepted: null, effective: null } : limit
}

/** True unless the charger has said that it cannot be limited. */
export function smartCharging(chargePoint: ChargePoint): boolean {
  const { configuration, unsupported } = chargePoint.profile
  const features = Object.hasOwn(configuration, 'SupportedFeatureProfiles') ? configuration['SupportedFeatureProfiles'] : undefined
  return !unsupported.includes('SetChargingProfile') && (!features || /smart\s*charging/i.test(features))
}

type AskedLimit = Extract<Purpose, { type: 'limit' }>

/** Takes in how a charger has answered a limit: what it accepted holds; what it refused is tried another way, with rests. */
export function settleLimit(chargePoint: ChargePoint, connector: Connector, asked: AskedLimit, outcome: Outcome, turn: Turn): ChargePoint {
  const { limit } = connector
  const settled = (change: Partial<typeof limit>) => withConnector(chargePoint, { ...connector, limit: { ...limit, ...change } })
  if (outcome.status === 'Accepted') return settled({ accepted: asked.amperes, effective: asked.effective, rung: asked.rung, failures: 0 })
  if (outcome.status === 'Lost') return settled({ accepted: null, effective: null, restsUntil: turn.at + nextRungRest })
  if (outcome.status === 'Timeout') return settled({ accepted: null, effective: null, restsUntil: turn.at + silenceRest })
  const failures = limit.failures + 1
  const exhausted = failures >= ladder.length
  if (exhausted) note(turn, 'warning', chargePoint.identity, connector.id, `the charger accepts no limit in any form: ${outcome.reason}`)
  return settled({
    rung: (limit.rung + 1) % ladder.length,
    failures: exhausted ? 0 : failures,
    restsUntil: turn.at + (exhausted ? ladderRest : nextRungRest),
  })
}

/** Skips the rungs that cannot be climbed now; the first can always. */
function nextPossible(chargePoint: ChargePoint, connector: Connector, from: number): number {
  const single = chargePoint.connectors.length === 1
  const rung = ladder.findIndex(
    (attempt, i) =>
      i >= from &&
      (attempt.target === 'connector' || single) &&
      (attempt.purpose !== 'TxProfile' || connector.transaction !== null) &&
      // The same as the next rung.
      (attempt.stack !== 'highest' || maxStackLevel(chargePoint) > 0),
  )
  return Math.max(rung, 0)
}

function profileCall(chargePoint: ChargePoint, connector: Connector, rung: number, amperes: number, turn: Turn): Call {
  const { purpose, kind, stack, target, unit, whole } = ladder[rung] ?? gentlest
  const inWatts = (unit === 'other') !== usesWatts(chargePoint)
  const perAmpere = inWatts ? volts * (connector.charger?.phases ?? 1) : 1
  const limit = whole || inWatts ? Math.floor(amperes * perAmpere) : amperes
  const request = {
    connectorId: target === 'station' ? 0 : connector.id,
    csChargingProfiles: {
      chargingProfileId: connector.id,
      ...(purpose === 'TxProfile' && connector.transaction && { transactionId: connector.transaction.id }),
      stackLevel: stack === 'highest' ? maxStackLevel(chargePoint) : 0,
      chargingProfilePurpose: purpose,
      chargingProfileKind: kind,
      chargingSchedule: {
        ...(kind === 'Absolute' && { startSchedule: formatTimestamp(turn.at - dayMs) }),
        chargingRateUnit: inWatts ? 'W' : 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      },
    },
  } as const
  const effective = Math.round((limit / perAmpere) * 10) / 10
  return call('SetChargingProfile', request, { type: 'limit', connector: connector.id, amperes, effective, rung })
}

/** V between a phase and neutral. */
const volts = 230

function usesWatts(chargePoint: ChargePoint): boolean {
  const units = configured(chargePoint, 'ChargingScheduleAllowedChargingRateUnit')
  return units !== undefined && /power|w/i.test(units) && !/current|a\b/i.test(units)
}

function maxStackLevel(chargePoint: ChargePoint): number {
  const level = Number(configured(chargePoint, 'ChargeProfileMaxStackLevel'))
  return Number.isInteger(level) && level >= 0 && level <= 1000 ? level : 0
}

/** The value of one of the charger's configuration keys, if it is known. */
export function configured(chargePoint: ChargePoint, key: string): string | undefined {
  const { configuration } = chargePoint.profile
  return Object.hasOwn(configuration, key) ? configuration[key] : undefined
}
