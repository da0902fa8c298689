import { changes, type Changes, type Site } from '../../core/index.ts'
import { savedFirst } from '../laws/life.ts'
import { connectors, effect, members, state, type Mutant } from './edit.ts'

let ticks = 0

/** Whoever writes to a state writes past its type. */
function unlocked(site: Site): { at: number } {
  return site as { at: number }
}

/** A disk that takes wishes for what may come later. */
function lazyChanges(before: Site, after: Site): Changes {
  const { now, soon } = changes(before, after)
  return { now: [], soon: [...now, ...soon] }
}

/** Faults in the form of what a step takes and gives, and in what is kept. */
export const shapeMutants: readonly Mutant[] = [
  {
    title: 'writes into what it was given', law: 'A step leaves what it was given',
    mutate: (step) => (before, happening) => {
      unlocked(before).at = happening.at
      return step(before, happening)
    },
  },
  {
    title: 'throws at an empty text', law: 'No happening makes a step throw',
    mutate: (step) => (before, happening) => {
      if (happening.type === 'received' && happening.text === '') throw new RangeError('nothing there')
      return step(before, happening)
    },
  },
  { title: 'has a memory of its own', law: 'The same happening in the same state', mutate: state((after) => ({ ...after, nextCommand: after.nextCommand + (ticks++ % 3) })) },
  { title: 'keeps what JSON cannot keep', law: 'State and effects are JSON', mutate: state((after) => ({ ...after, bus: { ...after.bus, nextAt: Number.NaN } })) },
  { title: 'lets its clock go back', law: 'Time never runs backwards', mutate: state((after, _before, { at }) => (at < after.at ? { ...after, at } : after)) },
  {
    title: 'wants to be woken in the past', law: 'Time never runs backwards',
    mutate: state((after) => members(after, (member) => (member.pending ? { ...member, wakeAt: after.at - 1 } : member))),
  },
  {
    title: 'leaves for the next step what is due in this one', law: 'After every step a site is at rest',
    mutate: (step) => (before, happening) => {
      const [after, effects] = step(before, happening)
      const launched = effects.some((one) => one.type === 'send' && one.text.startsWith('[2,'))
      return launched && happening.type === 'tick' ? [{ ...before, at: after.at }, []] : [after, effects]
    },
  },
  {
    title: 'tells what it hears as it is', law: 'What people read has no control characters',
    mutate: effect((one, _after, _before, happening) => (one.type === 'note' && happening.type === 'received' ? [{ ...one, text: `${one.text}\u001b` }] : [one])),
  },
  {
    title: 'forgets what people want when it restarts', law: 'A restart keeps',
    mutate: state((after, _before, happening) => (happening.type === 'restart'
      ? connectors(after, (connector) => ({ ...connector, wanted: { ...connector.wanted, mode: 'normal', override: null } })) : after)),
  },
  {
    title: 'goes on with its commands after a restart', law: 'A restart keeps',
    mutate: state((after, before, happening) => (happening.type === 'restart'
      ? members(after, (member) => ({ ...member, errands: before.population.groups.flatMap((group) => group.members).find(({ identity }) => identity === member.identity)?.errands ?? [] })) : after)),
  },
  {
    title: 'counts its transactions from one again', law: 'A site that was written',
    mutate: state((after, before) => (after.nextTransaction === before.nextTransaction ? after : { ...after, nextTransaction: 1 })),
  },
  { title: 'saves wishes later', law: 'What people want, and what is reserved', mutate: (step) => step, faulty: savedFirst(lazyChanges) },
  {
    title: 'remembers every message', law: 'Nothing that is remembered grows',
    mutate: state((after, _before, happening) => (happening.type === 'received' || happening.type === 'telegram'
      ? members(after, (member) => (member.link ? { ...member, link: { ...member.link, asked: [...member.link.asked, ...Array.from({ length: 20 }, () => '')] } } : member)) : after)),
  },
]
