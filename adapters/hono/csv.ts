import type { Session } from './schemas/session.ts'

/** A row of a table as RFC 4180 has it. */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet takes a text that begins like this for a formula, and a tag may come from anybody.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const sessionColumns = ['id', 'charger', 'identity', 'connector', 'tag', 'tag name', 'started', 'ended', 'energy (Wh)', 'meter start (Wh)', 'meter stop (Wh)', 'reason'] as const

/** A session as a row; times are those of the time zone. */
export function sessionRow(session: Session, timeZone: string): readonly (string | number | null)[] {
  const { id, charger, identity, connector, tag, tagName, startedAt, endedAt, energy, meterStart, meterStop, reason } = session
  return [id, charger, identity, connector, tag, tagName, localTime(startedAt, timeZone), endedAt === null ? null : localTime(endedAt, timeZone), energy, meterStart, meterStop, reason]
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-01-31 12:00:00`: what spreadsheets read as a time. */
function localTime(at: number, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })))
  return format.format(at)
}
