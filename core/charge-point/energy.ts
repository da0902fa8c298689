import type { Instant } from '../site/event.ts'

/** How the energy of a transaction is counted: step by step, so that a register that begins anew, jumps or falls back spoils no more than one step. */
export interface Count {
  /** Wh on the register when the transaction began, where that is known; null: the first register seen tells. */
  readonly base: number | null
  /** Wh on the register when it was last seen in this transaction; null: not yet. */
  readonly register: number | null
  /** Wh counted so far */
  readonly energy: number
  /** When the register last moved. */
  readonly at: Instant
}

/** What counters show that can count no further: a register there is not known. */
const saturated: readonly number[] = [2 ** 31 - 1, 2 ** 32 - 1]

/** Is this a register, as far as one can tell by itself? */
function isRegister(wattHours: number): boolean {
  return wattHours >= 0 && !saturated.includes(wattHours)
}

/**
 * The count of a transaction that begins. A meterStart of 0 may mean that the charger does not know: then the register from before
 * the transaction counts, if there is one.
 */
export function beginCount(meterStart: number, startedAt: Instant, before: number | null = null): Count {
  const base = meterStart > 0 && isRegister(meterStart) ? meterStart : before
  return { base, register: null, energy: 0, at: startedAt }
}

const hourMs = 3_600_000

/** Wh: the most that a fuse of so many A lets through in a time, with room for the coarseness of registers. */
function throughFuse(fuse: number, elapsedMs: number): number {
  return 1_000 + (3 * 250 * fuse * Math.max(0, elapsedMs)) / hourMs
}

/** Wh: more than this no connector delivers in a time; 100 kWh, and a megawatt. */
export function deliverable(elapsedMs: number): number {
  return 100_000 + (1e6 * Math.max(0, elapsedMs)) / hourMs
}

/** Wh by which a register may seem to fall because it is told in whole kWh here and exactly there. */
const rounding = 1_000

/**
 * Counts a register in Wh, seen at an instant behind a fuse of so many A. It counts by how much it rose. One that fell far began anew at
 * zero, if the fuse lets so much through; one that fell a little was rounded; what is beyond all reason moves the register and counts nothing.
 */
export function countRegister(count: Count, register: number, at: Instant, fuse: number): Count {
  const before = count.register ?? count.base
  // A register of zero after more than that says nothing: chargers send it when they lose their meter.
  if (!isRegister(register) || (register === 0 && before !== null && before > 0) || at < count.at) return count
  const elapsed = at - count.at
  const counted = (wattHours: number): Count => ({ base: count.base, register, energy: count.energy + wattHours, at })
  const fresh = register <= throughFuse(fuse, elapsed) ? register : 0
  if (before === null) return counted(fresh)
  const rise = register - before
  if (rise === 0 && count.register !== null) return count
  if (rise >= 0) return counted(rise <= deliverable(elapsed) ? rise : 0)
  if (register >= before / 2 && -rise <= rounding) return count.register === null ? { ...count, register: before } : count
  return counted(register < before / 2 ? fresh : 0)
}

/** The beginning of a transaction as it was told, in Wh. */
interface Beginning {
  readonly meterStart: number
  readonly startedAt: Instant
}

/** Its end; undefined: not told. */
interface Ending {
  readonly meterStop: number | undefined
  readonly endedAt: Instant
}

/**
 * Whole Wh of a transaction that ends, never negative: meterStop − meterStart (OCPP 1.6 §4.10) where both are registers, and 0 is not
 * contradicted by registers that were seen; otherwise what was counted, with meterStop as its last step.
 */
export function finalEnergy(count: Count, { meterStart, startedAt }: Beginning, { meterStop, endedAt }: Ending, fuse: number): number {
  if (meterStop === undefined || !isRegister(meterStop)) return Math.round(count.energy)
  const counted = countRegister(count, meterStop, Math.max(endedAt, count.at), fuse).energy
  const told = meterStop - meterStart
  const isTold = isRegister(meterStart) && (meterStart > 0 || count.register === null) && told >= 0 && told <= deliverable(endedAt - startedAt)
  return Math.round(isTold && (told > 0 || count.energy === 0) ? told : counted)
}

/** A: the greatest fuse a charger can be configured with. */
const greatestFuse = 80

/** A: the fuse before a connector; for one that is not configured, the greatest there is. */
export function fuseOf(charger: { readonly fuseCurrent: number } | null): number {
  return charger?.fuseCurrent ?? greatestFuse
}
