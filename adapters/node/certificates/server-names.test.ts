import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localNames } from './local-names.ts'
import { fitNames } from './server-names.ts'

describe('The names in a server certificate', () => {
  it('are DNS names and IP addresses, each once, in their order; what is neither is left out.', () => {
    const usable = [' Box.LAN ', '192.0.2.1', 'box.lan', '2001:db8::1']
    const unusable = ['fe80::1%eth0', 'two words', 'a..b', '', '*.lan']
    expect(fitNames([...unusable, ...usable])).toEqual(['box.lan', '192.0.2.1', '2001:db8::1'])
  })

  it('are bounded, the first ones first.', () => {
    const many = Array.from({ length: 250 }, (_, index) => `10.0.0.${index}`)
    const fitting = fitNames(['box', ...many])
    expect(fitting.length).toBeLessThan(60)
    expect(fitting).toEqual(['box', ...many].slice(0, fitting.length))
  })

  it('are never anything else, whatever is asked for.', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 })), (names) => {
        for (const name of fitNames(names)) expect(isIP(name) !== 0 || /^[a-z0-9._-]{1,253}$/.test(name)).toBe(true)
      }),
    )
  })

  it('include this machine’s own.', () => {
    expect(localNames()).toEqual(expect.arrayContaining(['localhost', '127.0.0.1']))
    expect(localNames().some((name) => name.startsWith('fe80:'))).toBe(false)
  })
})
