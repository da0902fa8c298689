import type { Fields } from '../../core/ocpp/fields.ts'
import { isFields } from '../../core/ocpp/fields.ts'

/** What a payload says in a line: its values in their order, without times, or what is better said another way. */
export function wordsOf(action: string, payload: Fields): string {
  const special = Object.hasOwn(words, action) ? words[action] : undefined
  return (special ? special(payload) : bare(payload)).replace(/ +/g, ' ').trim()
}

const words: { readonly [action: string]: (payload: Fields) => string } = {
  GetConfigurationResponse: () => '…',
  GetCompositeScheduleResponse({ status, chargingSchedule }) {
    const schedule = fields(chargingSchedule)
    const [period] = list(schedule['chargingSchedulePeriod'])
    return `${text(status)} ${text(period?.['limit'])} ${text(schedule['chargingRateUnit'])}`
  },
  MeterValues({ connectorId, transactionId, meterValue }) {
    const samples = list(meterValue).flatMap(({ sampledValue }) => list(sampledValue))
    return `${text(connectorId)} ${samples.map(sampleWords).filter((word) => word !== '').join(', ')}${transactionWords(transactionId)}`
  },
  SetChargingProfile({ connectorId, csChargingProfiles }) {
    const profile = fields(csChargingProfiles)
    const schedule = fields(profile['chargingSchedule'])
    const [period] = list(schedule['chargingSchedulePeriod'])
    const how = ['chargingProfilePurpose', 'chargingProfileKind'].map((key) => text(profile[key])).join(' ')
    const limit = `${text(period?.['limit'])} ${text(schedule['chargingRateUnit'])}`
    return `${text(connectorId)} ${limit} by ${how} on level ${text(profile['stackLevel'])}${transactionWords(profile['transactionId'])}`
  },
  StartTransaction: ({ connectorId, idTag, meterStart }) => `${text(connectorId)} ${text(idTag)} from ${text(meterStart)} Wh`,
  StopTransaction: ({ transactionId, meterStop, reason, idTag }) =>
    `${text(transactionId)} at ${text(meterStop)} Wh ${text(reason)} ${text(idTag)}`,
}

const unsaid: readonly string[] = ['timestamp', 'currentTime', 'interval', 'chargePointSerialNumber', 'firmwareVersion', 'expiryDate']

function bare(payload: unknown): string {
  if (Array.isArray(payload)) return payload.map(bare).join(' ')
  if (!isFields(payload)) return payload === 'NoError' ? '' : text(payload)
  return Object.entries(payload).flatMap(([key, value]) => (unsaid.includes(key) ? [] : [bare(value)])).join(' ')
}

/** Voltage and offers would only make the line long. */
function sampleWords({ value, measurand, unit, phase }: Fields): string {
  if (measurand === 'Voltage' || measurand === 'Current.Offered') return ''
  return `${text(phase)} ${text(value)} ${text(unit)}`.trim()
}

function transactionWords(id: unknown): string {
  return id === undefined ? '' : `, transaction ${text(id)}`
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}
