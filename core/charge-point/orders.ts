import { mistakeInCall } from '../ocpp/mistake-in-call.ts'
import type { Command, Order } from '../site/command.ts'
import { note, progress, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import { findConnector, ownReservationTag, withConnector, type ChargePoint, type Errand } from './charge-point.ts'
import { amendConnector, type Connector, type Wanted } from './connector.ts'
import { remoteIdTag } from './authorization.ts'
import { stopsBy } from './learnt.ts'
import { reactions, startRefusals, type Reaction } from './reactions.ts'
import { unacceptedRefusal } from './registration.ts'
import { free, reserve } from './reservation.ts'
import { changeMistake } from './security-changes.ts'

/** How many commands may be under way on one Charge Point. */
const maxErrands = 32

/** Milliseconds after which a command that nobody gave an expiry is no longer wanted. */
const patience: { readonly [Type in Order['type']]: number } = {
  start: 60_000,
  stop: 60_000,
  unlock: 60_000,
  reset: 120_000,
  reserve: 120_000,
  free: 120_000,
  availability: 120_000,
  limit: 120_000,
  mode: 120_000,
  call: 120_000,
}

/** Orders of one kind replace each other: the newest is what people want. */
const kinds: { readonly [Type in Order['type']]: string } = {
  start: 'charging',
  stop: 'charging',
  unlock: 'unlock',
  reset: 'reset',
  reserve: 'reservation',
  free: 'reservation',
  availability: 'availability',
  limit: 'limit',
  mode: 'limit',
  call: '',
}

/** Orders that make no sense later: refused at once while the Charge Point is away. */
const momentary: readonly Order['type'][] = ['start', 'unlock', 'reset', 'call']

/** Takes a command in: changes what is wanted, and queues what has to be said once. */
export function receiveCommand(before: ChargePoint, command: Command, turn: Turn): ChargePoint {
  if (before.errands.some((errand) => errand.command === command.id)) return before
  const connector = findConnector(before, command.connector)
  if (!connector && !isForStation(command)) return refuse(before, command, 'there is no such connector', turn)
  if (momentary.includes(command.order.type) && !before.link) return refuse(before, command, 'the charger is not connected', turn)
  if (before.errands.length >= maxErrands) return refuse(before, command, 'too many commands wait for this charger', turn)
  const mistake = unacceptedRefusal(before, command.order) ?? changeMistake(before, command.order) ?? mistakeIn(command.order)
  if (mistake !== undefined) return refuse(before, command, mistake, turn)
  return connector ? obey(before, connector, command, turn) : queue(before, command, 'queued', turn)
}

/** Connector 0 is the Charge Point as a whole: that can be reset, and called, even while none of its connectors is known. */
function isForStation({ connector, order }: Command): boolean {
  return connector === 0 && (order.type === 'reset' || order.type === 'call')
}

/** The longest idTag (OCPP 1.6 §7.28). */
const longestIdTag = 20

/** What makes an order one that must not be sent: all we write is to the letter of the standard. */
function mistakeIn(order: Order): string | undefined {
  if ('idTag' in order && order.idTag !== null && !(order.idTag.length >= 1 && order.idTag.length <= longestIdTag)) return `a tag has 1 to ${longestIdTag} characters`
  return order.type === 'call' ? mistakeInCall(order.action, order.payload) : undefined
}

function obey(chargePoint: ChargePoint, connector: Connector, command: Command, turn: Turn): ChargePoint {
  const { order } = command
  switch (order.type) {
    case 'start':
    case 'stop':
      return react(chargePoint, connector, command, turn)
    case 'limit': {
      const max = connector.charger?.fuseCurrent ?? 0
      if (!(order.amperes >= 0 && order.amperes <= max)) return refuse(chargePoint, command, `${order.amperes} A is not within 0 … ${max} A`, turn)
      return want(chargePoint, connector, command, { override: order.amperes < 6 ? 0 : order.amperes }, turn)
    }
    case 'mode':
      return want(chargePoint, connector, command, { mode: order.mode, override: null }, turn)
    case 'availability':
      return want(chargePoint, amendConnector(connector, { availability: { accepted: null, restsUntil: 0 } }), command, { operative: order.operative }, turn)
    case 'reserve':
      return queue(withConnector(chargePoint, reserve(connector, order.idTag ?? ownReservationTag)), command, 'queued', turn)
    case 'free':
      return queue(withConnector(chargePoint, free(connector)), command, 'queued', turn)
    default:
      return queue(chargePoint, command, 'queued', turn)
  }
}

function want(chargePoint: ChargePoint, connector: Connector, command: Command, change: Partial<Wanted>, turn: Turn): ChargePoint {
  const wanted = { ...connector.wanted, ...change }
  return queue(withConnector(chargePoint, amendConnector(connector, { wanted })), command, 'queued', turn)
}

function react(chargePoint: ChargePoint, connector: Connector, command: Command, turn: Turn): ChargePoint {
  const state = connector.report.status ?? 'Unknown'
  const starts = command.order.type === 'start'
  const refusal = command.order.type === 'start' ? startRefusal(connector, command.order) : undefined
  const reaction = reactions[starts ? 'start' : 'stop'][state]
  if (refusal !== undefined || reaction === 'refuse') return refuse(chargePoint, command, refusal ?? startRefusals[state], turn)
  const underWay = chargePoint.errands.find((errand) => errand.connector === connector.id && kinds[errand.order.type] === 'charging')
  if (starts && underWay && isSameStart(underWay, command.order)) return repeated(chargePoint, command, turn)
  // What has been stopped must have ended before it can be started again.
  if (starts && underWay?.order.type === 'stop' && underWay.stage !== 'queued') return queue(chargePoint, command, 'queued', turn, turn.at + patience.start)
  const resumed = starts ? withConnector(chargePoint, amendConnector(connector, { wanted: { ...connector.wanted, paused: false } })) : chargePoint
  return carryOut[reaction](resumed, connector, command, turn)
}

/** Why a start cannot be given to a connector now; undefined when it can. */
export function startRefusal({ report, reservation, wanted }: Connector, { idTag }: Extract<Order, { type: 'start' }>): string | undefined {
  const state = report.status ?? 'Unknown'
  const reserved = reservation ? idTag === null || !sameTag(reservation.idTag, idTag) : state === 'Reserved'
  if (reserved) return startRefusals.Reserved
  if (wanted.operative === false) return startRefusals.Unavailable
  return reactions.start[state] === 'refuse' ? startRefusals[state] : undefined
}

type CarryOut = (chargePoint: ChargePoint, connector: Connector, command: Command, turn: Turn) => ChargePoint

const carryOut: { readonly [Name in Exclude<Reaction, 'refuse'>]: CarryOut } = {
  remoteStart: (chargePoint, _connector, command, turn) => queue(chargePoint, command, 'queued', turn),
  nothing: (chargePoint, _connector, command, turn) => done(chargePoint, command, 'nothing to do', turn),
  leaveToCar: (chargePoint, _connector, command, turn) => done(chargePoint, command, 'the car decides when to go on', turn),
  restoreLimit(chargePoint, connector, command, turn) {
    const now = findConnector(chargePoint, connector.id) ?? connector
    return queue(withConnector(chargePoint, { ...now, limit: { ...now.limit, accepted: null } }), command, 'accepted', turn)
  },
  end(chargePoint, connector, command, turn) {
    if (stopsBy(chargePoint, connector) === 'transaction' && connector.transaction) return queue(chargePoint, command, 'queued', turn)
    const paused = withConnector(chargePoint, amendConnector(connector, { wanted: { ...connector.wanted, paused: true } }))
    return queue(paused, command, 'accepted', turn)
  },
  disarm(chargePoint, connector, command, turn) {
    return connector.transaction ? queue(chargePoint, command, 'queued', turn) : done(chargePoint, command, 'nothing will start', turn)
  },
  endRemains(chargePoint, connector, command, turn) {
    return connector.transaction ? queue(chargePoint, command, 'queued', turn) : done(chargePoint, command, 'nothing to stop', turn)
  },
}

/** A newer order of the same kind takes the place of an older one; a start already with the charger is called off by a stop. */
function supersede(chargePoint: ChargePoint, command: Command, turn: Turn): ChargePoint {
  const kind = kinds[command.order.type]
  if (kind === '') return chargePoint
  const errands = chargePoint.errands.flatMap((errand) => {
    if (errand.connector !== command.connector || kinds[errand.order.type] !== kind) return [errand]
    if (errand.stage !== 'calledOff') progress(turn, errand.command, 'superseded', 'a newer command took its place')
    const lingers = command.order.type === 'stop' && errand.order.type === 'start' && errand.stage !== 'queued'
    return lingers ? [{ ...errand, stage: 'calledOff' as const }] : []
  })
  return amend(chargePoint, { errands })
}

function queue(chargePoint: ChargePoint, command: Command, stage: Errand['stage'], turn: Turn, restsUntil = 0): ChargePoint {
  const expiresAt = command.expiresAt ?? Math.max(turn.at, restsUntil) + patience[command.order.type]
  const { id, source, connector, order } = command
  const errand: Errand = { command: id, source, connector, order, stage, attempt: 1, restsUntil, expiresAt }
  const settled = supersede(chargePoint, command, turn)
  return { ...settled, errands: [...settled.errands, errand] }
}

function isSameStart({ order, stage }: Errand, wanted: Order): boolean {
  return order.type === 'start' && wanted.type === 'start' && order.idTag === wanted.idTag && (stage === 'sent' || stage === 'accepted')
}

function repeated(chargePoint: ChargePoint, command: Command, turn: Turn): ChargePoint {
  progress(turn, command.id, 'superseded', 'the same start is under way already')
  return chargePoint
}

function done(chargePoint: ChargePoint, command: Command, reason: string, turn: Turn): ChargePoint {
  progress(turn, command.id, 'observed', reason)
  return supersede(chargePoint, command, turn)
}

function refuse(chargePoint: ChargePoint, command: Command, reason: string, turn: Turn): ChargePoint {
  progress(turn, command.id, 'rejected', reason)
  note(turn, 'warning', chargePoint.identity, command.connector, `${command.order.type} refused: ${reason}`)
  return chargePoint
}

function sameTag(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase()
}

/** The tag an order to start is given in the name of. */
export function startTag(chargePoint: ChargePoint, order: Extract<Order, { type: 'start' }>): string {
  return order.idTag ?? remoteIdTag(chargePoint)
}
