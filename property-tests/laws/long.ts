import { first, only } from './facts.ts'
import type { Edge, LongLaw } from './law.ts'
import { refusedOnce } from './set-up.ts'

const ends = new Set(['observed', 'rejected', 'expired', 'superseded', 'uncertain'])

/** Remembers what has been, and says what comes for the second time. */
function twice(what: (edge: Edge) => readonly string[]): LongLaw['begin'] {
  return () => {
    const seen = new Set<string>()
    return (edge) => first(what(edge), (one) => {
      const again = seen.has(one)
      seen.add(one)
      return again && `${one} again`
    })
  }
}

/** What holds for a run as a whole, over its restarts. */
export const longLaws: readonly LongLaw[] = [
  refusedOnce,
  { title: 'No id of a CALL is ever used again.', begin: twice(({ calls }) => calls.map(({ identity, id }) => `${identity} ${id}`)) },
  {
    title: 'No two transactions of a site have the same id.',
    begin: twice((edge) => only(edge, 'book').filter(({ transaction }) => transaction.endedAt === null).map(({ transaction }) => `${transaction.id}`)),
  },
  { title: 'A transaction ends once.', begin: twice((edge) => only(edge, 'book').filter(({ transaction }) => transaction.endedAt !== null).map(({ transaction }) => `${transaction.id}`)) },
  { title: 'A command has one end.', begin: twice((edge) => only(edge, 'progress').filter(({ stage }) => ends.has(stage)).map(({ command }) => command)) },
  {
    title: 'A command is sent once, a start or a stop once more at most.',
    begin() {
      const sends = new Map<string, number>()
      return (edge) => first(edge.calls, ({ identity, action }) => {
        const purpose = edge.after.population.groups.flatMap(({ members }) => members).find((member) => member.identity === identity)?.pending?.purpose
        if (purpose?.type !== 'errand') return undefined
        const count = (sends.get(purpose.command) ?? 0) + 1
        sends.set(purpose.command, count)
        const most = action.startsWith('Remote') ? 2 : 1
        return count > most && `${action} for ${purpose.command}, ${count} times`
      })
    },
  },
  {
    title: 'Between two telegrams there is the time that the budget of the bus gives each.',
    begin() {
      let last = -Infinity
      return (edge) => {
        // A machine takes longer than that to start.
        if (edge.happening.type === 'restart') last = -Infinity
        if (only(edge, 'transmit').length === 0) return undefined
        const gap = edge.after.at - last
        last = edge.after.at
        return gap < 1_000 / (edge.after.config?.knx.telegramsPerSecond ?? 20) - 1e-6 ? `only ${gap} ms` : undefined
      }
    },
  },
  {
    title: 'A reservation that is held is held for the tag that was accepted.',
    begin() {
      const asked = new Map<string, string>()
      return (edge) => {
        const wrong = first(edge.changedConnectors, ({ chargePoint: { after: { identity } }, before, after: { id, reservation } }) => {
          const accepted = before?.reservation?.stage !== 'held' && reservation?.stage === 'held'
          const tag = asked.get(`${identity}/${id}`)
          return accepted && tag !== reservation.idTag && `held for ${reservation.idTag}, accepted for ${tag}`
        })
        for (const { identity, action, body } of edge.calls) {
          if (action !== 'ReserveNow') continue
          // A frame that is one of its schema; a law says so.
          const { connectorId, idTag } = body as { readonly connectorId: number; readonly idTag: string }
          asked.set(`${identity}/${connectorId}`, idTag)
        }
        return wrong
      }
    },
  },
]
