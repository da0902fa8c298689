import { allMembers, wakeAt, type ChargePoint, type Connector, type Site } from '../core/index.ts'
import type { Errand } from '../core/charge-point/charge-point.ts'
import { courtesyEnds } from '../core/charge-point/discovery.ts'
import { wantedAmperes } from '../core/charge-point/limit.ts'
import { truthOf } from '../core/charge-point/project.ts'
import { objectNames } from '../core/config/site-config.ts'

/**
 * Two sites with the same key behave the same as far as laws can tell. Clocks become what they are compared with (over or not),
 * counters and ids go, numbers become what they are compared with; only repetitions within a bound are told apart.
 */
export function stateKey(site: Site): string {
  const { bus, config } = site
  const flight = bus.flight && `${bus.flight.identity}${bus.flight.connector}${bus.flight.name}${truthNow(site) === bus.flight.value}`
  return [
    config?.knx.cycle, config?.chargers.length, bus.up, flight, site.at < bus.nextAt, Math.min(bus.failures, 1),
    ...allMembers(site.population).map((member) => memberKey(member, site)),
    nextOf(site),
  ].join('|')
}

/** What the next tick is about. */
function nextOf(site: Site): string {
  const at = wakeAt(site)
  if (at === undefined) return ''
  const due = allMembers(site.population).filter((member) => member.wakeAt === at).flatMap((member) => dueIn(member, at))
  return due.join()
}

function dueIn({ pending, errands, connectors, offlineSince, link }: ChargePoint, at: number): readonly string[] {
  const due: string[] = []
  if (pending?.expiresAt === at) due.push('call')
  if (offlineSince !== null && offlineSince + 60_000 === at) due.push('absent')
  if (link && (courtesyEnds(link) === at || link.since + 30_000 === at)) due.push('link')
  errands.forEach((errand) => {
    if (errand.expiresAt === at) due.push(`x${errand.order.type}`)
    if (errand.restsUntil === at) due.push(`r${errand.order.type}`)
  })
  connectors.forEach(({ id, limit, availability, reservation, transaction }) => {
    if (limit.restsUntil === at) due.push(`limit${id}`)
    if (availability.restsUntil === at) due.push(`availability${id}`)
    if (reservation?.restsUntil === at) due.push(`reservation${id}`)
    if (transaction?.lostAt === at || transaction?.stopRestsUntil === at) due.push(`transaction${id}`)
  })
  return due
}

function truthNow({ population, bus: { flight }, at }: Site): number | undefined {
  const member = flight && allMembers(population).find(({ identity }) => identity === flight.identity)
  const connector = member?.connectors.find(({ id }) => id === flight?.connector)
  return flight && member && connector ? truthOf(flight.name, member, connector, at)?.value : undefined
}

function memberKey(member: ChargePoint, site: Site): string {
  const { at } = site
  const { link, pending, profile, errands, registered, offlineSince } = member
  return [
    link ? `${at < courtesyEnds(link)}${at < link.since + 30_000}${[...link.asked].sort().join()}` : `${offlineSince !== null && at >= offlineSince + 60_000}`,
    registered, pending && `${pending.action}${'connector' in pending.purpose ? pending.purpose.connector : ''}${heldBy(member)}`,
    ['SetChargingProfile', 'TriggerMessage'].filter((action) => profile.unsupported.includes(action)).join(),
    Object.entries(profile.configuration).sort().join(),
    errands.map((errand) => errandKey(errand, at)).sort().join(),
    bookKey(member),
    ...member.connectors.map((connector) => connectorKey(member, connector, at)),
  ].join(';')
}

/** What the CALL in flight says, as far as it can differ from what is wanted now. */
function heldBy({ pending, errands, connectors }: ChargePoint): string {
  const purpose = pending?.purpose
  switch (purpose?.type) {
    case 'errand': return `${errands.findIndex(({ command }) => command === purpose.command) >= 0}`
    case 'limit': return `${connectors.some((connector) => connector.id === purpose.connector && wantedAmperes(connector) === purpose.amperes)}`
    case 'availability': return `${purpose.operative}`
    default: return ''
  }
}

function errandKey({ order, stage, attempt, connector, restsUntil }: Errand, at: number): string {
  const tag = order.type === 'start' ? order.idTag : order.type === 'availability' ? order.operative : ''
  return `${connector}${order.type}${tag}${stage}${attempt}${restsUntil > at}`
}

/** Of the books: what the newest is about, and whether one is open that no connector runs. */
function bookKey({ recent, connectors }: ChargePoint): string {
  const running = new Set(connectors.map(({ transaction }) => transaction?.id))
  const newest = recent[0]
  return `${newest?.connector}${newest?.endedAt === null}${recent.some(({ id, endedAt }) => endedAt === null && !running.has(id))}${recent.some(({ endedAt }) => endedAt !== null)}`
}

function connectorKey(member: ChargePoint, connector: Connector, at: number): string {
  const { report, meter, transaction, last, wanted, limit, availability, reservation, charger } = connector
  const amperes = wantedAmperes(connector)
  return [
    connector.id, charger?.fuseCurrent, report.status, report.errorCode === 'NoError', report.connection === member.link?.connection, report.connection === '',
    meter.current, transaction && `${transaction.idTag}${transaction.live}${transaction.unwanted}${transaction.stopRestsUntil > at}${transaction.lostAt !== null}`,
    last !== null, wanted.mode, wanted.override, wanted.paused, wanted.operative,
    limit.accepted === null ? '' : limit.accepted === amperes, limit.rung, limit.restsUntil > at,
    availability.accepted, availability.restsUntil > at,
    reservation && `${reservation.idTag}${reservation.stage}${reservation.restsUntil > at}`,
    charger ? objectNames.map((name) => toldKey(member, connector, name, at)).join('') : '',
  ].join()
}

/** What the bus knows of a group object: nothing, the truth, or something else; and whether someone asked. */
function toldKey(member: ChargePoint, connector: Connector, name: (typeof objectNames)[number], at: number): string {
  if (connector.charger?.objects[name]?.send === undefined) return ''
  const told = connector.told[name]
  const truth = truthOf(name, member, connector, at)
  const news = told?.value === undefined || told.value === null ? '-' : told.value === truth?.value && told.mark === truth.mark ? '=' : 'x'
  return `${news}${told?.asked ? '?' : ''}${told && at < told.at + 250 ? '.' : ''}`
}
