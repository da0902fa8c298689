import { isFields } from '../fields.ts'
import { locations, measurands, phases, readingContexts, units, valueFormats } from '../words.ts'
import { isPlain, isRequired, isText, isTimestamp, type Verdict } from './plain.ts'

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

/** Its loop is its own: of a frame most time is spent here, and shared with others it takes a third longer. */
function isSampledValue(sample: unknown): boolean {
  if (!isFields(sample)) return false
  for (const name in sample) if (!isPart(name, sample[name])) return false
  return sample.value !== undefined
}

function isPart(name: string, value: unknown): boolean {
  switch (name) {
    case 'value': return isText(value, 10_000)
    case 'context': return knownContexts.has(value)
    case 'format': return knownFormats.has(value)
    case 'measurand': return knownMeasurands.has(value)
    case 'phase': return knownPhases.has(value)
    case 'location': return knownLocations.has(value)
    case 'unit': return knownUnits.has(value)
    default: return false
  }
}
