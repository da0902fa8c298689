import { laws } from '../laws.ts'
import { smallSite, type Plan } from '../small-site.ts'
import { move, type Mood } from './moves.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** The only Charge Point of these worlds. */
const identity = 'CP1'
const thirdOfAnHour = 1_200_000

/** A world whose Charge Point has been there for a while; every law is checked on every step. */
export function worldOf(plan: Plan, options: WorldOptions = {}): World {
  const world = createWorld(smallSite(plan), { laws, ...options })
  world.dial(identity, true)
  world.pass(20_000)
  return world
}

/** Everything is connected and nobody does anything any more; twice, because the first connection may end with the machine. */
export function settle(world: World): World {
  for (let again = 0; again < 2; again++) {
    world.bus(true)
    world.dial(identity)
    world.pass(thirdOfAnHour)
  }
  return world
}

/** The world after moves that numbers stand for, when all has settled. */
export function settled(world: World, mood: Mood, picks: readonly number[]): World {
  for (const pick of picks) move(world, mood, pick)
  return settle(world)
}
