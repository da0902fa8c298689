import { dateOfDays, daysOfDate, twoDigits } from './civil-date.ts'

const date = String.raw`(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`
const time = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d+))?)?`
const zone = String.raw`(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)`
const pattern = new RegExp(String.raw`^\s*${date}[T ]${time}\s*(${zone})?\s*$`, 'i')

/** The longest text that can be a time. */
const longest = 48

const dayMs = 86_400_000
const firstInstant = daysOfDate(0, 1, 1) * dayMs
const lastInstant = daysOfDate(10_000, 1, 1) * dayMs - 1

/** A time read from a text: milliseconds since 1970, counted as if in UTC when the text names no zone. */
export interface Timestamp {
  readonly at: number
  readonly zoned: boolean
}

/** Reads an ISO 8601 date and time in the spellings chargers use; undefined when it is none (OCPP 1.6 §3.15). */
export function parseTimestamp(text: string): Timestamp | undefined {
  const usual = parseUsual(text)
  return Number.isNaN(usual) ? parseUnusual(text) : { at: usual, zoned: true }
}

/** The one spelling that most chargers use, which is read many times as fast: 2026-11-23T12:00:00Z, with or without milliseconds; NaN when it is another. */
function parseUsual(text: string): number {
  const { length } = text
  if ((length !== 20 && length !== 24) || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return Number.NaN
  if (text[length - 1] !== 'Z' || (length === 24 && text[19] !== '.')) return Number.NaN
  const month = pairAt(text, 5)
  const day = pairAt(text, 8)
  const hour = pairAt(text, 11)
  const minute = pairAt(text, 14)
  const second = pairAt(text, 17)
  // Also false for NaN.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN
  const millisecond = length === 24 ? digitAt(text, 20) * 100 + pairAt(text, 21) : 0
  return daysOfDate(pairAt(text, 0) * 100 + pairAt(text, 2), month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
}

function pairAt(text: string, index: number): number {
  return digitAt(text, index) * 10 + digitAt(text, index + 1)
}

/** NaN where there is no digit. */
function digitAt(text: string, index: number): number {
  const digit = text.charCodeAt(index) - 48
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
}

function parseUnusual(text: string): Timestamp | undefined {
  const match = text.length > longest ? null : pattern.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, named, sign, zoneHour, zoneMinute] = match
  const milliseconds = Math.trunc(Number(`0.${fraction ?? 0}`) * 1000)
  const local = daysOfDate(Number(year), Number(month), Number(day)) * dayMs + Date.UTC(1970, 0, 1, Number(hour), Number(minute), Number(second ?? 0), milliseconds)
  const offsetMinutes = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)
  return { at: local - (sign === '-' ? -offsetMinutes : offsetMinutes) * 60_000, zoned: named !== undefined }
}

/** Writes milliseconds since 1970 as ISO 8601 in UTC; what lies outside the years 0 to 9999 is drawn to their edge. */
export function formatTimestamp(at: number): string {
  const instant = Math.trunc(Math.min(Math.max(at || 0, firstInstant), lastInstant))
  const days = Math.floor(instant / dayMs)
  const ofDay = instant - days * dayMs
  const seconds = Math.floor(ofDay / 1000)
  const minutes = Math.floor(seconds / 60)
  const milliseconds = ofDay - seconds * 1000
  const ofClock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
  return `${dateOfDays(days)}T${ofClock}.${Math.floor(milliseconds / 100)}${twoDigits(milliseconds % 100)}Z`
}
