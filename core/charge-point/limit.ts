import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { withConnector, type ChargePoint, type Purpose } from './charge-point.ts'
import { configured, configuredNumber, features, hasFeature } from './configuration-keys.ts'
import { amendConnector, type Connector, type Limit } from './connector.ts'
import { gentlest, ladder } from './ladder.ts'
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

/** Milliseconds before the next rung, after the last one, and after silence. */
const nextRungRest = 2_000
const ladderRest = 600_000
const silenceRest = 60_000

/** Where a profile begins: a day ago, so that a charger whose clock is slow does not take it for the future. */
const dayMs = 86_400_000

/** The limit, when the charger has not accepted the wanted one (OCPP 1.6 §5.16). */
export function limitCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { limit, charger } = connector
  const amperes = wantedAmperes(connector)
  if (!charger || limit.accepted === amperes || turn.at < limit.restsUntil || waitsForTransaction(connector) || !smartCharging(chargePoint)) return undefined
  const rung = nextPossible(chargePoint, connector, limit.rung)
  const restsUntil = turn.at + turn.rules.limitIntervalMs
  return [withConnector(chargePoint, amendConnector(connector, { limit: { ...limit, rung, restsUntil } })), profileCall(chargePoint, connector, rung, amperes, turn)]
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
  const over = limit.observed === null && limit.overSince === null ? limit : { ...limit, observed: null, overSince: null }
  return isTxProfile(limit.rung) ? { ...over, accepted: null, effective: null } : over
}

/** True unless the charger has said that it cannot be limited. */
export function smartCharging(chargePoint: ChargePoint): boolean {
  return !chargePoint.profile.unsupported.includes('SetChargingProfile') && hasFeature(chargePoint, features.smartCharging) !== false
}

type AskedLimit = Extract<Purpose, { type: 'limit' }>

/** Takes in how a charger has answered a limit: what it accepted holds; what it refused is tried another way, with rests. */
export function settleLimit(chargePoint: ChargePoint, connector: Connector, asked: AskedLimit, outcome: Outcome, turn: Turn): ChargePoint {
  const { limit } = connector
  const settled = (change: Partial<typeof limit>) => withConnector(chargePoint, amendConnector(connector, { limit: { ...limit, ...change } }))
  if (outcome.status === 'Accepted') {
    return settled({
      accepted: asked.amperes, effective: asked.effective, rung: asked.rung, failures: 0,
      acceptedAt: turn.at, readBack: false, observed: null, hopeless: false,
    })
  }
  if (outcome.status === 'Lost') return settled({ accepted: null, effective: null, restsUntil: turn.at + nextRungRest })
  if (outcome.status === 'Timeout') return settled({ accepted: null, effective: null, restsUntil: turn.at + silenceRest })
  const failures = limit.failures + 1
  const exhausted = failures >= ladder.length
  if (exhausted && !limit.hopeless) note(turn, 'warning', chargePoint.identity, connector.id, `the charger accepts no limit in any form: ${outcome.reason}`)
  return settled({
    rung: (limit.rung + 1) % ladder.length,
    failures: exhausted ? 0 : failures,
    hopeless: limit.hopeless || exhausted,
    restsUntil: turn.at + (exhausted ? ladderRest : nextRungRest),
  })
}

/** Forms that are given up because they were not kept to, before the charger is taken for one that cannot be limited. */
const mostIgnored = 3

/** The charger has accepted a limit and does not keep to it: the next form is tried, a few times. */
export function ignored(limit: Limit, turn: Turn): Limit {
  if (limit.ignored >= mostIgnored) return limit
  return {
    ...limit, accepted: null, effective: null, observed: null, overSince: null, ignored: limit.ignored + 1,
    rung: (limit.rung + 1) % ladder.length, failures: 1, restsUntil: turn.at + turn.rules.limitIntervalMs,
  }
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
      ...(purpose === 'TxProfile' && connector.transaction && { transactionId: connector.transaction.wireId }),
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
  const level = configuredNumber(chargePoint, 'ChargeProfileMaxStackLevel') ?? 0
  return level <= 1000 ? level : 0
}

/** A on each phase of so many watts. */
export function amperesOfWatts(watts: number, { charger }: Connector): number {
  return watts / volts / (charger?.phases ?? 1)
}

/** The form in which a charger has accepted a limit, or that is tried next, in words. */
export function limitForm({ limit }: Connector): string {
  const { purpose, kind, stack, target, unit, whole } = ladder[limit.rung] ?? gentlest
  return [
    `${purpose} ${kind}`, `on the ${target}`, `at the ${stack} stack level`,
    unit === 'other' && 'in the other unit', whole && 'in whole amperes',
  ].filter(Boolean).join(', ')
}

/** Does it take tenths of an ampere? Unknown until one has been accepted. */
export function takesTenths(chargePoint: ChargePoint, { limit }: Connector): boolean | undefined {
  const { whole, unit } = ladder[limit.rung] ?? gentlest
  if (limit.accepted === null) return undefined
  if (whole || (unit === 'other') !== usesWatts(chargePoint)) return false
  return limit.effective !== null && !Number.isInteger(limit.effective) ? true : undefined
}

/** The unit in which the limit is told. */
export function rateUnit(chargePoint: ChargePoint, { limit }: Connector): 'A' | 'W' {
  return ((ladder[limit.rung] ?? gentlest).unit === 'other') !== usesWatts(chargePoint) ? 'W' : 'A'
}
