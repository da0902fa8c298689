import type { ChargePoint, Site } from '../../../core/index.ts'
import { configuredMembers } from '../configured.ts'

/** What people see has changed between two states of a site. */
export interface Changed {
  /** Identities with a configured connector that is shown otherwise now. */
  readonly changed: readonly string[]
  /** Connectors that are no longer configured. */
  readonly removed: readonly (readonly [identity: string, connector: number])[]
  /** How many are connected, or configured, may be another number. */
  readonly linked: boolean
}

/** Compares by identity of what is in them, group by group, so that what has not changed costs next to nothing. */
export function changedChargers(before: Site, after: Site): Changed {
  const changed: string[] = []
  let linked = before.config !== after.config
  after.population.groups.forEach((group, g) => {
    const old = before.population.groups[g]
    if (old?.members === group.members) return
    group.members.forEach((member, i) => {
      const was = old?.members[i]
      if (was === member || (was && !differs(was, member))) return
      changed.push(member.identity)
      if (Boolean(was?.link) !== Boolean(member.link)) linked = true
    })
  })
  return { changed, removed: before.config === after.config ? [] : removedFrom(before, after), linked }
}

/** When it was last heard of is not news. */
function differs(a: ChargePoint, b: ChargePoint): boolean {
  return (
    a.connectors !== b.connectors || a.link?.connection !== b.link?.connection || a.offlineSince !== b.offlineSince || a.registered !== b.registered ||
    a.profile !== b.profile || a.errands !== b.errands || a.pending !== b.pending || a.wakeAt !== b.wakeAt
  )
}

function removedFrom(before: Site, after: Site): Changed['removed'] {
  const still = new Set(after.config?.chargers.map(({ identity, connector }) => `${connector} ${identity}`))
  return (before.config?.chargers ?? []).flatMap(({ identity, connector }) => (still.has(`${connector} ${identity}`) ? [] : [[identity, connector] as const]))
}

/** The identities that have a configured connector, each once. */
export function configuredKeys(site: Site): readonly string[] {
  return configuredMembers(site).map(({ identity }) => identity)
}
