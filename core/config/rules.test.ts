import { describe, expect, test } from 'vitest'
import { readConfig } from './check.ts'
import { pathText } from './mistake.ts'

function places(input: unknown): readonly string[] {
  return readConfig(input).mistakes.map(({ path }) => pathText(path))
}

function withChargers(...chargers: readonly object[]): object {
  return { chargers: chargers.map((part, index) => Object.assign({ name: `Charger ${index}`, identity: 'A', connector: index + 1 }, part)) }
}

describe('Rules between names', () => {
  test('Chargers and panel have different ports, defaults included.', () => {
    expect(places({ ocpp: { port: 8080 } })).toEqual(['panel.port'])
    expect(places({ panel: { port: 8016 } })).toEqual(['panel.port'])
    expect(places({ ocpp: { port: 9000 }, panel: { port: 9001 } })).toEqual([])
  })

  test('A tag is listed once, whatever its case.', () => {
    expect(places({ tags: [{ tag: '04ab' }, { tag: '04AC' }, { tag: '04AB' }, { tag: '04Ab' }] })).toEqual(['tags[2].tag', 'tags[3].tag'])
  })

  test('A connector of a Charge Point is one charger; identities count their case.', () => {
    expect(places(withChargers({}, {}))).toEqual([])
    expect(places(withChargers({ connector: 2 }, {}))).toEqual(['chargers[1].connector'])
    expect(places(withChargers({ identity: 'a', connector: 2 }, {}))).toEqual([])
    expect(places(withChargers({ identity: '1 x', connector: 1 }, { identity: 'x', connector: 1 }))).toEqual([])
  })

  test('A Charge Point has one password.', () => {
    expect(places(withChargers({ password: 'one' }, { password: 'other' }, { password: 'one' }))).toEqual(['chargers[1].password'])
    expect(places(withChargers({ password: 'one' }, { identity: 'B', password: 'other' }))).toEqual([])
  })

  test('A password written at one connector holds for every connector of the Charge Point.', () => {
    const { config } = readConfig(withChargers({}, { password: 'one' }, { identity: 'B' }))
    expect(config?.chargers.map(({ password }) => password)).toEqual(['one', 'one', undefined])
  })

  test('No mistake repeats a password.', () => {
    expect(JSON.stringify(readConfig(withChargers({ password: 'geheim1' }, { password: 'geheim2' })))).not.toContain('geheim')
    expect(JSON.stringify(readConfig(withChargers({ password: 98765432 })))).not.toContain('98765432')
    expect(JSON.stringify(readConfig(withChargers({ password: 'geheim\u0007' })))).not.toContain('geheim')
  })

  test('Neither current is above the fuse, written or usual.', () => {
    expect(places(withChargers({ normalCurrent: 20, fastCurrent: 20, fuseCurrent: 16 })))
      .toEqual(['chargers[0].normalCurrent', 'chargers[0].fastCurrent'])
    expect(places(withChargers({ normalCurrent: 33 }))).toEqual(['chargers[0].normalCurrent'])
    expect(places(withChargers({ normalCurrent: 40, fastCurrent: 40 }))).toEqual([])
    expect(places(withChargers({ normalCurrent: 16, fastCurrent: 16, fuseCurrent: 16 }))).toEqual([])
  })
})
