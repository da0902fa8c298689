import { type Fields, isFields } from '../fields.ts'
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

/** Of a frame most time is spent here: fields that are read by their names take a third of those that are read by names in a variable. */
function isSampledValue(sample: unknown): boolean {
  if (!isFields(sample) || !isText(sample.value, 10_000)) return false
  let others = 0
  for (const name in sample) if (name !== 'value') others += 1
  return others === countKnown(sample)
}

/** How many fields of the standard a sample has beside its value; -1 when one of them is not plain. */
function countKnown({ context, format, measurand, phase, location, unit }: Fields): number {
  let found = 0
  if (context !== undefined && (found += 1) && !knownContexts.has(context)) return -1
  if (measurand !== undefined && (found += 1) && !knownMeasurands.has(measurand)) return -1
  if (unit !== undefined && (found += 1) && !knownUnits.has(unit)) return -1
  if (phase !== undefined && (found += 1) && !knownPhases.has(phase)) return -1
  if (location !== undefined && (found += 1) && !knownLocations.has(location)) return -1
  if (format !== undefined && (found += 1) && !knownFormats.has(format)) return -1
  return found
}
