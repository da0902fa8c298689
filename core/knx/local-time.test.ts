import { expect, test } from 'vitest'
import { isTimeZone, localTime, type LocalTime } from './local-time.ts'

test.each([
  ['Europe/Amsterdam', '2026-03-29T00:59:59Z', 'Sun 2026-03-29 01:59:59 standard'],
  ['Europe/Amsterdam', '2026-03-29T01:00:00Z', 'Sun 2026-03-29 03:00:00 summer'],
  ['Europe/Amsterdam', '2026-10-25T00:59:59Z', 'Sun 2026-10-25 02:59:59 summer'],
  ['Europe/Amsterdam', '2026-10-25T01:00:00Z', 'Sun 2026-10-25 02:00:00 standard'],
  ['Europe/Amsterdam', '2026-12-31T22:59:59Z', 'Thu 2026-12-31 23:59:59 standard'],
  ['Europe/Amsterdam', '2026-12-31T23:00:00Z', 'Fri 2027-01-01 00:00:00 standard'],
  ['Europe/Amsterdam', '2028-02-28T23:00:00Z', 'Tue 2028-02-29 00:00:00 standard'],
  ['Asia/Kolkata', '2026-12-31T18:30:00Z', 'Fri 2027-01-01 00:00:00 standard'],
  ['America/St_Johns', '2026-07-01T12:00:00Z', 'Wed 2026-07-01 09:30:00 summer'],
  ['Australia/Sydney', '2026-12-31T13:00:00Z', 'Fri 2027-01-01 00:00:00 summer'],
  ['Australia/Sydney', '2026-07-01T00:00:00Z', 'Wed 2026-07-01 10:00:00 standard'],
  ['Australia/Lord_Howe', '2026-12-31T13:00:00Z', 'Fri 2027-01-01 00:00:00 summer'],
  ['Europe/Dublin', '2026-01-15T12:00:00Z', 'Thu 2026-01-15 12:00:00 standard'],
  ['Europe/Dublin', '2026-07-15T12:00:00Z', 'Wed 2026-07-15 13:00:00 summer'],
  ['Africa/Casablanca', '2026-03-01T12:00:00Z', 'Sun 2026-03-01 12:00:00 standard'],
  ['Africa/Casablanca', '2026-05-01T12:00:00Z', 'Fri 2026-05-01 13:00:00 standard'],
  ['Pacific/Apia', '2026-12-31T11:00:00Z', 'Fri 2027-01-01 00:00:00 standard'],
  ['UTC', '2026-11-23T23:59:59.999Z', 'Mon 2026-11-23 23:59:59 standard'],
  ['Nowhere/Unknown', '2026-11-23T12:00:00Z', 'Mon 2026-11-23 12:00:00 standard'],
])('Clocks in %s show at %s: %s.', (timeZone, at, shown) => {
  expect(show(localTime(Date.parse(at), timeZone))).toBe(shown)
})

test('Instants beyond reach are held at the ends.', () => {
  for (const at of [Number.NaN, -Infinity, -1]) expect(show(localTime(at, 'UTC'))).toBe('Thu 1970-01-01 00:00:00 standard')
  expect(show(localTime(0, 'America/New_York'))).toBe('Wed 1969-12-31 19:00:00 standard')
  for (const at of [Infinity, 8.64e15]) expect(localTime(at, 'Pacific/Kiritimati').year).toBe(9999)
})

test('An hour after any hour of a year is the next hour on the clock, but where summer time begins or ends.', () => {
  const hourMs = 3_600_000
  const jumps: string[] = []
  for (let at = Date.UTC(2026, 0); at < Date.UTC(2027, 0); at += hourMs) {
    const [before, after] = [localTime(at, 'Europe/Amsterdam'), localTime(at + hourMs, 'Europe/Amsterdam')]
    if (after.hour !== (before.hour + 1) % 24) jumps.push(show(after))
    if (after.hour === 0) expect(after.weekday).toBe((before.weekday % 7) + 1)
  }
  expect(jumps).toEqual(['Sun 2026-03-29 03:00:00 summer', 'Sun 2026-10-25 02:00:00 standard'])
})

test('Only names that exist are time zones.', () => {
  for (const name of ['UTC', 'Europe/Amsterdam', 'europe/amsterdam']) expect(isTimeZone(name)).toBe(true)
  for (const name of ['', 'Amsterdam', 'Europe/Amsterdam ', '__proto__', 'CEST']) expect(isTimeZone(name)).toBe(false)
})

function show(time: LocalTime): string {
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][time.weekday - 1]
  const clock = [time.hour, time.minute, time.second].map(two).join(':')
  return `${weekday} ${time.year}-${two(time.month)}-${two(time.day)} ${clock} ${time.summer ? 'summer' : 'standard'}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
