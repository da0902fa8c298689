/** Counts what one peer sends. */
export type MessageRate = {
  /** Counts one more; the result is the time in ms that the peer must rest, 0 while it keeps within the rate. */
  readonly take: () => number
  /** The time in ms that it still must rest. */
  readonly restMs: () => number
}

/** A token bucket of `burst` tokens, filled by `perSecond`; `now` is a clock in ms that never runs backwards. */
export const openMessageRate = (perSecond: number, burst: number, now: () => number): MessageRate => {
  let tokens = burst
  let filledAt = now()

  const restMs = (): number => {
    const at = now()
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond)
    filledAt = at
    return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000
  }

  const take = (): number => {
    tokens -= 1
    // The clock is only asked when the bucket seems empty: this runs for every message.
    return tokens >= 0 ? 0 : restMs()
  }

  return { take, restMs }
}
