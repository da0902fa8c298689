const date = String.raw`(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`
const time = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d+))?)?`
const zone = String.raw`(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)`
const pattern = new RegExp(String.raw`^\s*${date}[T ]${time}\s*(${zone})?\s*$`, 'i')

/** The longest text that can be a time. */
const longest = 48

/** The calendar repeats after 400 years; the detour keeps years below 100 out of the 1900s, where `Date.UTC` puts them. */
const years400Ms = 146_097 * 86_400_000

const firstInstant = Date.UTC(400, 0, 1) - years400Ms
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** A time read from a text: milliseconds since 1970, counted as if in UTC when the text names no zone. */
export interface Timestamp {
  readonly at: number
  readonly zoned: boolean
}

/** Reads an ISO 8601 date and time in the spellings chargers use; undefined when it is none (OCPP 1.6 §3.15). */
export function parseTimestamp(text: string): Timestamp | undefined {
  const usual = usualLengths.has(text.length) && text.endsWith('Z') && text[10] === 'T' && !text.startsWith('24', 11) ? Date.parse(text) : Number.NaN
  return Number.isNaN(usual) ? parseUnusual(text) : { at: usual, zoned: true }
}

/** Lengths of the one spelling that most chargers use, which the engine reads much faster: 2026-11-23T12:00:00Z, with or without milliseconds. */
const usualLengths: ReadonlySet<number> = new Set([20, 24])

function parseUnusual(text: string): Timestamp | undefined {
  const match = text.length > longest ? null : pattern.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, named, sign, zoneHour, zoneMinute] = match
  const milliseconds = Math.trunc(Number(`0.${fraction ?? 0}`) * 1000)
  const day0 = Date.UTC(Number(year) + 400, Number(month) - 1, Number(day)) - years400Ms
  const local = day0 + Date.UTC(1970, 0, 1, Number(hour), Number(minute), Number(second ?? 0), milliseconds)
  const offsetMinutes = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)
  return { at: local - (sign === '-' ? -offsetMinutes : offsetMinutes) * 60_000, zoned: named !== undefined }
}

/** Writes milliseconds since 1970 as ISO 8601 in UTC; what lies outside the years 0 to 9999 is drawn to their edge. */
export function formatTimestamp(at: number): string {
  return new Date(Math.min(Math.max(at || 0, firstInstant), lastInstant)).toISOString()
}
