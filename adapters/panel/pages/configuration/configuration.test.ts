import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeConfig } from '../../../../core/config/write.ts'
import { parseSite } from '../../../node/config/load.ts'
import { house } from '../../../../fixtures/panel/house.ts'
import { fillAddresses, flows, nextFreeStart } from './addresses.ts'
import { addCharger, chargersOf, duplicateCharger, getAt, pathText, removeAt, setAt, typed, type Draft } from './draft.ts'
import { rewriteYaml, writeYaml } from './yaml.ts'

function checked(text: string): Draft {
  const { config, mistakes } = parseSite(text)
  if (!config) throw new Error(JSON.stringify(mistakes))
  return JSON.parse(JSON.stringify(writeConfig(config))) as Draft
}

const example = (name: string) => readFileSync(new URL(`../../../../fixtures/sites/${name}.yaml`, import.meta.url), 'utf8')
const texts = [house, example('example'), example('car-park'), '{ "chargers": [{ "name": "A", "identity": "1" }] }', 'chargers: [{ name: A, identity: "1", objects: { status: 1/1/1 } }]\n']

describe('a file that forms have changed', () => {
  it('says what the forms say, however it was written before.', () => {
    const changes: readonly ((draft: Draft) => Draft)[] = [
      (draft) => setAt(draft, ['site', 'name'], 'Other: #1'),
      (draft) => setAt(draft, ['chargers', 0, 'name'], '"Quoted" & *starred*'),
      (draft) => setAt(draft, ['chargers', 0, 'identity'], '0123'),
      (draft) => setAt(draft, ['chargers', 0, 'startTags'], ['123', 'on', '*']),
      (draft) => setAt(draft, ['chargers', 0, 'objects', 'status'], undefined),
      (draft) => removeAt(draft, 'chargers', 0),
      (draft) => setAt(addCharger(draft, 'New'), ['chargers', chargersOf(draft).length, 'identity'], 'NEW'),
      (draft) => ({ ...draft, tags: [{ tag: '04AB', name: 'true' }] }),
    ]
    for (const text of texts) {
      const before = checked(text)
      for (const change of changes) {
        const after = change(before)
        const written = rewriteYaml(text, before, after)
        const { config, mistakes } = parseSite(written)
        if (chargersOf(after).every(({ identity }) => identity !== undefined)) expect(mistakes, written).toEqual([])
        expect(config && checked(written)).toEqual(checked(writeYaml(after)))
      }
    }
  })

  it('keeps every line of what was not touched, comments too.', () => {
    const before = checked(house)
    const written = rewriteYaml(house, before, setAt(before, ['chargers', 1, 'name'], 'Carport left'))
    expect(written).toContain('# The house')
    expect(written).toContain('limitInterval: 1        # seconds')
    expect(written).toContain('  - name: Garage          # under the roof')
    expect(written).toContain('  - name: Carport left')
    expect(rewriteYaml(house, before, before)).toBe(house)
  })

  it('is read back as any charger that was written.', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && !/[\p{Cc}\p{Cs}]/u.test(text))
    fc.assert(fc.property(name, fc.integer({ min: 6, max: 32 }), (text, current) => {
      const before = checked(house)
      const after = setAt(setAt(before, ['chargers', 0, 'name'], text), ['chargers', 0, 'normalCurrent'], current)
      expect(chargersOf(checked(rewriteYaml(house, before, after)))[0]).toMatchObject({ name: text, normalCurrent: current })
    }))
  })
})

describe('a draft', () => {
  it('has at a path what was set there, and shares everything beside it.', () => {
    const before = checked(house)
    const after = setAt(before, ['chargers', 0, 'objects', 'charging', 'send'], '1/1/1')
    expect(getAt(after, ['chargers', 0, 'objects', 'charging', 'send'])).toBe('1/1/1')
    expect(chargersOf(after)[1]).toBe(chargersOf(before)[1])
    expect(after['tags']).toBe(before['tags'])
    expect(getAt(before, ['constructor', 'name'])).toBeUndefined()
    expect(pathText(['chargers', 0, 'objects', 'charging', 'send'])).toBe('chargers[0].objects.charging.send')
  })

  it('takes what was typed for a number only when it is one.', () => {
    expect([typed('16', 'number'), typed('7,5', 'number'), typed('16 A', 'number'), typed(' ', 'number')]).toEqual([16, 7.5, '16 A', undefined])
    expect(typed('a, b,', 'list')).toEqual(['a', 'b'])
  })

  it('duplicates a charger to the next connector, without its addresses.', () => {
    const draft = duplicateCharger(checked(house), 0)
    expect(chargersOf(draft)[1]).toMatchObject({ identity: 'WB-2024-0117', connector: 2, objects: {} })
    expect(parseSite(writeYaml(draft)).mistakes).toEqual([])
  })
})

describe('a block of group addresses', () => {
  it('fills what is empty with free addresses, without a mistake.', () => {
    const draft = checked(house)
    const filled = fillAddresses(draft, 2, nextFreeStart(draft, 2))
    expect(filled && parseSite(writeYaml(filled)).mistakes).toEqual([])
    expect(flows.every(({ name, flow }) => typeof getAt(filled, ['chargers', 2, 'objects', name, flow]) === 'string')).toBe(true)
  })

  it('steps over what others use, and leaves what is there.', () => {
    const filled = fillAddresses(checked(house), 1, '9/7/0')
    expect(getAt(filled, ['chargers', 1, 'objects', 'status', 'send'])).toBe('10/0/0')
    expect(getAt(filled, ['chargers', 1, 'objects', 'errorCode', 'send'])).toBe('9/7/7')
  })

  it('refuses what is no address, and a place without enough of them.', () => {
    expect(fillAddresses(checked(house), 2, '9/9/9')).toBeUndefined()
    expect(fillAddresses(checked(house), 2, '31/7/250')).toBeUndefined()
  })
})
