/** Counts what one peer sends; `take` is the time in ms that the peer must rest, 0 while it keeps within the rate. */
export type MessageRate = { readonly take: () => number }

/** A token bucket of `burst` tokens, filled by `perSecond`; `now` is a clock in ms that never runs backwards. */
export const openMessageRate = (perSecond: number, burst: number, now: () => number): MessageRate => {
  let tokens = burst
  let filledAt = now()

  const take = (): number => {
    tokens -= 1
    // The clock is only asked when the bucket seems empty: this runs for every message.
    if (tokens >= 0) return 0
    const at = now()
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond)
    filledAt = at
    return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000
  }

  return { take }
}
