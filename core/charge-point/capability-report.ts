import { actions, isOutgoingAction, type Action } from '../ocpp/actions.ts'
import type { ChargePoint } from './charge-point.ts'
import { configured } from './configuration-keys.ts'
import type { Connector, LimitSource } from './connector.ts'
import { meterTrigger } from './discovery.ts'
import { knows, stopsBy } from './learnt.ts'
import { limitForm, rateUnit, smartCharging, takesTenths } from './limit.ts'
import { limitInForce } from './limit-in-force.ts'
import { keepsLists } from './local-list.ts'

export type Support = 'yes' | 'no' | 'unknown'

/** Can a charger do something, as far as is known, and how that is known. */
export interface Capability {
  readonly support: Support
  readonly reason: string
}

/** What a charger can do: what it said, what it was seen to do, and what is switched off because of it (docs/capabilities.md). */
export interface CapabilityReport {
  readonly identity: string
  readonly vendor: string
  readonly model: string
  readonly firmwareVersion: string
  /** Feature profiles by its own word; null: it has not said. */
  readonly featureProfiles: readonly string[] | null
  /** By the name of the action (OCPP 1.6 §4, §5). */
  readonly actions: { readonly [action: string]: Capability }
  /** Configuration keys that are used, with their values. */
  readonly configuration: { readonly [key: string]: { readonly value: string; readonly readonly: boolean } }
  readonly unknownKeys: readonly string[]
  /** What came of each value that was written into its configuration. */
  readonly settings: { readonly [mark: string]: string }
  readonly rebootDue: boolean
  /** As set by its configuration, and as seen in its messages. */
  readonly measurands: { readonly configured: readonly string[]; readonly observed: readonly string[] }
  readonly localList: { readonly wanted: number; readonly held: number | null; readonly version: number; readonly inStep: boolean } | null
  readonly connectors: readonly ConnectorReport[]
  /** What is not done with this charger, and why. */
  readonly switchedOff: readonly string[]
}

export interface ConnectorReport {
  readonly connector: number
  readonly configured: boolean
  /** How the limit is told; null: it cannot be. */
  readonly limit: {
    readonly support: Support
    readonly form: string
    readonly unit: 'A' | 'W'
    /** Tenths of an ampere, or whole ones; null: not known. */
    readonly tenths: boolean | null
    /** A, with where the word comes from. */
    readonly inForce: { readonly amperes: number; readonly source: LimitSource } | null
    /** Forms that were accepted and not kept to. */
    readonly ignored: number
  } | null
  readonly stopBy: 'transaction' | 'limit'
  readonly stopReason: string
}

/** What is known of a charger, as plain data for people and programs; says nothing of passwords and other secrets. */
export function capabilityReport(chargePoint: ChargePoint): CapabilityReport {
  const { identity, profile, localList } = chargePoint
  const { wanted, held, version, inStep } = localList
  const configuration = Object.entries(profile.configuration).map(([key, value]) => [key, { value, readonly: profile.readonlyKeys.includes(key) }] as const)
  return {
    identity,
    vendor: profile.vendor,
    model: profile.model,
    firmwareVersion: profile.firmwareVersion,
    featureProfiles: listOf(chargePoint),
    actions: Object.fromEntries(Object.keys(actions).filter(isOutgoingAction).map((action) => [action, capability(chargePoint, action)])),
    configuration: Object.fromEntries(configuration),
    unknownKeys: profile.unknownKeys,
    settings: profile.setUp.tried,
    rebootDue: profile.setUp.rebootDue,
    measurands: { configured: split(configured(chargePoint, 'MeterValuesSampledData')), observed: profile.measurands },
    localList: wanted && { wanted: wanted.length, held: held && held.length, version, inStep },
    connectors: chargePoint.connectors.map((connector) => connectorReport(chargePoint, connector)),
    switchedOff: switchedOff(chargePoint),
  }
}

function split(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '')
}

function listOf(chargePoint: ChargePoint): readonly string[] | null {
  const said = configured(chargePoint, 'SupportedFeatureProfiles')
  return said ? split(said) : null
}

/** The names that chargers give feature profiles where they differ from ours. */
const sameName = (a: string, b: string): boolean => a.replace(/\s/g, '').toLowerCase() === b.replace(/\s/g, '').toLowerCase()

/** Observation comes before the charger's own word: many list less than they can. */
function capability(chargePoint: ChargePoint, action: Action): Capability {
  const { unsupported, supported } = chargePoint.profile
  if (unsupported.includes(action)) return { support: 'no', reason: 'the charger answered that it does not support it' }
  if (supported.includes(action)) return { support: 'yes', reason: 'the charger has answered it' }
  const said = listOf(chargePoint)
  const { profile } = actions[action]
  if (profile === 'Core') return { support: 'yes', reason: 'every charger must have the Core profile; not tried yet' }
  if (said === null) return { support: 'unknown', reason: 'the charger has not named its feature profiles; not tried yet' }
  if (profile === 'Security') return { support: 'unknown', reason: 'not tried yet' }
  return said.some((name) => sameName(name, profile))
    ? { support: 'yes', reason: `it names the feature profile ${profile}; not tried yet` }
    : { support: 'no', reason: `it does not name the feature profile ${profile}; not tried` }
}

function connectorReport(chargePoint: ChargePoint, connector: Connector): ConnectorReport {
  const { id, charger, limit } = connector
  return {
    connector: id,
    configured: charger !== null,
    limit: smartCharging(chargePoint) ? {
      support: limit.accepted === null ? (limit.hopeless ? 'no' : 'unknown') : 'yes',
      form: limitForm(connector),
      unit: rateUnit(chargePoint, connector),
      tenths: takesTenths(chargePoint, connector) ?? null,
      inForce: limitInForce(connector) ?? null,
      ignored: limit.ignored,
    } : null,
    stopBy: stopsBy(chargePoint, connector),
    stopReason: stopReason(chargePoint, connector),
  }
}

function stopReason(chargePoint: ChargePoint, { charger }: Connector): string {
  if (!smartCharging(chargePoint)) return 'it cannot be limited'
  if (charger && charger.stopBy !== 'auto') return 'configured'
  if (knows(chargePoint, 'zeroEnds')) return 'a limit of 0 A ends its transaction'
  if (knows(chargePoint, 'zeroIgnored')) return 'it goes on at a limit of 0 A'
  return knows(chargePoint, 'needsReplug') ? 'after a stop it starts again only when the cable was unplugged' : 'usual'
}

function switchedOff(chargePoint: ChargePoint): readonly string[] {
  const { profile: { unsupported }, connectors, localList } = chargePoint
  const leftAlone = connectors.some(({ charger }) => charger?.setUp === false)
  const words: readonly (readonly [boolean, string])[] = [
    [!smartCharging(chargePoint), 'limits: the charger does not support Smart Charging'],
    ...connectors.map(({ id, limit }) => [limit.hopeless, `limits of connector ${id}: none is accepted in any form; it is tried again now and then`] as const),
    [unsupported.includes('TriggerMessage'), 'asking for states and values: the charger does not support TriggerMessage'],
    [unsupported.includes(meterTrigger), 'asking for values: the charger does not send MeterValues when asked'],
    [unsupported.includes('GetCompositeSchedule'), 'reading limits back by GetCompositeSchedule: not supported'],
    [unsupported.includes('ChangeConfiguration'), 'setting up the charger: it does not support ChangeConfiguration'],
    [leftAlone, 'setting up the charger: `setUp` is false'],
    [localList.wanted !== null && !keepsLists(chargePoint), 'the local list: the charger does not support it'],
  ]
  return words.flatMap(([is, text]) => (is ? [text] : []))
}
