import { objectNames, type ObjectName } from '../../../../core/config/site-config.ts'
import { formatGroupAddress, parseGroupAddress } from '../../../../core/knx/group-address.ts'
import { groupObjects, type Flow } from '../../../../core/knx/group-object.ts'
import { chargersOf, getAt, setAt, type Draft } from './draft.ts'

/** Each place for an address of a charger, in the order of the table. */
export const flows: readonly { readonly name: ObjectName; readonly flow: Flow }[] = objectNames.flatMap((name) => groupObjects[name].flows.map((flow) => ({ name, flow })))

const last = 65_535

/** The addresses that are used by chargers, but for one. */
export function usedAddresses(draft: Draft, except: number): ReadonlySet<number> {
  const used = new Set<number>()
  for (const [i, charger] of chargersOf(draft).entries()) {
    if (i === except) continue
    for (const { name, flow } of flows) {
      const address = readAddress(getAt(charger, ['objects', name, flow]))
      if (address !== undefined) used.add(address)
    }
  }
  return used
}

/** Where a block for a charger could begin: behind the last address used, on the next ten; 1/0/0 where none is used. */
export function nextFreeStart(draft: Draft, index: number): string {
  const highest = Math.max(0, ...usedAddresses(draft, index))
  const start = highest === 0 ? 2_048 : Math.ceil((highest + 1 - (highest & ~255)) / 10) * 10 + (highest & ~255)
  return formatGroupAddress(Math.min(start, last - flows.length))
}

/** Gives every group object of a charger that has none an address, from `start` upwards, past those used; undefined where that is no address or too few are left. */
export function fillAddresses(draft: Draft, index: number, start: string): Draft | undefined {
  const first = readAddress(start)
  if (first === undefined) return undefined
  const used = new Set(usedAddresses(draft, index))
  const charger = chargersOf(draft)[index]
  const open = flows.filter(({ name, flow }) => {
    const address = readAddress(getAt(charger, ['objects', name, flow]))
    if (address !== undefined) used.add(address)
    return address === undefined
  })
  let filled = draft
  let next = first
  for (const { name, flow } of open) {
    while (used.has(next)) next += 1
    if (next > last) return undefined
    filled = setAt(filled, ['chargers', index, 'objects', name, flow], formatGroupAddress(next))
    next += 1
  }
  return filled
}

function readAddress(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  const address = parseGroupAddress(text)
  return address.ok ? address.value : undefined
}
