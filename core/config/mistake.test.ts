import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathText, printable, quote, show } from './mistake.ts'

describe('A mistake', () => {
  test('A path reads like an expression.', () => {
    expect(pathText(['chargers', 0, 'objects', 'status'])).toBe('chargers[0].objects.status')
    expect(pathText([])).toBe('')
  })

  test('A name that is no word stands in quotes in a path.', () => {
    expect(pathText(['site', 'time zone', 3])).toBe('site."time zone"[3]')
  })

  test.each([
    ['9/9/1', '"9/9/1"'], ['', '""'], [12345, '12345'], [Infinity, 'Infinity'], [true, 'true'],
    [[1, 2], 'a list'], [{ a: 1 }, 'a group of names'], ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
  ])('%j is shown as %s.', (value, shown) => {
    expect(show(value)).toBe(shown)
  })

  test('What is shown obeys no terminal: no control, direction or line mark is left.', () => {
    expect(printable('a\u001B[31mb\u202Ec\nd\u2028e\u009Bf')).toBe('a�[31mb�c�d�e�f')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(quote(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }))
  })
})
