import { findMember } from '../../core/index.ts'
import { ownIdTag } from '../../core/charge-point/charge-point.ts'
import { wantedAmperes } from '../../core/charge-point/limit.ts'
import { samePayload } from '../../core/knx/telegram.ts'
import { present } from '../laws/bus.ts'
import type { World } from './world.ts'

/** Everything in which the world is not as people want it, or the bus not as it was told; empty when all has converged. */
export function unconverged(world: World): readonly string[] {
  return [...world.chargers.keys()].flatMap((identity) => [...wishes(world, identity), ...books(world, identity)]).concat(bus(world))
}

/** What is wanted of each connector against what its charger really does. */
function wishes({ site, chargers }: World, identity: string): readonly string[] {
  const member = findMember(site().population, identity)
  if (!member) return [`${identity} is not there`]
  // What is scheduled waits for a driver.
  const underWay = member.errands.filter(({ stage }) => stage !== 'scheduled')
  const waiting = [...underWay.map(({ command, order }) => `${order.type} ${command} is still under way`), ...(member.pending ? [`${member.pending.action} is in flight`] : [])]
  return waiting.concat((chargers.get(identity)?.sockets ?? []).flatMap((socket) => {
    const connector = member.connectors.find(({ id }) => id === socket.id)
    if (!connector) return []
    const { wanted, reservation, transaction, report } = connector
    const wrong: readonly (readonly [string, unknown, unknown])[] = [
      ['limit', socket.limit, wantedAmperes(connector)],
      ['operative', socket.operative, wanted.operative ?? socket.operative],
      ['reservation', socket.reservation, reservation?.idTag ?? null],
      ['transaction', socket.transaction?.id ?? null, transaction?.id ?? null],
      ['status', socket.status, report.status],
      ['tag', socket.transaction?.idTag === 'BAD', false],
      ['paused', transaction || !wanted.paused, true],
    ]
    return wrong.flatMap(([what, is, should]) => (is === should || (what === 'paused' && is) ? [] : [`${identity}/${socket.id}: ${what} is ${String(is)}, not ${String(should)}`]))
  }))
}

/** Each transaction of a charger is in the books once, with the charger's own numbers. */
function books({ chargers, disk }: World, identity: string): readonly string[] {
  const sessions = chargers.get(identity)?.sessions ?? []
  const records = [...disk.books.values()].filter((record) => record.identity === identity)
  const wrong = sessions.flatMap(({ connector, startedAt, meterStart, meterStop, idTag }) => {
    const found = records.filter((record) =>
      record.connector === connector && record.meterStart === meterStart && record.startedAt === startedAt && record.idTag === idTag)
    const [record] = found
    if (found.length !== 1 || !record) return [`the transaction from ${meterStart} Wh is in the books ${found.length} times`]
    return (record.meterStop ?? undefined) === meterStop ? [] : [`the transaction from ${meterStart} Wh ends at ${record.meterStop}, not at ${meterStop} Wh`]
  })
  return records.length > sessions.length ? [...wrong, `${records.length} transactions of ${sessions.length} are in the books`] : wrong
}

/** Transactions that a start of ours has begun, and that were refused nevertheless. */
export function refusedOwn({ chargers }: World): readonly string[] {
  return [...chargers.values()].flatMap(({ sessions }) => sessions)
    .filter(({ idTag, verdict }) => idTag === ownIdTag && verdict !== undefined && verdict !== 'Accepted')
    .map(({ meterStart, verdict }) => `our own start at ${meterStart} Wh is ${String(verdict)}`)
}

/** What the bus was last told by each group object, where something is known. */
function bus({ site, told }: World): readonly string[] {
  return (site().config?.chargers ?? []).flatMap(({ objects }) => Object.entries(objects)).flatMap(([name, { send }]) => {
    const truths = send === undefined ? [] : present(site(), send)
    const last = send === undefined ? undefined : told.get(send)
    return truths.every((truth) => last !== undefined && samePayload(truth, last)) ? [] : [`${name}: the bus was told ${JSON.stringify(last)}, true is ${JSON.stringify(truths)}`]
  })
}
