import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { wantedLanguage } from './languages.ts'
import { isMessage, named, translator } from './translate.ts'

const placesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort()

describe('messages', () => {
  it('have the same places in every language, and none is empty.', () => {
    for (const [name, text] of Object.entries(en)) {
      const translated = (de as Readonly<Record<string, string>>)[name] ?? ''
      expect([name, placesOf(translated)]).toEqual([name, placesOf(text)])
      expect(translated.trim(), name).not.toBe('')
    }
  })

  it('are filled in, and what looks like a place in a value stays as it is.', () => {
    expect(translator('de')('limit.normal', { wanted: '{wanted}' })).toBe('Normal: höchstens {wanted} A')
  })

  it('are found for words of the controller, and unknown words are shown as they are, clipped.', () => {
    const t = translator('en')
    expect(named(t, 'order', 'start')).toBe('Start')
    expect(named(t, 'order', 'dance')).toBe('dance')
    expect(named(t, 'order', 'x'.repeat(4_000))).toHaveLength(60)
    expect(isMessage('constructor')).toBe(false)
    expect(isMessage('limit.normal')).toBe(false)
  })

  it('are in the first language that the browser asks for and there is.', () => {
    expect(wantedLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(wantedLanguage([])).toBe('en')
  })
})
