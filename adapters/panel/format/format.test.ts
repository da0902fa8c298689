import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amperes, kilowattHours, kilowatts, unknown } from './numbers.ts'
import { clip, clipLines } from './text.ts'
import { beginningOf, dateAndTime, duration, monthName } from './times.ts'

describe('a text of others', () => {
  it('is never longer than told, and has no control, direction or line mark left in it.', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (text, longest) => {
      const shown = clip(text, longest)
      expect(shown.length).toBeLessThanOrEqual(longest)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }))
  })

  it('keeps its lines where lines are wanted.', () => {
    expect(clipLines('a\nb\u202Ec')).toBe('a\nb\u{FFFD}c')
  })
})

describe('numbers', () => {
  it('are written as the language has it, and a dash where nothing is known.', () => {
    expect(amperes(16, 'en')).toBe('16')
    expect(amperes(7.25, 'de')).toBe('7,3')
    expect(kilowatts(7_360, 'en')).toBe('7.36')
    expect(kilowattHours(12_345, 'de')).toBe('12,35')
    expect([amperes(null, 'en'), kilowatts(Number.NaN, 'en')]).toEqual([unknown, unknown])
  })
})

describe('times', () => {
  it('run in hours, minutes and seconds, and never backwards.', () => {
    expect([duration(0), duration(425_000), duration(26 * 3_600_000), duration(-5)]).toEqual(['0:00:00', '0:07:05', '26:00:00', '0:00:00'])
  })

  it('are in the time zone of the site, and beyond the calendar they are not known.', () => {
    expect(dateAndTime(Date.UTC(2026, 0, 31, 12), 'de', 'Europe/Berlin')).toBe('31.01.2026, 13:00')
    expect(dateAndTime(1e18, 'en')).toBe(unknown)
  })

  it('have months by name.', () => {
    expect([monthName('2026-01', 'de'), monthName('never', 'en')]).toEqual(['Januar 2026', 'never'])
  })

  it('begin with the day that was chosen, and end with the one after.', () => {
    expect(beginningOf('2026-03-28', 1)).toBe(new Date(2026, 2, 29).getTime())
    expect(beginningOf('')).toBeUndefined()
  })
})
