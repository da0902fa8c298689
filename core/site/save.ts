import type { ChargePoint } from '../charge-point/charge-point.ts'
import type { Connector } from '../charge-point/connector.ts'
import { allMembers, findMember } from './population.ts'
import { hardChargePoint } from './revive.ts'
import type { Site } from './site.ts'

/** A row of what is saved: JSON text under a key. */
export interface Row {
  readonly key: string
  readonly value: string
}

/**
 * The keys of what a step has changed: `now` must be on disk before its effects leave, `soon` may be some seconds old after a crash.
 * `rowOf` gives the rows, in their newest state.
 */
export interface Changes {
  readonly now: readonly string[]
  readonly soon: readonly string[]
}

export const siteKey = 'site'
export const chargePointKey = 'charge-point/'
const nothing: Changes = { now: [], soon: [] }

/** Compares two states of a site by identity of what is in them, at a cost that does not grow with its members but with their groups. */
export function changes(before: Site, after: Site): Changes {
  if (before.population === after.population && before.rules.run === after.rules.run) return nothing
  const now: string[] = before.rules.run === after.rules.run ? [] : [siteKey]
  const soon: string[] = []
  let g = 0
  for (const { members } of after.population.groups) {
    const old = before.population.groups[g++]?.members
    if (old === members) continue
    let i = 0
    for (const member of members) {
      const was = old?.[i++]
      if (was === member) continue
      if (!was || was.identity !== member.identity || isHard(was, member)) now.push(keyOf(member.identity))
      else if (isWorthKeeping(was, member)) soon.push(keyOf(member.identity))
    }
  }
  return { now, soon }
}

/** The key of a Charge Point. */
export function keyOf(identity: string): string {
  return chargePointKey + identity
}

/** Has something changed that nobody may forget? What is in the books is there already. */
function isHard(a: ChargePoint, b: ChargePoint): boolean {
  return a.registered !== b.registered || a.withheld !== b.withheld || a.security !== b.security || a.connectors.length !== b.connectors.length || a.connectors.some((was, i) => hasMoved(was, b.connectors[i]))
}

function hasMoved(a: Connector, b: Connector | undefined): boolean {
  return !b || a.wanted !== b.wanted || a.reservation !== b.reservation
}

function isWorthKeeping(a: ChargePoint, b: ChargePoint): boolean {
  return a.connectors !== b.connectors || a.profile !== b.profile || a.localList !== b.localList || a.notifications !== b.notifications
}

/** What is saved under a key; undefined when there is no such thing any more. */
export function rowOf(site: Site, key: string): Row | undefined {
  if (key === siteKey) {
    const { rules, nextTransaction, at } = site
    return { key, value: JSON.stringify({ seed: rules.seed, run: rules.run, nextTransaction, at }) }
  }
  const chargePoint = findMember(site.population, key.slice(chargePointKey.length))
  return chargePoint && { key, value: JSON.stringify({ ...hardChargePoint(chargePoint), recent: [] }) }
}

/** The keys of everything that is saved of a site beside the books. */
export function allKeys(site: Site): readonly string[] {
  return [siteKey, ...allMembers(site.population).map(({ identity }) => keyOf(identity))]
}
