import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDecimal } from './decimal.ts'

test.each([
  ['0', 0], ['229.8', 229.8], ['0.1', 0.1], ['5.', 5], ['.5', 0.5], ['-3.2', -3.2], ['+7', 7], ['9,7', 9.7], ['1e3', 1000], [' 12 ', 12],
  ['123456789012345678', 123456789012345680], ['00012', 12],
])('"%s" is a number.', (text, number) => {
  expect(parseDecimal(text)).toBe(number)
})

test.each(['', ' ', '.', ',', '1.2.3', '1,2,3', '0x10', 'NaN', 'Infinity', '12 V', '1_000', '--1', '/'])('"%s" is no number.', (text) => {
  expect(parseDecimal(text)).toBeNaN()
})

test('Digits with a point are the very number that JavaScript reads.', () => {
  fc.assert(fc.property(fc.stringMatching(/^\d{1,9}(\.\d{0,12})?$/), (text) => {
    expect(parseDecimal(text)).toBe(Number(text))
  }))
})
