import { note, type Rules, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import { call, type Call } from './calls.ts'
import type { ChargePoint } from './charge-point.ts'
import { configured, configuredNumber, type ConfigurationKey } from './configuration-keys.ts'
import type { Outcome } from './outcome.ts'
import type { Setting } from './profile.ts'

/** The measurands the bridge cannot do without, and those that are welcome; never all there are, which some chargers do not survive. */
const needed = ['Energy.Active.Import.Register', 'Power.Active.Import', 'Current.Import', 'Voltage'] as const
const welcome = ['Current.Offered', 'SoC'] as const

/** s: samples that come more seldom than this are too few to go by. */
const longestInterval = 60

/** Milliseconds before a charger that did not answer, or went away over it, is written to again; and before it is rebooted again. */
const settingRest = 86_400_000
const rebootRest = 86_400_000

/** One thing the bridge would have otherwise in a charger's configuration. */
type Rule = (chargePoint: ChargePoint, rules: Rules) => Setting | undefined

const settings: readonly Rule[] = [measurands, sampleInterval, localAuthList]

/** The Charge Point with the next value that is to be written into its configuration, if any (OCPP 1.6 §5.3). */
export function withNextSetting(chargePoint: ChargePoint, { rules }: { readonly rules: Rules }): ChargePoint {
  const { setUp } = chargePoint.profile
  const next = mayBeSetUp(chargePoint) ? firstOf(chargePoint, rules) : null
  if (next?.mark === setUp.next?.mark && next?.value === setUp.next?.value) return chargePoint
  return amend(chargePoint, { profile: { ...chargePoint.profile, setUp: { ...setUp, next } } })
}

function firstOf(chargePoint: ChargePoint, rules: Rules): Setting | null {
  for (const rule of settings) {
    const setting = rule(chargePoint, rules)
    if (setting) return setting
  }
  return null
}

/** Nobody has said that its configuration is to be left alone, nor has the charger. */
function mayBeSetUp({ connectors, profile }: ChargePoint): boolean {
  return !profile.unsupported.includes('ChangeConfiguration')
    && connectors.some(({ charger }) => charger !== null) && connectors.every(({ charger }) => charger?.setUp !== false)
}

/** A value is written only over another one that is known, where the charger lets it be written, and where that has come to nothing before. */
function write(chargePoint: ChargePoint, key: ConfigurationKey, value: string, mark: string = key): Setting | undefined {
  const { readonlyKeys, setUp } = chargePoint.profile
  const before = configured(chargePoint, key)
  if (before === undefined || before === value || value.length > 500 || readonlyKeys.includes(key)) return undefined
  const tried = Object.hasOwn(setUp.tried, mark) ? setUp.tried[mark] : undefined
  return tried === undefined || tried === 'Timeout' || tried === 'Lost' ? { key, value, mark } : undefined
}

/** Lists in the order in which they are tried: few AC chargers know a state of charge, and each refused list is one write less than its parts. */
const lists: readonly (readonly string[])[] = [[...needed, ...welcome], [...needed, 'Current.Offered'], needed]

/** First whole lists; from a charger that refuses them each measurand by itself, so that those it takes add up. */
function measurands(chargePoint: ChargePoint): Setting | undefined {
  const key = 'MeterValuesSampledData'
  const had = (configured(chargePoint, key) ?? '').split(',').map((name) => name.replace(/["\s]/g, '')).filter((name) => name !== '')
  // Some name the phases in the list.
  const lacks = (name: string) => !had.some((other) => other === name || other.startsWith(`${name}.L`))
  if (!needed.some(lacks)) return undefined
  const most = configuredNumber(chargePoint, 'MeterValuesSampledDataMaxLength') || Infinity
  const { tried } = chargePoint.profile.setUp
  for (const list of lists) {
    const mark = `${key} ×${list.length}`
    const came = Object.hasOwn(tried, mark) ? tried[mark] : undefined
    if (came === 'Rejected' || list.length > most) continue
    return write(chargePoint, key, list.join(','), mark)
  }
  if (had.length >= most) return undefined
  for (const name of [...needed, ...welcome].filter(lacks)) {
    const setting = write(chargePoint, key, [...had, name].join(','), `${key} ${name}`)
    if (setting) return setting
  }
  return undefined
}

function sampleInterval(chargePoint: ChargePoint, { sampleIntervalSeconds }: Rules): Setting | undefined {
  const seconds = configuredNumber(chargePoint, 'MeterValueSampleInterval')
  if (seconds === undefined || (seconds > 0 && seconds <= Math.max(longestInterval, sampleIntervalSeconds))) return undefined
  return write(chargePoint, 'MeterValueSampleInterval', String(sampleIntervalSeconds))
}

/** A list that is sent must also be used (OCPP 1.6 §9.2.1). */
function localAuthList(chargePoint: ChargePoint): Setting | undefined {
  if (chargePoint.localList.wanted === null || configured(chargePoint, 'LocalAuthListEnabled')?.toLowerCase() === 'true') return undefined
  return write(chargePoint, 'LocalAuthListEnabled', 'true')
}

/** Writes the next value, when the charger has told its configuration on this link. */
export function setUpCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { link, profile: { setUp } } = chargePoint
  const { next } = setUp
  if (!next || !link?.asked.includes('configuration') || turn.at < setUp.restsUntil) return undefined
  return [chargePoint, call('ChangeConfiguration', { key: next.key, value: next.value }, { type: 'setting', setting: next })]
}

/** What came of a value is remembered, so that it is not written again to this firmware; silence is given a rest. */
export function settleSetting(chargePoint: ChargePoint, { key, value, mark }: Setting, outcome: Outcome, turn: Turn): ChargePoint {
  const { profile } = chargePoint
  const taken = outcome.status === 'Accepted' || outcome.status === 'RebootRequired'
  const noAnswer = outcome.status === 'Timeout' || outcome.status === 'Lost'
  const status = outcome.status === 'Refused' ? 'Rejected' : outcome.status
  note(turn, 'info', chargePoint.identity, 0, `${key} = ${value}: ${taken || noAnswer ? status : outcome.reason}`)
  const setUp = {
    ...profile.setUp,
    tried: { ...profile.setUp.tried, [mark]: status },
    restsUntil: noAnswer ? turn.at + settingRest : profile.setUp.restsUntil,
    rebootDue: profile.setUp.rebootDue || outcome.status === 'RebootRequired',
  }
  const configuration = taken ? { ...profile.configuration, [key]: value } : profile.configuration
  return withNextSetting(amend(chargePoint, { profile: { ...profile, configuration, setUp } }), turn)
}

/** The reboot that a charger wants after a change, when no car is there and nobody wants anything; once a day at most. */
export function rebootCall(chargePoint: ChargePoint, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { profile, link } = chargePoint
  const { setUp } = profile
  if (!setUp.rebootDue || setUp.next !== null || turn.at < setUp.rebootRestsUntil || chargePoint.errands.length > 0 || !link) return undefined
  const idle = chargePoint.connectors.every(({ report, transaction, reservation }) =>
    report.status === 'Available' && report.connection === link.connection && transaction === null && reservation === null)
  if (!idle) return undefined
  note(turn, 'info', chargePoint.identity, 0, 'the charger is restarted, as it asked for after a change of its configuration')
  const rested = { ...profile, setUp: { ...setUp, rebootRestsUntil: turn.at + rebootRest } }
  return [amend(chargePoint, { profile: rested }), call('Reset', { type: 'Soft' }, { type: 'reboot' })]
}
