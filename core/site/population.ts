import type { ChargePoint } from '../charge-point/charge-point.ts'
import { earlier } from './turn.ts'
import type { Instant } from './event.ts'

/**
 * All Charge Points of a site, in groups, so that replacing one copies a group and not the site. Each group knows the next deadline
 * of its members and whether one of them owes the bus something; the next deadline of all is known too, because it is asked at every event.
 */
export interface Population {
  /** Identity → position. */
  readonly positions: { readonly [identity: string]: number }
  readonly groups: readonly Group[]
  readonly groupSize: number
  /** The next deadline of any member; null: none. */
  readonly wakeAt: Instant | null
}

export interface Group {
  readonly members: readonly ChargePoint[]
  readonly wakeAt: Instant | null
  readonly untold: boolean
}

export function createPopulation(members: readonly ChargePoint[]): Population {
  // Near the square root, where the copying of both levels is least.
  const groupSize = Math.max(8, Math.ceil(Math.sqrt(members.length)))
  const groups: Group[] = []
  for (let i = 0; i < members.length; i += groupSize) groups.push(createGroup(members.slice(i, i + groupSize)))
  // fromEntries defines own properties, so that even `__proto__` is only an identity.
  return { positions: Object.fromEntries(members.map(({ identity }, position) => [identity, position])), groups, groupSize, wakeAt: earliestOf(groups) }
}

function createGroup(members: readonly ChargePoint[]): Group {
  return { members, wakeAt: earliestOf(members), untold: members.some(isUntold) }
}

function isUntold({ untold }: { readonly untold: boolean }): boolean {
  return untold
}

interface Deadline {
  readonly wakeAt: Instant | null
}

/** The earliest deadline; null: there is none. */
function earliestOf(list: readonly Deadline[]): Instant | null {
  let next: Instant | null = null
  for (const { wakeAt } of list) next = earlier(next, wakeAt)
  return next
}

/** The earliest deadline of a list in which one was replaced: all are looked at only if it was the earliest, and is not any more. */
function earliestAfter(earliest: Instant | null, before: Deadline, now: Deadline, list: readonly Deadline[]): Instant | null {
  if (now.wakeAt === before.wakeAt) return earliest
  if (now.wakeAt !== null && (earliest === null || now.wakeAt <= earliest)) return now.wakeAt
  return before.wakeAt === earliest ? earliestOf(list) : earliest
}

export function findMember(population: Population, identity: string): ChargePoint | undefined {
  return memberAt(population, positionOf(population, identity))
}

/** Where a Charge Point stands; -1 for one that is unknown. */
export function positionOf({ positions }: Population, identity: string): number {
  const position = positions[identity]
  // What objects inherit under a name, such as `constructor`, is no number: this asks the record once, where Object.hasOwn makes it two times.
  return typeof position === 'number' ? position : -1
}

export function memberAt({ groups, groupSize }: Population, position: number): ChargePoint | undefined {
  return groups[Math.floor(position / groupSize)]?.members[position % groupSize]
}

export function allMembers(population: Population): readonly ChargePoint[] {
  return population.groups.flatMap((group) => group.members)
}

/** The population with one member replaced by a newer state of itself. */
export function replaceMember(population: Population, member: ChargePoint): Population {
  return replaceAt(population, positionOf(population, member.identity), member)
}

/** The same for one whose position is known. */
export function replaceAt(population: Population, position: number, member: ChargePoint): Population {
  const { groupSize } = population
  const at = Math.floor(position / groupSize)
  const group = population.groups[at]
  const before = group?.members[position % groupSize]
  if (!group || !before || before === member) return population
  const members = group.members.slice()
  members[position % groupSize] = member
  const groups = population.groups.slice()
  const replaced = {
    members,
    wakeAt: earliestAfter(group.wakeAt, before, member, members),
    untold: member.untold || (before.untold ? members.some(isUntold) : group.untold),
  }
  groups[at] = replaced
  return { positions: population.positions, groups, groupSize, wakeAt: earliestAfter(population.wakeAt, group, replaced, groups) }
}

/** The members whose deadline has come. */
export function dueMembers(population: Population, at: Instant): readonly ChargePoint[] {
  if (population.wakeAt === null || population.wakeAt > at) return none
  const due: ChargePoint[] = []
  for (const group of population.groups) {
    if (group.wakeAt === null || group.wakeAt > at) continue
    for (const member of group.members) if (member.wakeAt !== null && member.wakeAt <= at) due.push(member)
  }
  return due
}

const none: readonly ChargePoint[] = []

/** The first member after a position, round and round, that owes the bus something; with its position. */
export function nextUntold(population: Population, after: number): readonly [ChargePoint, number] | undefined {
  const { groups, groupSize } = population
  const first = Math.floor((after + 1) / groupSize)
  for (let turn = 0; turn <= groups.length; turn++) {
    const index = (first + turn) % groups.length
    const group = groups[index]
    if (!group?.untold) continue
    const from = turn === 0 ? (after + 1) % groupSize : 0
    const found = group.members.findIndex((member, i) => i >= from && member.untold)
    const member = group.members[found]
    if (member) return [member, index * groupSize + found]
  }
  return undefined
}
