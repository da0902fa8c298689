import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIdentity } from './handshake.ts'

const identityOf = (path: string): string | undefined => {
  const reading = readIdentity(path)
  return reading.ok ? reading.identity : undefined
}

describe('The identity in a connection URL', () => {
  it.each([
    ['/CP001', 'CP001'],
    ['/ocpp/CP001', 'CP001'],
    ['///CP001', 'CP001'],
    ['/CP001/', 'CP001'],
    ['/ocpp/1.6/CP001//', 'CP001'],
    ['/CP001?token=/x', 'CP001'],
    ['CP001', 'CP001'],
    ['/RDAM%7C123', 'RDAM|123'],
    ['/RDAM%20123', 'RDAM 123'],
    ['/a%2Fb', 'a/b'],
    ['/%C3%A9', 'é'],
    ['/__proto__', '__proto__'],
    ['/', ''],
    ['', ''],
    ['///', ''],
  ])('%s is %j.', (path, identity) => {
    expect(identityOf(path)).toBe(identity)
  })

  it.each(['/%', '/%zz', '/CP%E9', '/%C3', '/%ff/'])('%s is malformed.', (path) => {
    expect(readIdentity(path).ok).toBe(false)
  })

  it('An identity of more than 255 characters is refused, however it is encoded.', () => {
    expect(readIdentity(`/${'%41'.repeat(255)}`).ok).toBe(true)
    expect(readIdentity(`/${'A'.repeat(256)}`).ok).toBe(false)
  })

  it('Any identity survives the way through a URL, behind any prefix.', () => {
    const identity = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(identity, fc.constantFrom('/', '///', '/ocpp/', 'ws/'), fc.constantFrom('', '/', '?a=b'), (text, before, after) => {
        expect(identityOf(before + encodeURIComponent(text) + after)).toBe(text)
      }),
    )
  })

  it('No text makes the reading throw.', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (path) => typeof readIdentity(path).ok === 'boolean'))
  })
})
