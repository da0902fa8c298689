/** How fast time runs here while the wall clock is behind what was already told. */
const catchUp = 0.5

/**
 * A clock for the core in milliseconds since 1970: that of the wall, but never backwards. When the wall clock is set back, time goes
 * on at half speed until the wall has caught up, so that timers run late rather than not at all.
 */
export function steadyClock(wall: () => number, monotonic: () => number): () => number {
  let told = wall()
  let seen = monotonic()
  return () => {
    const elapsed = monotonic() - seen
    seen += elapsed
    told = Math.max(wall(), told + elapsed * catchUp)
    return Math.floor(told)
  }
}
