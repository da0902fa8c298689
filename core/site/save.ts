import type { ChargePoint } from '../charge-point/charge-point.ts'
import type { Connector } from '../charge-point/connector.ts'
import { allMembers, createPopulation, findMember } from './population.ts'
import { hardChargePoint } from './revive.ts'
import { createSite, type Site } from './site.ts'

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

const siteKey = 'site'
const chargePointKey = 'charge-point/'
const nothing: Changes = { now: [], soon: [] }

/** Compares two states of a site by identity of what is in them, at a cost that does not grow with its members but with their groups. */
export function changes(before: Site, after: Site): Changes {
  if (before.population === after.population && before.nextTransaction === after.nextTransaction && before.rules.run === after.rules.run) return nothing
  const now: string[] = []
  const soon: string[] = []
  if (before.nextTransaction !== after.nextTransaction || before.rules.run !== after.rules.run) now.push(siteKey)
  after.population.groups.forEach((group, g) => {
    const old = before.population.groups[g]
    if (old?.members === group.members) return
    group.members.forEach((member, i) => {
      const was = old?.members[i]
      if (was === member) return
      if (!was || was.identity !== member.identity || isHard(was, member)) now.push(chargePointKey + member.identity)
      else if (isWorthKeeping(was, member)) soon.push(chargePointKey + member.identity)
    })
  })
  return { now, soon }
}

/** Has something changed that nobody may forget? */
function isHard(a: ChargePoint, b: ChargePoint): boolean {
  return a.recent !== b.recent || a.registered !== b.registered || a.connectors.length !== b.connectors.length || a.connectors.some((was, i) => hasMoved(was, b.connectors[i]))
}

function hasMoved(a: Connector, b: Connector | undefined): boolean {
  return !b || a.transaction?.id !== b.transaction?.id || a.last !== b.last || a.wanted !== b.wanted || a.reservation !== b.reservation
}

function isWorthKeeping(a: ChargePoint, b: ChargePoint): boolean {
  return a.connectors !== b.connectors || a.profile !== b.profile
}

/** What is saved under a key; undefined when there is no such thing any more. */
export function rowOf(site: Site, key: string): Row | undefined {
  if (key === siteKey) {
    const { rules, nextTransaction, at } = site
    return { key, value: JSON.stringify({ seed: rules.seed, run: rules.run, nextTransaction, at }) }
  }
  const chargePoint = findMember(site.population, key.slice(chargePointKey.length))
  return chargePoint && { key, value: JSON.stringify(hardChargePoint(chargePoint)) }
}

/** The keys of everything that is saved of a site. */
export function allKeys(site: Site): readonly string[] {
  return [siteKey, ...allMembers(site.population).map(({ identity }) => chargePointKey + identity)]
}

/** The site that rows were saved of; `seed` is for one that was never saved. Rows that cannot be read are named, not dropped in silence. */
export function load(rows: readonly Row[], seed: number): { readonly site: Site; readonly unreadable: readonly string[] } {
  const unreadable: string[] = []
  const read = <T>({ key, value }: Row, isWhole: (parsed: unknown) => parsed is T): readonly T[] => {
    const parsed = parse(value)
    if (isWhole(parsed)) return [parsed]
    unreadable.push(key)
    return []
  }
  const [saved] = rows.filter(({ key }) => key === siteKey).flatMap((row) => read(row, isSavedSite))
  const members = rows.filter(({ key }) => key.startsWith(chargePointKey)).flatMap((row) => read(row, isChargePoint))
  const fresh = createSite(saved?.seed ?? seed)
  const site: Site = {
    ...fresh,
    at: saved?.at ?? 0,
    rules: { ...fresh.rules, run: saved?.run ?? 0 },
    nextTransaction: saved?.nextTransaction ?? 1,
    population: createPopulation(members),
  }
  return { site, unreadable }
}

interface SavedSite {
  readonly seed: number
  readonly run: number
  readonly nextTransaction: number
  readonly at: number
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSavedSite(value: unknown): value is SavedSite {
  return isRecord(value) && ['seed', 'run', 'nextTransaction', 'at'].every((name) => typeof value[name] === 'number')
}

/** Our own rows are whole or damaged, never half: the fields that name a Charge Point tell which. */
function isChargePoint(value: unknown): value is ChargePoint {
  return isRecord(value) && typeof value['identity'] === 'string' && Array.isArray(value['connectors']) && Array.isArray(value['recent']) && isRecord(value['profile'])
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}
