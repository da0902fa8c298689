import { allMembers, findMember, type ChargePoint } from '../../../core/index.ts'
import type { Accounts } from '../access/accounts.ts'
import { may } from '../access/caller.ts'
import { configuredMembers, findConfigured } from '../configured.ts'
import type { Live } from '../live/live.ts'
import type { SitePort } from '../port.ts'
import { refuse, type Handlers, type Refused } from '../reply.ts'
import { viewChargePoint, viewChargePointDetail, viewChargersOf, viewSession, viewSite } from '../views.ts'

type Names = 'site' | 'chargers' | 'charger' | 'chargePoints' | 'chargePoint' | 'transactions' | 'tags' | 'events' | 'health' | 'ca'

/** What is. */
export function stateHandlers(port: SitePort, accounts: Accounts, live: Live): Pick<Handlers, Names> {
  const members = () => allMembers(port.site().population)
  return {
    health: () => ({ ok: true, since: port.since }),
    async ca() {
      const pem = await port.rootCertificate()
      if (pem === undefined) return refuse(404, 'there is no root certificate', '/api/ca.pem', 'it is made when ocpp.secure is true')
      return new Response(pem, { headers: { 'Content-Type': 'application/x-pem-file', 'Content-Disposition': 'attachment; filename="wallbus-ca.pem"' } })
    },
    site: () => viewSite(port),
    chargers: () => members().flatMap((member) => viewChargersOf(member, port.now(), port.site())),
    charger({ params: { identity, connector } }) {
      const member = findMember(port.site().population, identity)
      const view = member && viewChargersOf(member, port.now(), port.site()).find((one) => one.connector === connector)
      return view ?? noCharger(identity, connector)
    },
    chargePoints: () => configuredMembers(port.site()).map(viewChargePoint),
    chargePoint: ({ params: { identity } }) => withMember(port, identity, viewChargePointDetail),
    transactions: ({ params: { identity }, query: { limit } }) =>
      withMember(port, identity, async () => (await port.sessions({ identity, limit })).sessions.map((record) => viewSession(record, port.site()))),
    tags: () => port.site().config?.tags ?? [],
    events({ query, caller }) {
      if (query.frames !== undefined && !may(caller, 'administer')) return refuse(403, 'frames are for administrators', 'frames', 'leave it out, or log in as an administrator')
      const isGood = () => 'key' in caller && accounts.isGood(caller.key, port.now())
      const stream = live.open({ telegrams: query.telegrams === 'true' && may(caller, 'administer'), frames: query.frames, isGood })
      if (!stream) return { ...refuse(503, 'too many watch already', '/api/events', 'close another page, and try again'), headers: { 'Retry-After': '10' } }
      return new Response(stream, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } })
    },
  }
}

export function noCharger(identity: string, connector: number): Refused {
  return refuse(404, `no charger is configured as ${identity}/${connector}`, 'identity', 'GET /api/chargers lists them')
}

/** What is true of a Charge Point, if one of this identity is configured. */
export function withMember<Answer>(port: SitePort, identity: string, answer: (member: ChargePoint) => Answer): Answer | Refused {
  const member = findConfigured(port.site(), identity)
  return member ? answer(member) : noChargePoint(port, identity)
}

export function noChargePoint(port: SitePort, identity: string): Refused {
  if (!findMember(port.site().population, identity)) return refuse(404, `there is no Charge Point ${identity}`, 'identity', 'GET /api/charge-points lists them')
  return refuse(404, `the Charge Point ${identity} is not configured any more`, 'identity', 'its sessions are in GET /api/sessions; to use it again, add it to the configuration')
}
