import { connectorOf, first, only } from './facts.ts'
import type { Edge, Law, Sent } from './law.ts'

interface Asked {
  readonly connector: number
  readonly unit: string
  readonly limit: number
}

/** What a SetChargingProfile asks for. */
function asked({ body }: Sent): Asked {
  // A frame that is one of its schema; a law of its own says so.
  const { connectorId, csChargingProfiles: { chargingProfileId, chargingSchedule: { chargingRateUnit, chargingSchedulePeriod } } } = body as {
    connectorId: number
    csChargingProfiles: { chargingProfileId: number; chargingSchedule: { chargingRateUnit: string; chargingSchedulePeriod: { limit: number }[] } }
  }
  return { connector: connectorId || chargingProfileId, unit: chargingRateUnit, limit: chargingSchedulePeriod[0]?.limit ?? Number.NaN }
}

function amperes(edge: Edge, frame: Sent): { readonly amperes: number; readonly fuse: number } {
  const { connector, unit, limit } = asked(frame)
  const charger = connectorOf(edge.after, frame.identity, connector)?.charger
  return { amperes: unit === 'W' ? limit / 230 / (charger?.phases ?? 1) : limit, fuse: charger?.fuseCurrent ?? 0 }
}

/** The answer to the CALL in flight that a step took in: its status word. */
function answered(edge: Edge): unknown {
  const { chargePoint, elements } = edge.heard ?? {}
  if (!chargePoint?.pending || elements?.[0] !== 3 || elements[1] !== chargePoint.pending.id) return undefined
  return (elements[2] as { readonly status?: unknown } | null)?.status
}

/** What may be asked of a charger, and when. */
export const limitLaws: readonly Law[] = [
  {
    title: 'A limit is 0 A, or from 6 A up to the fuse.',
    check: (edge) => first(edge.calls.filter(({ action }) => action === 'SetChargingProfile'), (frame) => {
      const { amperes: value, fuse } = amperes(edge, frame)
      return !(value === 0 || (value >= 6 - 1e-6 && value <= fuse + 1e-6)) && `${value} A, with a fuse of ${fuse} A`
    }),
  },
  {
    title: 'A limit or an availability counts as accepted only by the word of the charger.',
    check: (edge) => first(edge.changedConnectors, ({ chargePoint, before, after }) => {
      const { pending } = chargePoint.before
      const word = answered(edge)
      if (after.limit.accepted !== null && after.limit.accepted !== before?.limit.accepted) {
        const said = pending?.purpose.type === 'limit' && pending.purpose.amperes === after.limit.accepted && word === 'Accepted'
        if (!said) return `${after.limit.accepted} A`
      }
      if (after.availability.accepted !== null && after.availability.accepted !== before?.availability.accepted) {
        const said = pending?.purpose.type === 'availability' && pending.purpose.operative === after.availability.accepted
        if (!said || (word !== 'Accepted' && word !== 'Scheduled')) return `operative: ${after.availability.accepted}`
      }
      return after.reservation?.stage === 'held' && before?.reservation?.stage !== 'held'
        && !(pending?.purpose.type === 'reserve' && word === 'Accepted') && 'a reservation'
    }),
  },
  {
    title: 'No start goes to a connector that is reserved for someone else, unavailable, faulted or wanted inoperative.',
    check: (edge) => first(edge.calls.filter(({ action }) => action === 'RemoteStartTransaction'), ({ identity, body }) => {
      const { connectorId, idTag } = body as { readonly connectorId?: unknown; readonly idTag?: unknown }
      const connector = connectorOf(edge.after, identity, connectorId)
      if (!connector) return `there is no connector ${String(connectorId)}`
      const { report: { status }, reservation, wanted } = connector
      if (status === 'Unavailable' || status === 'Faulted') return `it is ${status}`
      if (wanted.operative === false) return 'it is wanted inoperative'
      const own = reservation?.idTag.toUpperCase() === String(idTag).toUpperCase()
      return !own && (status === 'Reserved' || reservation !== null) && `it is reserved for ${reservation?.idTag}`
    }),
  },
  {
    title: 'A pause ends with what it paused.',
    check: (edge) => first(edge.changedConnectors, ({ chargePoint, after: { id, wanted, transaction, report } }) =>
      wanted.paused && !transaction && !['Charging', 'SuspendedEV', 'SuspendedEVSE'].includes(report.status ?? '')
      && !chargePoint.after.errands.some(({ connector, order }) => connector === id && order.type === 'stop')
      && `connector ${id} is ${report.status} without a transaction and held at 0 A`),
  },
]

/** How far the command of a level is, by the stage of its errand; what was scheduled has been accepted. */
const ranks: { readonly [stage: string]: number } = { queued: 0, sent: 1, scheduled: 2, accepted: 2 }
const levels = new Set(['availability', 'reserve', 'free', 'limit', 'mode'])

const ends = new Set(['observed', 'rejected', 'expired', 'superseded', 'uncertain'])

/** How commands are followed through. */
export const commandLaws: readonly Law[] = [
  {
    title: 'A command that came in is under way, or its end was told; never both.',
    check(edge) {
      const { happening } = edge
      if (happening.type !== 'command') return undefined
      const { id, identity } = happening.command
      const told = only(edge, 'progress').filter(({ command, stage }) => command === id && ends.has(stage)).length
      const member = edge.after.population.groups.flatMap(({ members }) => members).find((one) => one.identity === identity)
      const underWay = member?.errands.some(({ command }) => command === id) ? 1 : 0
      return told + underWay === 1 ? undefined : `told ${told} times, under way ${underWay}`
    },
  },
  {
    title: 'Of every command that is no longer under way exactly one end is told.',
    check(edge) {
      if (edge.happening.type === 'restart') return undefined
      const members = edge.before.population === edge.after.population ? [] : edge.before.population.groups.flatMap(({ members: all }) => all)
      return first(members, (before) => {
        const after = edge.after.population.groups.flatMap(({ members: all }) => all).find(({ identity }) => identity === before.identity)
        return before === after ? undefined : first(before.errands, ({ command, stage }) => {
          const left = after?.errands.find((errand) => errand.command === command)
          const told = only(edge, 'progress').filter((progress) => progress.command === command && ends.has(progress.stage)).length
          const due = stage !== 'calledOff' && (!left || left.stage === 'calledOff') ? 1 : 0
          return told !== due && `${command}: ${told} ends told, ${due} due`
        })
      })
    },
  },
  {
    title: 'A command that says what shall be so goes forward only, and each stage it comes to is told once.',
    check: (edge) => first(edge.changed, ({ before, after }) => first(after.errands, ({ command, order, stage }) => {
      if (!levels.has(order.type)) return undefined
      const from = ranks[before.errands.find((errand) => errand.command === command)?.stage ?? 'queued'] ?? 0
      const to = ranks[stage] ?? 0
      const told = only(edge, 'progress').filter((progress) => progress.command === command).map((progress) => progress.stage).join()
      const due = to === from ? '' : to === 1 ? 'sent' : 'accepted'
      return (to < from || told !== due) && `${command}: from ${from} to ${to}, told: ${told}`
    })),
  },
  {
    title: 'A change of availability is observed when the charger shows it.',
    check: (edge) => first(edge.changed, ({ before, after }) => first(before.errands, ({ command, connector, order }) => {
      if (order.type !== 'availability' || !only(edge, 'progress').some((one) => one.command === command && one.stage === 'observed')) return undefined
      const status = after.connectors.find(({ id }) => id === connector)?.report.status
      return (status === null || (status === 'Unavailable') === order.operative) && `${order.operative ? 'operative' : 'inoperative'}: it is ${status}`
    })),
  },
]
