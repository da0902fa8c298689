import fc from 'fast-check'
import { ISO_TIMESTAMP_REGEX } from 'valibot'
import { describe, expect, test } from 'vitest'
import { wildTexts } from '../../property-tests/ocpp-arbitraries.ts'
import { formatTimestamp, parseTimestamp } from './timestamp.ts'

const noon = Date.UTC(2026, 10, 23, 12, 0, 0)

test.each([
  ['2026-11-23T12:00:00Z', noon, true],
  ['2026-11-23T12:00:00.25Z', noon + 250, true],
  ['2026-11-23T12:00:00,123456789Z', noon + 123, true],
  ['2026-11-23 12:00:00', noon, false],
  ['2026-11-23T12:00', noon, false],
  ['2026-11-23t12:00:00z', noon, true],
  ['2026-11-23T13:00:00+01:00', noon, true],
  ['2026-11-23T13:00:00 +0100', noon, true],
  ['2026-11-23T13:00:00+01', noon, true],
  ['2026-11-23T08:30:00-03:30', noon, true],
  [' 2026-11-23T12:00:00+00:00 ', noon, true],
  ['1970-01-01T00:00:23Z', 23_000, true],
  ['2099-12-31T23:59:60Z', Date.UTC(2100, 0, 1), true],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000, true],
])('%s is an instant.', (text, at, zoned) => {
  expect(parseTimestamp(text)).toEqual({ at, zoned })
})

test.each([
  '', 'null', '0000-00-00', '0000-00-00T00:00:00Z', '2026-11-23', '2026-13-01T00:00:00Z', '2026-11-23T24:00:00Z',
  '222222017-01-01T00:00:00Z',
  '2026-11-23T12:00:00Zulu', '1764000000', `2026-11-23T12:00:00.${'0'.repeat(60)}Z`,
])('"%s" is no time.', (text) => {
  expect(parseTimestamp(text)).toBeUndefined()
})

const dates = fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })

test('A time in the usual spelling is the instant that JavaScript reads.', () => {
  fc.assert(fc.property(dates, (date) => {
    const text = date.toISOString()
    expect(parseTimestamp(text)).toEqual({ at: date.getTime(), zoned: true })
    expect(parseTimestamp(text.replace(/\.\d+/, ''))?.at).toBe(Math.floor(date.getTime() / 1000) * 1000)
  }))
})

test('A text that is spoilt in one place is read as a time only where it still is one.', () => {
  fc.assert(fc.property(dates, fc.nat(23), fc.constantFrom(...'0123456789-:.TZx '), (date, index, character) => {
    const text = date.toISOString()
    const spoilt = text.slice(0, index) + character + text.slice(index + 1)
    const isUsual = ISO_TIMESTAMP_REGEX.test(spoilt) && /^[\dT:.-]*Z$/.test(spoilt)
    if (isUsual) expect(parseTimestamp(spoilt)?.at).toBe(Date.parse(spoilt))
  }))
})

describe('formatTimestamp', () => {
  test('What is written is read as the same instant.', () => {
    fc.assert(fc.property(dates, (date) => {
      expect(formatTimestamp(date.getTime())).toBe(date.toISOString())
      expect(parseTimestamp(formatTimestamp(date.getTime()))).toEqual({ at: date.getTime(), zoned: true })
    }))
  })

  test('Every number is written as a time that the standard allows.', () => {
    fc.assert(fc.property(fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity)), (at) => {
      expect(formatTimestamp(at)).toMatch(ISO_TIMESTAMP_REGEX)
    }))
  })
})

test('Every time that the standard allows can be read.', () => {
  fc.assert(fc.property(fc.stringMatching(ISO_TIMESTAMP_REGEX), (text) => {
    expect(parseTimestamp(text)).toBeDefined()
  }))
})

test('No text makes it throw.', () => {
  fc.assert(fc.property(fc.oneof(wildTexts(60), fc.string({ unit: fc.constantFrom(...'0123456789-:.,TZ +') })), (text) => {
    expect(() => parseTimestamp(text)).not.toThrow()
  }))
})
