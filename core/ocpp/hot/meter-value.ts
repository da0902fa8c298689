import { isFields } from '../fields.ts'
import { locations, measurands, phases, readingContexts, units, valueFormats } from '../words.ts'
import { isPlain, isRequired, isText, isTimestamp, mayBe, type Verdict } from './plain.ts'

const knownContexts = new Set<unknown>(readingContexts)
const knownFormats = new Set<unknown>(valueFormats)
const knownMeasurands = new Set<unknown>(measurands)
const knownPhases = new Set<unknown>(phases)
const knownLocations = new Set<unknown>(locations)
const knownUnits = new Set<unknown>(units)

/** Whether a value is a plain list of MeterValues. */
export function isMeterValues(list: unknown): boolean {
  return Array.isArray(list) && list.every(isMeterValue)
}

function isMeterValue(value: unknown): boolean {
  return isFields(value) && isPlain(value, 2, judgeMeterValue)
}

function judgeMeterValue(name: string, value: unknown): Verdict {
  switch (name) {
    case 'timestamp': return isRequired(isTimestamp(value))
    case 'sampledValue': return isRequired(Array.isArray(value) && value.every(isSampledValue))
    default: return -1
  }
}

function isSampledValue(value: unknown): boolean {
  return isFields(value) && isPlain(value, 1, judgeSampledValue)
}

function judgeSampledValue(name: string, value: unknown): Verdict {
  switch (name) {
    case 'value': return isRequired(isText(value, 10_000))
    case 'context': return mayBe(knownContexts.has(value))
    case 'format': return mayBe(knownFormats.has(value))
    case 'measurand': return mayBe(knownMeasurands.has(value))
    case 'phase': return mayBe(knownPhases.has(value))
    case 'location': return mayBe(knownLocations.has(value))
    case 'unit': return mayBe(knownUnits.has(value))
    default: return -1
  }
}
