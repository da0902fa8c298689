import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reduce, type Site } from '../core/index.ts'
import { happenings, texts } from './arbitrary.ts'
import { ready, charging, surroundings } from './expeditions.ts'
import { begin, step, type Happening } from './happening.ts'
import { laws } from './laws.ts'
import { longLaws } from './laws/long.ts'
import { run } from './run.ts'
import { settings } from './settings.ts'
import { smallSite } from './small-site.ts'
import { story, walk } from './walk.ts'

const numbers = fc.array(fc.nat({ max: 1e8 }), { maxLength: 500, size: 'max' })

describe('Whatever happens', () => {
  test.each([
    ['one Charge Point of two connectors', begin(smallSite()), 60],
    ['two Charge Points of two connectors', begin(smallSite({ identities: ['CP1', 'CP2'] })), 60],
    ['one that stands ready', ready({}, 'Core,SmartCharging'), 60],
  ])('Every law holds on every step of long runs of %s.', (_title, from: Site, runs) => {
    fc.assert(fc.property(numbers, (picks) => {
      const { path, breach } = run({ step, from, laws, longLaws }, picks)
      if (breach) throw new Error(story(breach, path))
    }), settings(runs))
  })

  test.each([...charging, ...surroundings])('In long runs of $title holds what holds for a run as a whole.', ({ from, letters }) => {
    const choose = (site: Site, pick: number): Happening | undefined => {
      const choices = letters(site)
      return choices[pick % choices.length]
    }
    fc.assert(fc.property(numbers, (picks) => {
      const { path, breach } = run({ step, from, laws: [], longLaws, choose }, picks)
      if (breach) throw new Error(story(breach, path))
    }), settings(12))
  })

  test('Any text on a link is taken, and keeps every law.', () => {
    const site = ready({}, 'Core,SmartCharging')
    fc.assert(fc.property(texts(site), (text) => {
      const walked = walk(step, laws, site, { type: 'received', at: site.at, identity: 'CP1', connection: 'a', text })
      if (!walked.ok) throw new Error(`${walked.breach.title}: ${walked.breach.complaint}`)
    }), settings(1_500))
  })

  test('Any event, with anything in it, is taken.', () => {
    fc.assert(fc.property(fc.array(happenings, { maxLength: 20 }), (events) => {
      const end = events.reduce((site, event) => reduce(site, event)[0], ready({}))
      expect(() => JSON.stringify(end)).not.toThrow()
    }), settings(300))
  })
})
