import { orders } from '../alphabet/commands.ts'
import type { Socket } from './charger.ts'
import type { World } from './world.ts'

const identity = 'CP1'

/** Everything that people, drivers, chargers and fate can do in a world next. */
export function moves(world: World): readonly (() => void)[] {
  const charger = world.chargers.get(identity)
  if (!charger) return []
  return [
    ...charger.sockets.flatMap((socket) => [...driving(world, socket), ...asking(world, socket)]),
    () => world.hangUp(identity),
    () => world.dial(identity),
    () => world.dial(identity),
    () => charger.restart(),
    () => world.bus(false),
    () => world.bus(true),
    ...[50, 1_000, 7_000, 70_000, 11 * 60_000].map((ms) => () => world.pass(ms)),
    ...[50, 1_000, 7_000].map((ms) => () => world.pass(ms)),
  ]
}

function driving(world: World, socket: Socket): readonly (() => void)[] {
  const charger = world.chargers.get(identity)
  return [
    () => charger?.plug(socket, true),
    () => charger?.plug(socket, true),
    () => charger?.plug(socket, false),
    () => charger?.tap(socket, 'GOOD'),
    () => charger?.tap(socket, 'BAD'),
    () => charger?.measure(socket, 9.5),
    () => charger?.measure(socket, 16),
  ]
}

function asking(world: World, socket: Socket): readonly (() => void)[] {
  return orders.filter(({ type }) => type !== 'call').map((order) => () => world.order(identity, socket.id, order))
}

/** What fate can do to the machine the site runs on. */
export function blows(world: World): readonly (() => void)[] {
  return [
    () => world.restart(),
    () => world.flush(),
    () => world.failAt('unsaved'),
    ...[0, 1, 2, 3].map((count) => () => world.failAt(count)),
  ]
}
