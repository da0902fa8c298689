import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serialOf, transactionId } from './transaction-id.ts'

test('The serial of an id is the one it was made from, and an id beyond all has none.', () => {
  fc.assert(fc.property(fc.nat(2 ** 30 - 1), fc.nat(2 ** 31 - 1), (serial, seed) => {
    expect(serialOf(transactionId(serial, seed), seed)).toBe(serial)
  }))
  expect(serialOf(2 ** 30 + 1, 7)).toBe(2 ** 30)
})
