import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Order } from '../core/index.ts'
import { objectNames } from '../core/config/site-config.ts'
import { settings } from './settings.ts'
import type { Plan } from './small-site.ts'
import type { Character, Manner } from './world/charger.ts'
import { refusedOwn, unconverged } from './world/converged.ts'
import { allWishes } from './world/moves.ts'
import { settle, settled, worldOf } from './world/settled.ts'
import type { World } from './world/world.ts'

const hour = 3_600_000
const characters: fc.Arbitrary<Character> = fc.record({
  actsFirst: fc.boolean(), goesOn: fc.boolean(), showsFirst: fc.boolean(), ponders: fc.boolean(),
})
const picks = fc.array(fc.nat({ max: 1e6 }), { maxLength: 80, size: 'max' })

const only = (...types: readonly Order['type'][]): readonly Order[] => allWishes.filter(({ type }) => types.includes(type))

/** All but the one that tells every minute that time goes by. */
const objects = objectNames.filter((name) => name !== 'sessionDuration')

/** What people want; of few things, at one connector, it comes to more encounters. */
const themes: readonly { readonly title: string; readonly wishes: readonly Order[]; readonly plan: Plan }[] = [
  { title: 'anything', wishes: allWishes, plan: { objects } },
  { title: 'starts, stops and reservations', wishes: only('start', 'stop', 'reserve', 'free'), plan: { objects, connectors: [1] } },
  { title: 'limits, pauses and closures', wishes: only('limit', 'mode', 'availability', 'stop', 'start'), plan: { objects, connectors: [2] } },
]

function count(world: World, from: number, type: 'call' | 'transmit'): number {
  return world.log.filter(({ at, effect }) => at >= from && (type === 'call' ? effect.type === 'send' && effect.text.startsWith('[2,') : effect.type === type)).length
}

/** What happens after everything has been quiet for so long. */
function afterwards(world: World): number {
  const from = world.log.length
  world.pass(hour)
  return world.log.slice(from).filter(({ effect }) => effect.type === 'send' || effect.type === 'transmit').length
}

describe('With a charger that does as it is asked', () => {
  test.each(themes)('Whatever drivers and the network do while people want $title : all comes to what is wanted, then to rest.', ({ wishes, plan }) => {
    fc.assert(fc.property(characters, picks, (character, numbers) => {
      const world = settled(worldOf({ ...plan, startTags: ['GOOD'] }, { character }), { wishes, cruel: false }, numbers)
      expect([...unconverged(world), ...refusedOwn(world)]).toEqual([])
      expect(afterwards(world)).toBe(0)
    }), settings(60))
  })

  test.each(themes)('Wherever the machine stops while people want $title : all comes to what is wanted, booked once, then to rest.', ({ wishes, plan }) => {
    fc.assert(fc.property(characters, picks, (character, numbers) => {
      const world = settled(worldOf(plan, { character }), { wishes, cruel: true }, numbers)
      expect(unconverged(world)).toEqual([])
      expect(afterwards(world)).toBe(0)
    }), settings(60))
  })

  test('With a cycle each value is told once in a cycle, and nothing else.', () => {
    const world = settle(worldOf({ cycle: 5 }))
    const known = world.told.size
    const from = world.now()
    world.pass(hour)
    expect(known).toBeGreaterThan(8)
    expect([count(world, from, 'call'), count(world, from, 'transmit') / known]).toEqual([0, 12])
  })
})

const everything: readonly Order[] = [
  { type: 'mode', mode: 'fast' }, { type: 'reserve', idTag: null }, { type: 'availability', operative: false }, { type: 'unlock' },
  { type: 'reset', hard: false }, { type: 'start', idTag: null }, { type: 'stop' }, { type: 'limit', amperes: 12 },
]

describe('With a charger that does not', () => {
  test.each<{ manner: Manner; most: number }>([
    { manner: 'refusing', most: 250 },
    { manner: 'unable', most: 20 },
    { manner: 'silent', most: 60 },
  ])('One that is $manner gets no more than $most CALLs in the hour after people wanted everything of it.', ({ manner, most }) => {
    const world = worldOf({}, { character: { goesOn: true } })
    const charger = world.chargers.get('CP1')
    charger?.behave(manner)
    for (const socket of charger?.sockets ?? []) {
      charger?.plug(socket, true)
      charger?.tap(socket, 'BAD')
      for (const order of everything) world.order('CP1', socket.id, order)
    }
    const from = world.now()
    world.pass(hour)
    const calls = count(world, from, 'call')
    expect(calls).toBeGreaterThan(0)
    expect(calls).toBeLessThanOrEqual(most)
    expect(world.member('CP1')?.errands).toEqual([])
  })

  test('One whose states flap a thousand times a second is told of twenty times a second at most, ending with the true state.', () => {
    const world = worldOf({})
    const charger = world.chargers.get('CP1')
    const from = world.now()
    for (let i = 0; i < 5_000; i++) {
      for (const socket of charger?.sockets ?? []) charger?.flap(socket, i % 2 === 0 ? 'Charging' : 'SuspendedEV')
      for (const socket of charger?.sockets ?? []) charger?.measure(socket, i % 32)
      world.pass(1)
    }
    const seconds = (world.now() - from) / 1_000
    expect(count(world, from, 'transmit')).toBeLessThanOrEqual(20 * seconds + 1)
    expect(count(world, from, 'transmit')).toBeGreaterThan(10 * seconds)
    expect(count(world, from, 'call')).toBe(0)
    settle(world)
    expect(unconverged(world)).toEqual([])
  })

  test('One that boots again and again is not told its limits more often than their interval allows.', () => {
    const world = worldOf({})
    const from = world.now()
    for (let i = 0; i < 600; i++) {
      world.chargers.get('CP1')?.restart()
      world.pass(100)
    }
    const limits = world.log.filter(({ at, effect }) => at >= from && effect.type === 'send' && effect.text.includes('SetChargingProfile')).length
    const intervals = (world.now() - from) / 10_000
    expect(limits).toBeLessThanOrEqual(2 * (intervals + 1))
    settle(world)
    expect(unconverged(world)).toEqual([])
  })
})
