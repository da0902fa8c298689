import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../../core/config/check.ts'
import {
  chargerEntries, knxEntries, objectEntries, ocppEntries, panelEntries, sections, siteEntries, tagEntries,
} from '../../../core/config/schema.ts'
import { objectNames } from '../../../core/config/site-config.ts'
import { groupObjects } from '../../../core/knx/group-object.ts'
import { parseSite } from './load.ts'

const text = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
const transcript = readFileSync(new URL('../../../fixtures/sites/mistakes.txt', import.meta.url), 'utf8')

const documented = new Map(text.split(/^## `/m).slice(1).map((part) => [part.slice(0, part.indexOf('`')), rows(part)]))

function rows(part: string): readonly (readonly string[])[] {
  return part.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
}

function blocks(kind: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block)
}

const entries: Readonly<Record<string, object>> = {
  site: siteEntries, ocpp: ocppEntries, knx: knxEntries, panel: panelEntries,
  tags: tagEntries, chargers: chargerEntries, objects: objectEntries,
}

describe('docs/configuration.md', () => {
  test('It has every section of the schema, and no other.', () => {
    expect([...documented.keys()]).toEqual([...Object.keys(sections), 'objects'])
  })

  test.each(Object.keys(entries))('It has every name of %s, and no other.', (section) => {
    expect(documented.get(section)?.map(([name]) => name)).toEqual(Object.keys(entries[section] ?? {}).map((name) => `\`${name}\``))
  })

  test.each(['site', 'ocpp', 'knx', 'panel', 'tags', 'chargers'])('Its defaults of %s are those that are used.', (section) => {
    const least = { tags: [{ tag: 'x' }], chargers: [{ name: 'x', identity: 'x' }] }
    const whole: Readonly<Record<string, unknown>> = { ...readConfig(least).config }
    const part = whole[section]
    const defaults: object = Array.isArray(part) ? part[0] : part
    for (const [name = '', , written = ''] of documented.get(section) ?? []) {
      const key = name.slice(1, -1)
      if (written === 'must') expect(parseSite(`${section}: [{ ${key}: }]`).mistakes.map(({ path }) => path.at(-1))).toContain(key)
      else expect(Reflect.get(defaults, key), `${section}.${key}`).toEqual(written === '–' ? undefined : parse(written.slice(1, -1)))
    }
  })

  test('Its flows and datapoint types are those of the group objects.', () => {
    const written = objectNames.map((name) => {
      const { flows, datapoint } = groupObjects[name]
      return [`\`${name}\``, flows.join(', '), datapoint === 'time' || datapoint === 'current' ? `\`${datapoint}Type\`` : datapoint]
    })
    expect(documented.get('objects')?.map((cells) => cells.slice(0, 3))).toEqual(written)
  })

  test('Its example is a configuration without mistakes or warnings.', () => {
    expect(blocks('yaml').map(parseSite)).toEqual([expect.objectContaining({ config: expect.anything(), mistakes: [], warnings: [] })])
  })

  test('The mistake it shows is one that is told.', () => {
    for (const block of blocks('text')) expect(transcript).toContain(block)
    expect(blocks('text')).toHaveLength(1)
  })
})
