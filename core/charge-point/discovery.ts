import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import { call, type Call } from './calls.ts'
import { ensureConnector, maxConnectors, type ChargePoint, type Link } from './charge-point.ts'
import type { Connector } from './connector.ts'
import { configured, configuredNumber, missingKeys, readKeys } from './configuration-keys.ts'
import type { Outcome } from './outcome.ts'
import { isAccepted, isToldItsRegistration } from './registration.ts'
import { withNextSetting } from './set-up.ts'

/** Milliseconds a Charge Point is given to say by itself what it would else be asked. */
const courtesyMs = 5_000

/** The next thing to find out on a new link: the boot that did not come, the configuration, the states not yet told. */
export function discoveryCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { link } = chargePoint
  if (!link || isSettled(chargePoint, link)) return undefined
  const question = questions(chargePoint, link, turn).find((candidate) => !link.asked.includes(candidate.key))
  if (!question) return undefined
  const { key, keysDue = link.keysDue } = question
  // The keys of a portion are asked for once, because they are taken off the list.
  const asked = keysDue === link.keysDue ? [...link.asked, key] : link.asked
  return [amend(chargePoint, { link: { ...link, asked, keysDue } }), question.call]
}

/** Nothing is left to ask: said cheaply, because it is asked at every message. */
function isSettled(chargePoint: ChargePoint, link: Link): boolean {
  const { connectors } = chargePoint
  if (!isAccepted(chargePoint) || !link.asked.includes('configuration') || link.keysDue.length > 0) return false
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
  /** The keys that are left to ask for. */
  readonly keysDue?: Link['keysDue']
}

/** All that is worth asking now, asked already or not; the most urgent first. */
function questions(chargePoint: ChargePoint, link: Link, turn: Turn): readonly Question[] {
  const patient = turn.at < courtesyEnds(link)
  const triggers = !patient && !chargePoint.profile.unsupported.includes('TriggerMessage')
  if (!isToldItsRegistration(chargePoint)) return triggers ? [trigger('BootNotification')] : []
  if (chargePoint.withheld === 'Rejected') return []
  const configuration = { key: 'configuration', call: call('GetConfiguration', {}, { type: 'configuration', keys: [] }) }
  const silent = chargePoint.connectors.filter((connector) => connector.report.connection !== link.connection)
  return [
    configuration,
    ...(link.keysDue.length > 0 ? [portion(chargePoint, link)] : []),
    ...(triggers && isAccepted(chargePoint) ? silent.map((connector) => trigger('StatusNotification', connector.id)) : []),
  ]
}

/** Asks a connector for its values once on a link, when it charges and has told none. */
export function meterCall(chargePoint: ChargePoint, { id, charger, meter }: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { link, profile: { unsupported } } = chargePoint
  if (!link || charger === null || meter.at >= link.since || turn.at < courtesyEnds(link)) return undefined
  const question = trigger('MeterValues', id)
  if (link.asked.includes(question.key) || unsupported.includes('TriggerMessage') || unsupported.includes(meterTrigger)) return undefined
  return [amend(chargePoint, { link: { ...link, asked: [...link.asked, question.key] } }), question.call]
}

/** Under this name a charger's no to triggered MeterValues is kept among what it does not support. */
export const meterTrigger = 'TriggerMessage MeterValues'

/** By which it is remembered that a Charge Point was asked for its boot. */
export const bootQuestion = 'BootNotification '

/** As many keys as the charger takes at once (OCPP 1.6 §9.1.9); one while it has not said. */
function portion(chargePoint: ChargePoint, { keysDue }: Link): Question {
  const most = Math.max(1, configuredNumber(chargePoint, 'GetConfigurationMaxKeys') ?? 1)
  const keys = keysDue.slice(0, most)
  return { key: 'keys', keysDue: keysDue.slice(most), call: call('GetConfiguration', { key: [...keys] }, { type: 'configuration', keys }) }
}

function trigger(requestedMessage: 'BootNotification' | 'StatusNotification' | 'MeterValues', connectorId?: number): Question {
  const request = connectorId === undefined ? { requestedMessage } : { requestedMessage, connectorId }
  return { key: `${requestedMessage} ${connectorId ?? ''}`, call: call('TriggerMessage', request, { type: 'trigger', message: requestedMessage }) }
}

/** A message that cannot be triggered is not asked for again. */
export function settleTrigger(chargePoint: ChargePoint, message: string, outcome: Outcome): ChargePoint {
  const { profile } = chargePoint
  if (message !== 'MeterValues' || outcome.status !== 'NotImplemented' || profile.unsupported.includes(meterTrigger)) return chargePoint
  return amend(chargePoint, { profile: { ...profile, unsupported: [...profile.unsupported, meterTrigger] } })
}

/**
 * Keeps what a charger tells of its configuration (OCPP 1.6 §9). Where the answer to the question for all is none, empty or cut off, the
 * keys that matter are asked for by name; one that it does not know is not asked for again, and silence ends the asking on this link.
 */
export function settleConfiguration(before: ChargePoint, keys: readonly string[], outcome: Outcome, turn: Turn): ChargePoint {
  if (outcome.status === 'Lost' || !before.link) return before
  const { values, readonlyKeys } = readKeys(outcome.payload)
  const { profile } = before
  const changed = profile.configuration['SupportedFeatureProfiles'] !== undefined && values['SupportedFeatureProfiles'] !== undefined
    && profile.configuration['SupportedFeatureProfiles'] !== values['SupportedFeatureProfiles']
  const told = Object.keys(values)
  const learnt = amend(before, {
    profile: {
      ...profile,
      configuration: { ...profile.configuration, ...values },
      readonlyKeys: [...profile.readonlyKeys.filter((key) => !told.includes(key)), ...readonlyKeys],
      unknownKeys: [...profile.unknownKeys.filter((key) => !told.includes(key)), ...keys.filter((key) => !told.includes(key) && !profile.unknownKeys.includes(key))],
      // Features were added or taken away: what was refused may be possible now.
      unsupported: changed ? [] : profile.unsupported,
    },
  })
  if (changed) note(turn, 'info', before.identity, 0, `the charger's feature profiles are now: ${values['SupportedFeatureProfiles']}`)
  const isHopeless = outcome.unsupported || (keys.length > 0 && outcome.status === 'Timeout')
  const keysDue = isHopeless ? [] : missingKeys(learnt)
  return withNextSetting(withConnectors(amend(learnt, { link: { ...before.link, keysDue } })), turn)
}

/** The connectors a charger says it has; one where it says nothing that is a number. */
function withConnectors(chargePoint: ChargePoint): ChargePoint {
  if (configured(chargePoint, 'NumberOfConnectors') === undefined) return chargePoint
  const count = Math.max(1, configuredNumber(chargePoint, 'NumberOfConnectors') ?? 1)
  return Array.from({ length: Math.min(count, maxConnectors) }, (_, i) => i + 1).reduce(ensureConnector, chargePoint)
}
