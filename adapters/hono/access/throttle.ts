import type { Instant } from '../../../core/index.ts'

/** Slows down those who guess: the wait doubles with each failure beyond the free ones, and all is forgotten after a calm while. */
export interface Throttle {
  /** Milliseconds to wait before the next attempt of any of these keys; 0: now. */
  readonly wait: (keys: readonly string[], now: Instant) => number
  readonly failed: (keys: readonly string[], now: Instant) => void
  readonly succeeded: (keys: readonly string[]) => void
}

const freeFailures = 4
const longestWait = 60_000
const calm = 15 * 60_000
/** How many addresses and names are remembered; the one that failed longest ago is forgotten first. */
const mostKeys = 1_000

export function createThrottle(): Throttle {
  const failures = new Map<string, { readonly count: number; readonly at: Instant }>()

  const waitOf = (key: string, now: Instant): number => {
    const known = failures.get(key)
    if (!known || now - known.at >= calm || known.count <= freeFailures) return 0
    return Math.max(0, known.at + Math.min(longestWait, 1_000 * 2 ** Math.min(known.count - freeFailures - 1, 6)) - now)
  }

  return {
    wait: (keys, now) => Math.max(...keys.map((key) => waitOf(key, now))),
    failed(keys, now) {
      for (const key of keys) {
        const known = failures.get(key)
        failures.delete(key)
        failures.set(key, { count: known && now - known.at < calm ? known.count + 1 : 1, at: now })
      }
      for (const key of failures.keys()) {
        if (failures.size <= mostKeys) break
        failures.delete(key)
      }
    },
    succeeded(keys) {
      for (const key of keys) failures.delete(key)
    },
  }
}
