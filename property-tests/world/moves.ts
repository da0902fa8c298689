import type { Order } from '../../core/index.ts'
import { orders } from '../alphabet/commands.ts'
import type { Socket } from './charger.ts'
import type { World } from './world.ts'

type Move = () => void

const identity = 'CP1'

/** What people wish for, and whether fate is cruel: then the machine the site runs on stops now and then. */
export interface Mood {
  readonly wishes: readonly Order[]
  readonly cruel: boolean
}

/** Every wish there is. */
export const allWishes: readonly Order[] = orders.filter(({ type }) => type !== 'call')

/** What drivers, people, the network, time and fate can do next, each as likely as the others. */
function movesIn(world: World, { wishes, cruel }: Mood): readonly (readonly Move[])[] {
  const sockets = world.chargers.get(identity)?.sockets ?? []
  const kinds = [
    sockets.flatMap((socket) => driving(world, socket)),
    sockets.flatMap(({ id }) => wishes.map((wish) => () => world.order(identity, id, wish))),
    [() => world.hangUp(identity), () => world.dial(identity), () => world.dial(identity), () => world.bus(false), () => world.bus(true)],
    [50, 1_000, 7_000, 70_000, 11 * 60_000].map((ms) => () => world.pass(ms)),
  ]
  return cruel ? [...kinds, blows(world)] : kinds
}

/** Makes the move that a number stands for. */
export function move(world: World, mood: Mood, pick: number): void {
  const kinds = movesIn(world, mood)
  const kind = kinds[pick % kinds.length] ?? []
  kind[Math.floor(pick / kinds.length) % kind.length]?.()
}

function driving(world: World, socket: Socket): readonly Move[] {
  const charger = world.chargers.get(identity)
  return [
    () => charger?.plug(socket, true),
    () => charger?.plug(socket, !socket.plugged),
    () => charger?.tap(socket, 'GOOD'),
    () => charger?.tap(socket, 'BAD'),
    () => charger?.measure(socket, 9.5),
    () => charger?.measure(socket, 16),
    () => charger?.restart(),
  ]
}

/** The machine the site runs on stops, now or in the midst of its next step; sometimes it had just saved all. */
function blows(world: World): readonly Move[] {
  return [() => world.restart(), () => world.flush(), () => world.failAt('unsaved'), ...[0, 1, 2, 3].map((count) => () => world.failAt(count))]
}
