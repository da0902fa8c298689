import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wildTexts } from '../../property-tests/ocpp-arbitraries.ts'
import { printable } from './printable.ts'

test('Nothing unprintable is left, and nothing beyond the limit.', () => {
  fc.assert(fc.property(wildTexts(40), fc.integer({ min: 1, max: 20 }), (text, limit) => {
    const clean = printable(text, limit)
    expect(clean).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    expect(clean.length).toBeLessThanOrEqual(limit)
  }))
})

test('Plain text within the limit is left alone.', () => {
  fc.assert(fc.property(fc.string({ maxLength: 255 }), (text) => {
    expect(printable(text)).toBe(text)
  }))
})

test('Terminal codes, line breaks and turned writing are shown as what they are: nothing.', () => {
  expect(printable('a\u001b[31m\r\nb\u202ec\ud800')).toBe('a\ufffd[31m\ufffd\ufffdb\ufffdc\ufffd')
})
