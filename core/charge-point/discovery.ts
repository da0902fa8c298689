import type { Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import type { ChargePoint, Link } from './charge-point.ts'
import { intervalKeys } from './live.ts'
import type { Outcome } from './outcome.ts'

/** Milliseconds a Charge Point is given to say by itself what it would else be asked. */
const courtesyMs = 5_000

/** Configuration keys the bridge uses; no others are kept, because chargers put secrets among them. */
const usedKeys: readonly string[] = [
  'ChargeProfileMaxStackLevel',
  'ChargingScheduleAllowedChargingRateUnit',
  'ConnectionTimeOut',
  'PlugAndChargeIdentifier',
  'SupportedFeatureProfiles',
  ...intervalKeys,
]
const longestValue = 500

/** The next thing to find out on a new link: the boot that did not come, the configuration keys, the states not yet told. */
export function discoveryCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { link } = chargePoint
  if (!link || isSettled(chargePoint, link)) return undefined
  const question = questions(chargePoint, link, turn).find((candidate) => !link.asked.includes(candidate.key))
  if (!question) return undefined
  return [{ ...chargePoint, link: { ...link, asked: [...link.asked, question.key] } }, question.call]
}

/** Nothing is left to ask: said cheaply, because it is asked at every message. */
function isSettled({ registered, connectors }: ChargePoint, link: Link): boolean {
  if (!registered || !link.asked.includes('configuration')) return false
  for (const { report } of connectors) if (report.connection !== link.connection) return false
  return true
}

/** When a Charge Point's own word is waited for no longer. */
export function courtesyEnds(link: Link): number {
  return link.since + courtesyMs
}

interface Question {
  readonly key: string
  readonly call: Call
}

/** All that is worth asking now, asked already or not. */
function questions(chargePoint: ChargePoint, link: Link, turn: Turn): readonly Question[] {
  const patient = turn.at < courtesyEnds(link)
  const triggers = !patient && !chargePoint.profile.unsupported.includes('TriggerMessage')
  if (!chargePoint.registered) return triggers ? [trigger('BootNotification')] : []
  const silent = chargePoint.connectors.filter((connector) => connector.report.connection !== link.connection)
  const configuration = { key: 'configuration', call: call('GetConfiguration', {}, { type: 'discovery' }) }
  return [configuration, ...(triggers ? silent.map((connector) => trigger('StatusNotification', connector.id)) : [])]
}

function trigger(requestedMessage: 'BootNotification' | 'StatusNotification', connectorId?: number): Question {
  const request = connectorId === undefined ? { requestedMessage } : { requestedMessage, connectorId }
  return { key: `${requestedMessage} ${connectorId ?? ''}`, call: call('TriggerMessage', request, { type: 'discovery' }) }
}

/** Keeps those configuration keys that the bridge uses (OCPP 1.6 §9). */
export function settleDiscovery(chargePoint: ChargePoint, outcome: Outcome): ChargePoint {
  const learnt = readConfigurationKeys(outcome.payload)
  if (learnt.length === 0) return chargePoint
  const { profile } = chargePoint
  return { ...chargePoint, profile: { ...profile, configuration: { ...profile.configuration, ...Object.fromEntries(learnt) } } }
}

function readConfigurationKeys(payload: unknown): (readonly [string, string])[] {
  if (typeof payload !== 'object' || payload === null || !('configurationKey' in payload)) return []
  const { configurationKey } = payload
  if (!Array.isArray(configurationKey)) return []
  return configurationKey.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('key' in entry) || !('value' in entry)) return []
    const { key, value } = entry
    const name = typeof key === 'string' ? usedKeys.find((used) => used.toLowerCase() === key.toLowerCase()) : undefined
    return name !== undefined && typeof value === 'string' && value.length <= longestValue ? [[name, value] as const] : []
  })
}
