import type { ChargePoint } from './charge-point.ts'

/** When a key that did not come with all the others is asked for by itself. */
type Asked = 'always' | 'smartCharging' | 'localList' | 'never'

/**
 * The configuration keys that are kept of what a charger tells (OCPP 1.6 §9), in the order in which they are asked for one by one.
 * No others are kept, because chargers put secrets among them.
 */
const keys = {
  GetConfigurationMaxKeys: 'always',
  SupportedFeatureProfiles: 'always',
  NumberOfConnectors: 'always',
  ChargeProfileMaxStackLevel: 'smartCharging',
  ChargingScheduleAllowedChargingRateUnit: 'smartCharging',
  ConnectionTimeOut: 'always',
  MeterValuesSampledData: 'always',
  MeterValueSampleInterval: 'always',
  LocalAuthListEnabled: 'localList',
  LocalAuthListMaxLength: 'localList',
  SendLocalListMaxLength: 'localList',
  PlugAndChargeIdentifier: 'never',
  AllowOfflineTxForUnknownId: 'never',
  AuthorizeRemoteTxRequests: 'never',
  ChargingScheduleMaxPeriods: 'never',
  ClockAlignedDataInterval: 'never',
  ConnectorSwitch3to1PhaseSupported: 'never',
  HeartbeatInterval: 'never',
  LocalAuthorizeOffline: 'never',
  LocalPreAuthorize: 'never',
  MaxChargingProfilesInstalled: 'never',
  MeterValuesAlignedData: 'never',
  MeterValuesSampledDataMaxLength: 'never',
  SecurityProfile: 'never',
  StopTransactionOnEVSideDisconnect: 'never',
  StopTransactionOnInvalidId: 'never',
  StopTxnSampledData: 'never',
  UnlockConnectorOnEVSideDisconnect: 'never',
  WebSocketPingInterval: 'never',
} as const satisfies { readonly [key: string]: Asked }

/** The name of a key that is kept. */
export type ConfigurationKey = keyof typeof keys

// Object.keys forgets which names those are.
const names = Object.keys(keys) as readonly ConfigurationKey[]
const longestValue = 500
const spelled = new Map(names.map((name) => [name.toLowerCase(), name]))

/** A key as the standard spells it, if it is one that is kept; keys are compared without case (OCPP 1.6 §7.29). */
export function keptKey(key: unknown): ConfigurationKey | undefined {
  return typeof key === 'string' ? spelled.get(key.toLowerCase()) : undefined
}

/** The value of one of the charger's configuration keys, if it is known. */
export function configured(chargePoint: ChargePoint, key: ConfigurationKey): string | undefined {
  const { configuration } = chargePoint.profile
  return Object.hasOwn(configuration, key) ? configuration[key] : undefined
}

/** A configuration value that is a whole number from 0 up. */
export function configuredNumber(chargePoint: ChargePoint, key: ConfigurationKey): number | undefined {
  const text = configured(chargePoint, key)?.trim()
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** Milliseconds that a start stays armed when the charger does not say. */
const usualConnectionTimeOut = 120_000

/** Milliseconds that a charger waits for the car after a start (OCPP 1.6 §9.1.6). */
export function connectionTimeOut(chargePoint: ChargePoint): number {
  const seconds = configuredNumber(chargePoint, 'ConnectionTimeOut') ?? 0
  return seconds > 0 && seconds <= 86_400 ? seconds * 1_000 : usualConnectionTimeOut
}

/** Does the charger have a feature profile, by its own word? Undefined while it has not said. */
export function hasFeature(chargePoint: ChargePoint, feature: RegExp): boolean | undefined {
  const features = configured(chargePoint, 'SupportedFeatureProfiles')
  return features ? feature.test(features) : undefined
}

/** The feature profiles that rules depend on (OCPP 1.6 §3.2), as chargers write them. */
export const features = { smartCharging: /smart\s*charging/i, localList: /local\s*auth/i } as const

/** The keys to ask for one by one: those that a whole answer would have had, but for those the charger does not know. */
export function missingKeys(chargePoint: ChargePoint): readonly ConfigurationKey[] {
  const { configuration, unknownKeys } = chargePoint.profile
  const concerns: { readonly [When in Asked]: boolean } = {
    always: true,
    smartCharging: hasFeature(chargePoint, features.smartCharging) !== false,
    localList: chargePoint.localList.wanted !== null && hasFeature(chargePoint, features.localList) !== false,
    never: false,
  }
  return names.filter((name) => concerns[keys[name]] && !Object.hasOwn(configuration, name) && !unknownKeys.includes(name))
}

/** What a charger told of its configuration: values by key, and which of the keys are read-only. */
export interface ReadKeys {
  readonly values: { readonly [key: string]: string }
  readonly readonlyKeys: readonly string[]
}

/** Takes the keys that are kept out of a GetConfiguration.conf; a key without a value has an empty one. */
export function readKeys(payload: unknown): ReadKeys {
  const entries = typeof payload === 'object' && payload !== null && 'configurationKey' in payload ? payload.configurationKey : []
  const values: { [key: string]: string } = {}
  const readonlyKeys: string[] = []
  for (const entry of Array.isArray(entries) ? entries : []) {
    const { key, value, readonly }: { key?: unknown; value?: unknown; readonly?: unknown } = Object(entry)
    const name = keptKey(key)
    if (name === undefined || (typeof value === 'string' && value.length > longestValue)) continue
    values[name] = typeof value === 'string' ? value : ''
    if (readonly === true) readonlyKeys.push(name)
  }
  return { values, readonlyKeys }
}
