import { allMembers, type Command, type Order, type Site } from '../../core/index.ts'
import type { Happening } from '../happening.ts'
import { each, type Letters } from './letters.ts'

/** Every order a person can give, with the limit values worth a try. */
export const orders: readonly Order[] = [
  { type: 'start', idTag: null },
  { type: 'start', idTag: 'GOOD' },
  { type: 'stop' },
  { type: 'unlock' },
  { type: 'reset', hard: false },
  { type: 'reset', hard: true },
  { type: 'reserve', idTag: null },
  { type: 'reserve', idTag: 'GOOD' },
  { type: 'free' },
  { type: 'availability', operative: false },
  { type: 'availability', operative: true },
  ...[0, 4, 10, 16, 99, -1, 12.34].map((amperes) => ({ type: 'limit', amperes }) as const),
  { type: 'mode', mode: 'normal' },
  { type: 'mode', mode: 'fast' },
  { type: 'call', action: 'ClearCache', payload: {} },
  { type: 'call', action: 'ChangeAvailability', payload: { connectorId: 1, type: 'Inoperative' } },
  { type: 'call', action: 'ClearChargingProfile', payload: {} },
  { type: 'call', action: 'CancelReservation', payload: { reservationId: 1 } },
]

/** Someone at the panel gives an order to a connector. */
export function commands(connectors: readonly number[] = [1, 2], given: readonly Order[] = orders): Letters {
  return each(({ identity }, site) => {
    const id = unused(site)
    return connectors.flatMap((connector) => given.map((order): Happening =>
      ({ type: 'command', at: site.at, command: { id, source: 'panel', identity, connector, order, expiresAt: null } })))
  })
}

/** An id that no command under way has. */
function unused({ population }: Site): string {
  const used = new Set(allMembers(population).flatMap(({ errands, pending }) =>
    [...errands.map(({ command }) => command), ...(pending?.purpose.type === 'errand' ? [pending.purpose.command] : [])]))
  let n = 1
  while (used.has(`p${n}`)) n++
  return `p${n}`
}

/** A command under way comes for the second time. */
export const repeatedCommands = each(({ identity, errands }, { at }) => errands.slice(0, 1).map(({ command: id, source, connector, order }) =>
  ({ type: 'command', at, command: { id, source, identity, connector, order, expiresAt: null } })))

/** Commands for nobody, for the Charge Point as a whole, with a tag too long, or too late. */
export const oddCommands = each(({ identity }, site) => {
  const { at } = site
  const start: Order = { type: 'start', idTag: null }
  const usual: Command = { id: unused(site), source: 'panel', identity, connector: 1, order: start, expiresAt: null }
  const idTag = 'A-TAG-OF-MORE-THAN-TWENTY-CHARACTERS'
  const odd: readonly Command[] = [
    { ...usual, identity: 'NOBODY' },
    { ...usual, connector: 9 },
    { ...usual, connector: 0 },
    { ...usual, connector: 0, order: { type: 'reset', hard: false } },
    { ...usual, connector: 0, order: { type: 'call', action: 'GetLocalListVersion', payload: {} } },
    { ...usual, expiresAt: at - 1 },
    { ...usual, order: { type: 'start', idTag } },
    { ...usual, order: { type: 'reserve', idTag } },
  ]
  return odd.map((one) => ({ type: 'command', at, command: one }))
})
