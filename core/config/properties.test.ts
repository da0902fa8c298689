import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupObjects } from '../knx/group-object.ts'
import { readConfig } from './check.ts'
import { objectNames, type ObjectName } from './site-config.ts'
import { writeConfig } from './write.ts'

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const word = fc.stringMatching(/^[A-Za-z0-9*ä:]{1,20}$/)
const tag = fc.stringMatching(/^[0-9A-F]{2,14}$/)

// Every flow of every object of every charger has an address of its own: sharing is for the unit tests.
function objects(block: number): fc.Arbitrary<object> {
  const address = (name: ObjectName, flow: number) => `${block + 1}/${flow}/${objectNames.indexOf(name)}`
  const of = (name: ObjectName) => {
    const pair = Object.fromEntries(groupObjects[name].flows.map((flow, index) => [flow, fc.constantFrom(address(name, index), null)]))
    return maybe(fc.oneof(fc.constant(address(name, 0)), fc.record(pair, { requiredKeys: [] })))
  }
  return fc.record(Object.fromEntries(objectNames.map((name) => [name, of(name)])), { requiredKeys: [] })
}

function charger(index: number): fc.Arbitrary<object> {
  return fc.record({
    name: word,
    identity: word.map((text) => `${text}${index}`),
    connector: maybe(fc.integer({ min: 1, max: 65_535 })),
    password: maybe(fc.oneof(word, fc.constant(''), fc.constant(null))),
    normalCurrent: maybe(fc.double({ min: 6, max: 16, noNaN: true })),
    fastCurrent: maybe(fc.integer({ min: 16, max: 32 })),
    fuseCurrent: maybe(fc.constantFrom(32, 63, 80)),
    phases: maybe(fc.constantFrom(1, 2, 3)),
    stopBy: maybe(fc.constantFrom('auto', 'transaction', 'limit')),
    setUp: maybe(fc.boolean()),
    localList: maybe(fc.boolean()),
    timeType: maybe(fc.constantFrom('DPT 10.001', 'DPT 19.001')),
    currentType: maybe(fc.constantFrom('DPT 14.019', 'DPT 9.021', 'DPT 9.021 A')),
    startTags: maybe(fc.array(fc.oneof(tag, fc.constant('*')))),
    managedTags: maybe(fc.array(tag)),
    objects: maybe(objects(index)),
  }, { requiredKeys: ['name', 'identity'] })
}

const expires = fc.date({ min: new Date('1000-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }).map((date) => date.toISOString())
const knownTag = fc.record({ tag, name: maybe(word), parent: maybe(tag), blocked: maybe(fc.boolean()), expires: maybe(expires) })
const ocpp = fc.record({
  port: fc.integer({ min: 9_000, max: 65_535 }), secure: maybe(fc.boolean()), callTimeout: maybe(fc.integer({ min: 5, max: 600 })),
})
const knx = fc.record({
  gateway: maybe(fc.constantFrom('none', 'virtual', '10.0.0.1')), telegramsPerSecond: maybe(fc.integer({ min: 1, max: 50 })),
})
const valid = fc.record({
  site: maybe(fc.record({ name: maybe(word), timeZone: maybe(fc.constantFrom('UTC', 'Europe/Amsterdam')) })),
  ocpp: maybe(ocpp),
  knx: maybe(knx),
  panel: maybe(fc.record({ port: fc.integer({ min: 1, max: 8_015 }) })),
  tags: maybe(fc.uniqueArray(knownTag, { selector: (known) => known.tag })),
  chargers: fc.integer({ min: 0, max: 4 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => charger(index)))),
}, { requiredKeys: [] })

// A valid configuration in which one value, anywhere, is replaced by anything.
const broken = fc.tuple(valid, fc.nat(), fc.jsonValue()).map(([config, pick, anything]) => {
  const copy: unknown = JSON.parse(JSON.stringify(config))
  const spots: (() => void)[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(value)) {
      spots.push(() => void Reflect.set(value, key, anything))
      walk(Reflect.get(value, key))
    }
  }
  walk(copy)
  spots[pick % Math.max(1, spots.length)]?.()
  return copy
})

function isTotal(input: unknown): void {
  const reading = readConfig(input)
  expect(reading.config === undefined).toBe(reading.mistakes.length > 0)
  for (const { what, right } of reading.mistakes) expect([what, right]).not.toContain('')
}

describe('Every input', () => {
  test('Whatever JSON it is: there is a configuration, or at least one mistake, and never both.', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), isTotal), { numRuns: 500 })
    fc.assert(fc.property(broken, isTotal), { numRuns: 1_000 })
  })

  test('Reading does not change the input, and reading again tells the same.', () => {
    fc.assert(fc.property(broken, (input) => {
      const before = JSON.stringify(input)
      expect(readConfig(input)).toEqual(readConfig(input))
      expect(JSON.stringify(input)).toBe(before)
    }), { numRuns: 200 })
  })
})

describe('Every valid configuration', () => {
  test('It is read without mistakes, and is JSON.', () => {
    fc.assert(fc.property(valid, (input) => {
      const { config, mistakes } = readConfig(input)
      expect(mistakes).toEqual([])
      expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config)
    }), { numRuns: 300 })
  })

  test('Written as people write it, it is read as the same.', () => {
    fc.assert(fc.property(valid, (input) => {
      const { config } = readConfig(input)
      if (config === undefined) throw new Error('valid is not valid')
      expect(readConfig(JSON.parse(JSON.stringify(writeConfig(config)))).config).toStrictEqual(config)
    }), { numRuns: 300 })
  })
})
