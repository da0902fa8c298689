/** How closely samples are kept, and how long; all in seconds. */
export type Tier = { readonly step: number; readonly keep: number }

const day = 86_400

/** As measured for two days, one in five minutes for sixty, one an hour for three years; by the number that stands in the rows. */
export const tiers: readonly [fine: Tier, ...coarser: Tier[]] = [
  { step: 10, keep: 2 * day },
  { step: 300, keep: 60 * day },
  { step: 3_600, keep: 3 * 365 * day },
]

/** Rows of one tier, of all connectors together: 200 connectors that never rest are kept in full, of more each has a shorter past. */
const rowsOfTier = 5_500_000

/** Seconds that a tier reaches back when so many connectors share it. */
export const reach = ({ step, keep }: Tier, connectors: number): number => Math.min(keep, Math.floor(rowsOfTier / connectors) * step)
