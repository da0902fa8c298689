import { describe, expect, test } from 'vitest'
import { nearest } from './spelling.ts'

const known = ['name', 'identity', 'connector', 'password', 'normalCurrent', 'fastCurrent', 'timeType', 'timeZone']

describe('nearest', () => {
  test.each([
    ['conector', 'connector'],
    ['conncetor', 'connector'],
    ['connectors', 'connector'],
    ['timezone', 'timeZone'],
    ['normal_current', 'normalCurrent'],
    ['nmae', 'name'],
    ['Passwort', 'password'],
  ])('%s is %s mistyped.', (word, meant) => {
    expect(nearest(word, known)).toBe(meant)
  })

  test.each(['lights', 'x', '', 'voltage', 'a'.repeat(5_000)])('No known word is near %s.', (word) => {
    expect(nearest(word, known)).toBeUndefined()
  })

  test('A word is nearest to itself.', () => {
    for (const word of known) expect(nearest(word, known)).toBe(word)
  })

  test('Of several near words the nearest is meant.', () => {
    expect(nearest('timeTone', known)).toBe('timeZone')
    expect(nearest('timeTyp', known)).toBe('timeType')
  })
})
