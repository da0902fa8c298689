import { ok, refuse, type Result } from '../result.ts'
import type { GroupAddress, IndividualAddress } from './telegram.ts'

/** The parts of an address from left to right, each with the largest number it holds. */
type Levels = readonly { readonly name: string; readonly max: number }[]

const threeLevel: Levels = [{ name: 'main group', max: 31 }, { name: 'middle group', max: 7 }, { name: 'sub group', max: 255 }]
const twoLevel: Levels = [{ name: 'main group', max: 31 }, { name: 'sub group', max: 2047 }]
const individual: Levels = [{ name: 'area', max: 15 }, { name: 'line', max: 15 }, { name: 'device', max: 255 }]

/** Reads `9/7/41` or, in two levels, `9/1833`; 0/0/0 is refused because it is the broadcast address. */
export function parseGroupAddress(text: string): Result<GroupAddress> {
  const parts = text.split('/', 4)
  if (parts.length !== 2 && parts.length !== 3) return refuse('a group address is written main/middle/sub, such as 9/7/41')
  const address = combine(parts, parts.length === 3 ? threeLevel : twoLevel)
  return address.ok && address.value === 0 ? refuse('0/0/0 is the broadcast address: no group object can use it') : address
}

/** Writes a group address in three levels: `9/7/41`. */
export function formatGroupAddress(address: GroupAddress): string {
  return `${(address >> 11) & 31}/${(address >> 8) & 7}/${address & 255}`
}

/** Reads `1.1.250`. */
export function parseIndividualAddress(text: string): Result<IndividualAddress> {
  const parts = text.split('.', 4)
  return parts.length === 3 ? combine(parts, individual) : refuse('an individual address is written area.line.device, such as 1.1.250')
}

/** Writes an individual address: `1.1.250`. */
export function formatIndividualAddress(address: IndividualAddress): string {
  return `${(address >> 12) & 15}.${(address >> 8) & 15}.${address & 255}`
}

function combine(parts: readonly string[], levels: Levels): Result<number> {
  let address = 0
  for (const [i, { name, max }] of levels.entries()) {
    const part = parts[i] ?? ''
    // Stricter than Number(), which takes '', ' 7', '1e1' and '0x7' for numbers.
    if (!/^(0|[1-9][0-9]*)$/.test(part) || Number(part) > max) return refuse(`the ${name} is 0 to ${max}, not “${part.slice(0, 20)}”`)
    address = address * (max + 1) + Number(part)
  }
  return ok(address)
}
