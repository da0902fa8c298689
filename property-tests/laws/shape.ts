import { allMembers, reduce, wakeAt } from '../../core/index.ts'
import { first, only } from './facts.ts'
import { difference, notJson } from './json.ts'
import type { Law } from './law.ts'

/** What the walker sees for itself: it freezes what goes in, and catches what is thrown. */
export const leavesArguments = 'A step leaves what it was given as it was.'
export const neverThrows = 'No happening makes a step throw.'

/** Everything a host can see of controls and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** What every step owes its host, whatever it is about. */
export const shapeLaws: readonly Law[] = [
  {
    title: 'The same happening in the same state always comes to the same.',
    check({ after, effects, again }) {
      const [site, same] = again()
      return difference(after, site, 'site') ?? difference(effects, same, 'effects')
    },
  },
  {
    title: 'State and effects are JSON: they are the same once written and read.',
    check: ({ before, after, effects }) => notJson(after, before, 'site') ?? notJson(effects, [], 'effects'),
  },
  {
    title: 'Time never runs backwards, and the next deadline is later than now.',
    check({ before, after }) {
      if (after.at < before.at) return `it is ${after.at} after ${before.at}`
      const next = wakeAt(after)
      return next !== undefined && !(next > after.at) ? `the next deadline is ${next - after.at} ms from now` : undefined
    },
  },
  {
    title: 'After every step a site is at rest: what changes nothing brings nothing.',
    check: ({ after }) => first(allMembers(after.population), ({ identity }) => {
      const [site, effects] = reduce(after, { type: 'closed', at: after.at, identity, connection: 'never', code: 1000, reason: '' })
      return effects.length > 0 ? `it brings ${JSON.stringify(effects[0])}` : difference(after, site)
    }),
  },
  {
    title: 'What people read has no control characters in it.',
    check: (edge) =>
      first(only(edge, 'note'), ({ text }) => unprintable.test(text) && `note ${JSON.stringify(text)}`)
      ?? first(only(edge, 'progress'), ({ reason }) => unprintable.test(reason) && `progress ${JSON.stringify(reason)}`),
  },
]
