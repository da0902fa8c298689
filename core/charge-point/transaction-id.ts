/** How many ids there are before they begin again: 2³⁰. */
const ids = 2 ** 30

/**
 * The id of the serial-th transaction of a site: 1 … 2³⁰, unique while serials are below 2³⁰, never 0 or −1, and not to be
 * guessed from a neighbour's. A four-round Feistel permutation of 15-bit halves keyed by the site's seed.
 */
export function transactionId(serial: number, seed: number): number {
  let left = Math.floor(serial / 2 ** 15) % 2 ** 15
  let right = serial % 2 ** 15
  for (let round = 0; round < 4; round++) {
    const mixed = (left ^ scramble(right, seed, round)) & 0x7fff
    left = right
    right = mixed
  }
  return ((left * 2 ** 15 + right) % ids) + 1
}

/** The serial that has this id, or would have; 2³⁰ or more for a number that is the id of none. */
export function serialOf(id: number, seed: number): number {
  if (id > ids) return ids
  let left = Math.floor((id - 1) / 2 ** 15)
  let right = (id - 1) % 2 ** 15
  for (let round = 3; round >= 0; round--) {
    const mixed = (right ^ scramble(left, seed, round)) & 0x7fff
    right = left
    left = mixed
  }
  return left * 2 ** 15 + right
}

function scramble(half: number, seed: number, round: number): number {
  let x = Math.imul(half ^ Math.imul(seed + round, 0x9e3779b1), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
