import { tiers } from './tiers.ts'

/** When the first and the last row of each tier begin, in seconds; null where there is none. */
export type Edges = readonly ({ readonly first: number; readonly last: number } | null)[]

/** A stretch of time that is read from one tier; in seconds. */
export type Part = { readonly tier: number; readonly from: number; readonly until: number }

/**
 * Which tier tells which part of [from, until) to one who wants a bucket every `width` seconds: the coarsest that is fine enough as far as
 * it goes, a finer one for what is too new for it, a coarser one for what is too old.
 */
export const planOf = (edges: Edges, from: number, until: number, width: number): readonly Part[] => {
  const parts: Part[] = []
  let begin = from
  for (let tier = tiers.length - 1; tier >= 0; tier -= 1) {
    const end = Math.min(until, endOf(edges, tier, width))
    if (end <= begin) continue
    parts.push({ tier, from: begin, until: end })
    begin = end
  }
  return parts
}

const endOf = (edges: Edges, tier: number, width: number): number => {
  const step = tiers[tier]?.step ?? 0
  if (tier > 0 && step <= width) return (edges[tier]?.last ?? -Infinity) + step
  return Math.min(...edges.slice(0, tier).map((finer) => finer?.first ?? Infinity), Infinity)
}
