import type { RequestOf } from '../ocpp/actions.ts'
import { measurands as standard } from '../ocpp/words.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import { findConnector, type ChargePoint } from './charge-point.ts'
import type { Connector } from './connector.ts'
import { smartCharging } from './limit.ts'
import type { Lesson } from './profile.ts'

type MeterValue = RequestOf<'MeterValues'>['meterValue'][number]

/** More than any charger measures, with its phases; bounds what is remembered. */
const mostMeasurands = 64

/** What is worth telling people. */
const lessonWords: { readonly [Name in Lesson]?: string } = {
  needsReplug: 'after a stop this charger starts again only when the cable was unplugged',
  zeroEnds: 'a limit of 0 A ends the transaction on this charger',
  zeroIgnored: 'this charger goes on charging at a limit of 0 A',
}

export function knows({ profile }: ChargePoint, lesson: Lesson): boolean {
  return profile.lessons.includes(lesson)
}

/** Keeps what experience has shown of a charger, and says so the first time where it matters to people. */
export function learn(chargePoint: ChargePoint, lesson: Lesson, turn: Turn): ChargePoint {
  if (knows(chargePoint, lesson)) return chargePoint
  const words = lessonWords[lesson]
  if (words !== undefined) note(turn, 'info', chargePoint.identity, 0, words)
  return amend(chargePoint, { profile: { ...chargePoint.profile, lessons: [...chargePoint.profile.lessons, lesson] } })
}

/** What a stop does on this connector: as configured, or as the charger has shown to work. */
export function stopsBy(chargePoint: ChargePoint, { charger }: Connector): 'transaction' | 'limit' {
  if (!smartCharging(chargePoint)) return 'transaction'
  if (charger && charger.stopBy !== 'auto') return charger.stopBy
  const cannotPause = knows(chargePoint, 'zeroEnds') || knows(chargePoint, 'zeroIgnored')
  return knows(chargePoint, 'needsReplug') && !cannotPause ? 'limit' : 'transaction'
}

/** A start was rejected: is it because a transaction has ended here, and the car is still plugged in? */
export function learnFromRejection(chargePoint: ChargePoint, id: number, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, id)
  return connector?.report.status === 'Finishing' && connector.transaction === null ? learn(chargePoint, 'needsReplug', turn) : chargePoint
}

/** Milliseconds after 0 A within which the end of a transaction is put down to it. */
const soonMs = 10_000

/** A transaction ends: was it the limit of 0 A that ended it? */
export function learnFromEnd(chargePoint: ChargePoint, connector: Connector | undefined, reason: string | undefined, turn: Turn): ChargePoint {
  if (!connector || (reason !== undefined && reason !== 'Local' && reason !== 'Other')) return chargePoint
  const { pending } = chargePoint
  const { accepted, acceptedAt } = connector.limit
  const underWay = pending?.purpose.type === 'limit' && pending.purpose.connector === connector.id && pending.purpose.amperes === 0
  return underWay || (accepted === 0 && turn.at - acceptedAt <= soonMs) ? learn(chargePoint, 'zeroEnds', turn) : chargePoint
}

/** Keeps which measurands a charger has been seen to send. */
export function observeMeasurands(chargePoint: ChargePoint, meterValues: readonly MeterValue[]): ChargePoint {
  const known = chargePoint.profile.measurands
  const news: string[] = []
  let next = 0
  for (const { sampledValue } of meterValues) {
    for (const { measurand = 'Energy.Active.Import.Register', phase } of sampledValue) {
      const place = placeAmong(known, measurand, phase, next)
      next = place + 1
      if (place >= 0) continue
      const name = phase === undefined ? measurand : `${measurand} ${phase}`
      if (news.includes(name) || known.length + news.length >= mostMeasurands || name.length > 60 || !isStandard(measurand)) continue
      news.push(name)
    }
  }
  return news.length === 0 ? chargePoint : amend(chargePoint, { profile: { ...chargePoint.profile, measurands: [...known, ...news] } })
}

/** Where it is known already, or -1. Most are, and in the order in which they came before: it is looked for from there on, without making its name. */
function placeAmong(known: readonly string[], measurand: string, phase = '', from: number): number {
  const length = phase === '' ? measurand.length : measurand.length + 1 + phase.length
  for (let i = 0; i < known.length; i++) {
    const place = (from + i) % known.length
    const name = known[place]
    if (name?.length === length && name.startsWith(measurand) && (phase === '' || name.endsWith(phase))) return place
  }
  return -1
}

function isStandard(measurand: string): boolean {
  return standard.some((name) => name === measurand)
}
