import type { Language } from '../i18n/languages.ts'
import { unknown } from './numbers.ts'

/** Milliseconds as 0:07:05 or 26:14:00: hours, minutes, seconds. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, timeZone: string | undefined, style: 'date' | 'time' | 'month'): Intl.DateTimeFormat {
  const key = `${language} ${timeZone ?? ''} ${style}`
  const styles = {
    date: { dateStyle: 'medium', timeStyle: 'short' },
    time: { timeStyle: 'medium' },
    month: { month: 'long', year: 'numeric' },
  } as const
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...styles[style], ...(timeZone !== undefined && { timeZone }) })
  formats.set(key, made)
  return made
}

/** An instant as date and time, in the time zone of the site. */
export function dateAndTime(at: number | null, language: Language, timeZone?: string): string {
  return at === null || !isInstant(at) ? unknown : format(language, timeZone, 'date').format(at)
}

/** An instant as time of day with seconds. */
export function timeOfDay(at: number | null, language: Language, timeZone?: string): string {
  return at === null || !isInstant(at) ? unknown : format(language, timeZone, 'time').format(at)
}

/** `2026-01` as January 2026. */
export function monthName(month: string, language: Language): string {
  const at = Date.parse(`${month}-01T00:00:00Z`)
  return Number.isNaN(at) ? month : format(language, 'UTC', 'month').format(at)
}

/** The first instant of a day of `<input type=date>` here, or of a day after it; undefined when it is empty. */
export function beginningOf(date: string, daysLater = 0): number | undefined {
  const [year, month, day] = date.split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const at = new Date(year, month - 1, day + daysLater).getTime()
  return Number.isNaN(at) ? undefined : at
}

function isInstant(at: number): boolean {
  return Math.abs(at) <= 8.64e15
}
