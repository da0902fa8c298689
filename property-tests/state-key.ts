import { allMembers, type ChargePoint, type Connector, type ObjectName, type Site } from '../core/index.ts'
import { remoteIdTag } from '../core/charge-point/authorization.ts'
import type { Errand } from '../core/charge-point/charge-point.ts'
import { bootQuestion, courtesyEnds } from '../core/charge-point/discovery.ts'
import { isReadBackDue, limitInForce, readBackAt } from '../core/charge-point/limit-in-force.ts'
import { smartCharging, wantedAmperes } from '../core/charge-point/limit.ts'
import { truthOf } from '../core/charge-point/project.ts'
import { isToldItsRegistration, registrationOf } from '../core/charge-point/registration.ts'
import type { Transaction } from '../core/charge-point/transaction.ts'
import { objectNames } from '../core/config/site-config.ts'

/**
 * Sites with the same key are taken for the same: an instant is only over or not, a number only what it is compared with, an id
 * only what it refers to, a list only what can still be asked of it; and what makes no difference in a state is left out.
 */
export function stateKey(site: Site): string {
  const { bus, config } = site
  return [
    config?.knx.cycle, config?.chargers.length, bus.up, flightKey(site), site.at < bus.nextAt, Math.min(bus.failures, 1),
    ...allMembers(site.population).map((member) => memberKey(member, site.at)),
  ].join('|')
}

/** What is in flight on the bus, and whether it is true still. */
function flightKey({ population, bus: { flight }, at }: Site): string {
  if (!flight) return ''
  const member = allMembers(population).find(({ identity }) => identity === flight.identity)
  const connector = member?.connectors.find(({ id }) => id === flight.connector)
  const truth = member && connector && truthOf(flight.name, member, connector, at)
  return `${flight.identity}${flight.connector}${flight.name}${truth?.value === flight.value}`
}

function memberKey(member: ChargePoint, at: number): string {
  const { pending, profile, errands, registered, withheld } = member
  return [
    profile.firmwareVersion,
    linkKey(member, at), member.clockSeen, registered, withheld, registrationOf(member), securityKey(member), pending && `${pending.action}${heldBy(member)}`,
    profile.unsupported.filter((action) => heeded.includes(action)).sort().join(),
    Object.entries(profile.configuration).sort().join(), profile.readonlyKeys.join(), profile.unknownKeys.join(),
    profile.lessons.toSorted().join(), setUpKey(member, at), listKey(member, at),
    errands.map((errand) => errandKey(errand, at)).sort().join(),
    bookKey(member),
    ...member.connectors.map((connector) => connectorKey(member, connector, at)),
  ].join(';')
}

/** Actions whose absence something depends on. */
const heeded: readonly string[] = [
  'SetChargingProfile', 'TriggerMessage', 'TriggerMessage MeterValues', 'ChangeConfiguration', 'GetCompositeSchedule', 'GetLocalListVersion', 'SendLocalList', 'RemoteStopTransaction',
]

/** What is to be written into the configuration, what came of what was, and what still rests. */
function setUpKey({ profile: { setUp } }: ChargePoint, at: number): string {
  const { next, tried, restsUntil, rebootDue, rebootRestsUntil } = setUp
  return `${next?.mark} ${Object.entries(tried).sort().join()} ${next !== null && restsUntil > at} ${rebootDue} ${rebootDue && rebootRestsUntil > at}`
}

function listKey({ localList: { wanted, held, inStep, failures, restsUntil } }: ChargePoint, at: number): string {
  return wanted === null ? '' : `${wanted.length} ${held?.length} ${inStep} ${Math.min(failures, 1)} ${!inStep && restsUntil > at}`
}

/** What was agreed about security, and what is still open. */
function securityKey({ link, connectors, security: { password, profile, signing } }: ChargePoint): string {
  const changed = [password, profile].map((one) => one && `${one.accepted} ${one.proposed} ${one.configured}`)
  return [connectors[0]?.charger?.password, ...changed, signing?.stage, (link?.securityProfile ?? 0) > 1].join()
}

function linkKey(member: ChargePoint, at: number): string {
  const { link, offlineSince, connectors } = member
  if (!link) return `away ${offlineSince !== null && at >= offlineSince + 60_000}`
  const silent = connectors.filter(({ id, report }) => report.connection !== link.connection && !link.asked.includes(`StatusNotification ${id}`))
  const quiet = !isToldItsRegistration(member) && !link.asked.includes(bootQuestion)
  const unmeasured = connectors.filter(({ id, charger, meter }) => charger && meter.at < link.since && !link.asked.includes(`MeterValues ${id}`))
  const patient = (quiet || silent.length > 0 || unmeasured.length > 0) && at < courtesyEnds(link)
  const unsure = connectors.some(({ report }) => report.connection === '') && at < link.since + 30_000
  return `${patient} ${unsure} ${quiet} ${silent.map(({ id }) => id).join('')} ${link.asked.includes('configuration')} ${link.keysDue.length} ${unmeasured.map(({ id }) => id).join('')} ${link.asked.includes('localList')}`
}

/** What the CALL in flight is for, as far as its answer may find something else wanted by now. */
function heldBy({ pending, errands, connectors }: ChargePoint): string {
  const purpose = pending?.purpose
  const connector = purpose && 'connector' in purpose ? purpose.connector : ''
  switch (purpose?.type) {
    case 'errand': return `${errands.find(({ command }) => command === purpose.command)?.stage}`
    case 'limit': return `${connector}${connectors.some((one) => one.id === connector && wantedAmperes(one) === purpose.amperes)}`
    case 'availability': return `${connector}${purpose.operative}`
    case 'reserve': return `${connector}${purpose.idTag}`
    case 'configuration': return purpose.keys.join()
    case 'setting': return purpose.setting.mark
    case 'trigger': return purpose.message
    case 'list': return `${purpose.held.length}`
    default: return `${connector}`
  }
}

function errandKey({ order, stage, attempt, connector, restsUntil }: Errand, at: number): string {
  const detail = order.type === 'start' ? order.idTag : order.type === 'availability' ? order.operative : order.type === 'call' ? JSON.stringify(order.payload) : ''
  return `${connector}${order.type}${detail}${stage}${attempt}${stage === 'queued' && restsUntil > at}`
}

/** Of the books: whether a transaction has ended, and one is open that no connector runs. */
function bookKey({ recent, connectors }: ChargePoint): string {
  const running = new Set(connectors.map(({ transaction }) => transaction?.id))
  const open = recent.some(({ id, endedAt }) => endedAt === null && !running.has(id))
  return `${open}${recent.some(({ endedAt }) => endedAt !== null)}${recent.some(({ wireId, endedAt }) => wireId !== undefined && endedAt !== null)}`
}

function connectorKey(member: ChargePoint, connector: Connector, at: number): string {
  const { id, report, transaction, wanted, availability, reservation } = connector
  return [
    id, report.status, !member.clockSeen && report.timely, report.errorCode === 'NoError', transaction ? transactionKey(member, transaction, at) : lacksTransaction(member, connector, at),
    wanted.paused, wanted.operative, limitKey(member, connector, at),
    wanted.operative === null ? '' : `${availability.accepted === wanted.operative}${availability.accepted !== wanted.operative && availability.restsUntil > at}`,
    reservation && `${reservation.idTag}${reservation.stage}${reservation.restsUntil > at}`,
    ...objectNames.map((name) => toldKey(member, connector, name, at)),
  ].join()
}

/** Has it charged without a transaction for so long that one it names is taken up? */
function lacksTransaction({ link }: ChargePoint, { report }: Connector, at: number): boolean {
  return report.status === 'Charging' && report.connection === link?.connection && at >= report.at + 60_000
}

function transactionKey(member: ChargePoint, { id, wireId, count, idTag, live, unwanted, stopRestsUntil, lostAt }: Transaction, at: number): string {
  return `${id === wireId}${count.register !== null}${idTag === remoteIdTag(member)}${live}${unwanted}${unwanted && live && stopRestsUntil > at}${lostAt !== null}`
}

function limitKey(member: ChargePoint, connector: Connector, at: number): string {
  const { charger, limit } = connector
  if (!charger || !smartCharging(member)) return ''
  const amperes = wantedAmperes(connector)
  const due = isReadBackDue(member, connector)
  const held = limitInForce(connector)
  return [
    amperes, limit.accepted === null ? '' : limit.accepted === amperes, limit.rung, limit.accepted !== amperes && limit.restsUntil > at,
    due, due && at < readBackAt(limit), limit.observed && held?.source, held?.amperes === limit.effective,
    limit.overSince === null ? '' : at - Math.max(limit.overSince, limit.acceptedAt) > 60_000, limit.ignored, limit.hopeless,
    limit.accepted === 0 && connector.transaction && !member.profile.lessons.includes('zeroEnds') && at - limit.acceptedAt <= 10_000,
  ].join(' ')
}

/** What the bus knows of a group object that sends: nothing, the truth, or something else; whether someone asked, and whether it rests. */
function toldKey(member: ChargePoint, connector: Connector, name: ObjectName, at: number): string {
  if (connector.charger?.objects[name]?.send === undefined) return ''
  const told = connector.told[name]
  const truth = truthOf(name, member, connector, at)
  const news = told?.value === undefined || told.value === null ? '-' : told.value === truth?.value && told.mark === truth.mark ? '=' : 'x'
  return `${truth === undefined}${news}${told?.asked ?? ''}${news === 'x' && told && at < told.at + 250}`
}
