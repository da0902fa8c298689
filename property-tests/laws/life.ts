import { allKeys, allMembers, changes, findMember, load, revive, rowOf, type ChargePoint, type Connector, type Site } from '../../core/index.ts'
import { registrationOf, registrations } from '../../core/charge-point/registration.ts'
import { first, only, request } from './facts.ts'
import { difference } from './json.ts'
import type { Law } from './law.ts'

/** What must be as it was after a restart. */
function lasting({ identity, registered, withheld, security, notifications, profile, recent, connectors, localList: { held, version } }: ChargePoint) {
  return { identity, registered, withheld, security: { ...security, signing: null }, notifications, profile, recent, held, version, connectors: connectors.map(({ id, transaction, last, wanted, reservation }) => ({ id, transaction, last, wanted, reservation })) }
}

/**
 * What can be compared after reading: the books come back in the order of their numbers, who was turned away is forgotten, and of
 * what ended the latest is the last, whether it was told at once or out of a queue.
 */
function readable(site: Site) {
  const members = allMembers(site.population).map((member) => ({
    ...member,
    recent: member.recent.toSorted((a, b) => a.serial - b.serial),
    connectors: member.connectors.map((connector) => ({ ...connector, last: latestEnd(member, connector) })),
  }))
  return { ...site, at: 0, strangers: [], population: members }
}

function latestEnd({ recent }: ChargePoint, { id, last }: Connector): number {
  return Math.max(last?.endedAt ?? 0, ...recent.map(({ connector, endedAt }) => (connector === id ? endedAt ?? 0 : 0)))
}

/** What a list in the state may hold at most. */
const bounds = { errands: 32, connectors: 70, recent: 80, asked: 140, keysDue: 12, unsupported: 41, supported: 40, lessons: 5, measurands: 64, readonlyKeys: 40, unknownKeys: 20, strangers: 64, securityEvents: 32, dataTransfers: 16 } as const

/** The law about what is to be saved at once, given what says so. */
export function savedFirst(changesOf: typeof changes): Law {
  return {
    title: 'What people want, and what is reserved, or agreed about security, is to be saved before anything leaves.',
    check(edge) {
      const { now } = changesOf(edge.before, edge.after)
      const unsafe = first(edge.changed, ({ before, after }) =>
        (before.security !== after.security || before.withheld !== after.withheld) && !now.includes(`charge-point/${after.identity}`) && `the security of ${after.identity}`)
      return unsafe ?? first(edge.changedConnectors, ({ chargePoint, before, after }) =>
        (before?.wanted !== after.wanted || before.reservation !== after.reservation) && !now.includes(`charge-point/${chargePoint.after.identity}`)
        && `what is wanted of ${chargePoint.after.identity}`)
    },
  }
}

/** How a Charge Point comes, stays and goes, and what a site keeps. */
export const lifeLaws: readonly Law[] = [
  {
    title: 'Until its boot is accepted a Charge Point gets errors, and is asked for nothing but its boot, unless it is pending.',
    check(edge) {
      const { chargePoint, elements } = edge.heard ?? {}
      if (chargePoint && !chargePoint.registered && chargePoint.withheld !== 'Pending' && elements?.[2] !== 'BootNotification') {
        const fine = first(edge.answers, ({ type, text }) => type === 3 && text)
        if (fine !== undefined) return fine
      }
      return first(edge.calls, ({ identity, text, body }) => {
        const member = allMembers(edge.after.population).find((one) => one.identity === identity)
        return !member?.registered && member?.withheld !== 'Pending' && JSON.stringify(body) !== '{"requestedMessage":"BootNotification"}' && text
      })
    },
  },
  {
    title: 'The newest connection wins and the one before is closed; what comes of older ones changes nothing.',
    check(edge) {
      const { before, happening } = edge
      if (happening.type === 'opened') {
        const pair = edge.changed.find(({ after }) => after.identity === happening.identity)
        if (pair?.after.link?.connection !== happening.connection) return 'it did not win'
        const closed = only(edge, 'close').map(({ connection }) => connection).join()
        return closed === (pair.before.link?.connection ?? '') ? undefined : `closed: ${closed}`
      }
      if (happening.type !== 'closed' && happening.type !== 'received') return undefined
      const member = allMembers(before.population).find(({ identity }) => identity === happening.identity)
      if (member?.link?.connection === happening.connection) return undefined
      return edge.effects.length > 0 ? JSON.stringify(edge.effects[0]) : difference(before.population, edge.after.population)
    },
  },
  {
    title: 'What happens to one Charge Point changes no other.',
    check(edge) {
      const { happening } = edge
      if (!('identity' in happening)) return undefined
      return first(edge.changed, ({ after }) => after.identity !== happening.identity && `${after.identity} was changed`)
    },
  },
  {
    title: 'A restart keeps transactions, wishes, reservations and books, forgets what was under way, and asks for nothing.',
    check(edge) {
      if (edge.happening.type !== 'restart') return undefined
      const kept = difference(allMembers(edge.before.population).map(lasting), allMembers(edge.after.population).map(lasting))
      const asked = edge.effects.find(({ type }) => type === 'send' || type === 'transmit')
      const left = allMembers(edge.after.population).find(({ errands, pending, link }) => errands.length > 0 || pending || link)
      return kept ?? (asked ? JSON.stringify(asked) : left && `${left.identity} still has something under way`)
    },
  },
  {
    title: 'A site that was written as rows and books and read again is the site that was there.',
    check({ before, happening }) {
      if (happening.type !== 'restart') return undefined
      const records = allMembers(before.population).flatMap(({ recent }) => recent)
      const { site, unreadable } = load(allKeys(before).flatMap((key) => rowOf(before, key) ?? []), records, 7)
      if (unreadable.length > 0) return `unreadable: ${unreadable.join()}`
      return difference(readable(revive(site)), readable(revive(before)))
    },
  },
  savedFirst(changes),
  {
    title: 'Nothing that is remembered grows without bound.',
    check: (edge) => first(edge.changed, ({ after: { errands, connectors, recent, link, profile, notifications: { securityEvents, dataTransfers } } }) => {
      const sizes = { ...profile, errands, connectors, recent, asked: link?.asked ?? [], keysDue: link?.keysDue ?? [], strangers: edge.after.strangers, securityEvents, dataTransfers }
      // The keys of the table are those of the sizes.
      return first(Object.keys(bounds) as (keyof typeof bounds)[], (name) => sizes[name].length > bounds[name] && `${sizes[name].length} ${name}`)
    }),
  },
  {
    title: 'A boot is answered as the configuration wants, and what the Charge Point had accepted before it must accept again.',
    check(edge) {
      const boot = request(edge, 'BootNotification')
      if (boot && edge.answers[0]?.type !== 3) return undefined
      const member = boot && findMember(edge.after.population, boot.chargePoint.identity)
      const status = member && registrations[registrationOf(member)].status
      if (member && !edge.answers[0]?.text.includes(`"status":"${status}"`)) return `${edge.answers[0]?.text}, but ${status} is wanted`
      return first(member?.connectors ?? [], ({ limit, availability, reservation }) =>
        (limit.accepted !== null || availability.accepted !== null || reservation?.stage === 'held') && JSON.stringify({ limit, availability, reservation }))
    },
  },
]
