import type { Sample } from '../../../../core/index.ts'
import { sqlNumber } from '../sql-text.ts'
import type { Part } from './plan.ts'
import { reach, tiers } from './tiers.ts'

const columns = 'series, tier, at, "transaction", centiamperes, watts, register, energy, decivolts, soc'

/** What rows become when many are told as one: means of what flows, the last of what counts up. */
const gathered =
  '"transaction", round(avg(centiamperes)) AS centiamperes, round(avg(watts)) AS watts, register, energy, round(avg(decivolts)) AS decivolts, soc, max(at)'

const whole = (value: number | null, scale = 1): string => sqlNumber(value === null ? null : Math.round(value * scale))

/** A sample as a row of the finest tier; of those in one of its steps the last stays. */
export const sampleValues = (series: number, { at, transaction, current, power, register, energy, voltage, soc }: Sample): string =>
  `(${series},0,${slotOf(at)},${whole(transaction)},${whole(current, 100)},${whole(power)},${whole(register)},${whole(energy)},${whole(voltage, 10)},${whole(soc)})`

/** When the step begins in which a sample at `at` (ms) is kept, in seconds. */
export const slotOf = (at: number): number => Math.floor(at / 1_000 / tiers[0].step) * tiers[0].step

/** Writes rows of the finest tier. */
export const putSamples = (values: readonly string[]): string => `INSERT OR REPLACE INTO samples (${columns}) VALUES ${values.join(',')};`

/** Fills the coarser tiers of a series up to `now` (seconds), then forgets what each keeps no longer; done twice it does no harm. */
export const thin = (series: number, now: number, connectors: number): string => {
  const fills = tiers.slice(1).map(({ step }, n) => fill(series, n + 1, step, now))
  const forget = tiers.map((tier, n) => `DELETE FROM samples WHERE series = ${series} AND tier = ${n} AND at < ${now - reach(tier, connectors)};`)
  return [...fills, ...forget].join('')
}

// Only steps that are over, after the last one that is there. What a clock once put into the future must not hold this up.
const fill = (series: number, tier: number, step: number, now: number): string =>
  `INSERT OR REPLACE INTO samples (${columns})
   SELECT ${series}, ${tier}, slot, "transaction", centiamperes, watts, register, energy, decivolts, soc FROM (
     SELECT at - at % ${step} AS slot, ${gathered} FROM samples
     WHERE series = ${series} AND tier = ${tier - 1} AND at < ${now - (now % step)}
       AND at >= coalesce((SELECT max(at) + ${step} FROM samples WHERE series = ${series} AND tier = ${tier} AND at < ${now}), 0)
     GROUP BY slot
   );`

/** When the first and the last row of each tier begin; what a clock once put behind `now` (seconds) is not seen. */
export const edgeRows = (series: number, now: number): string => {
  const edge = (which: 'min' | 'max', tier: number): string => `(SELECT ${which}(at) FROM samples WHERE series = ${series} AND tier = ${tier} AND at <= ${now})`
  return tiers.map((_, tier) => `SELECT ${edge('min', tier)} AS first, ${edge('max', tier)} AS last`).join(' UNION ALL ')
}

/** The rows of all parts in buckets of `width` seconds, counted from `from`. */
export const bucketRows = (series: number, parts: readonly Part[], from: number, width: number): string => {
  const rows = parts.map((part) => `SELECT * FROM samples WHERE series = ${series} AND tier = ${part.tier} AND at >= ${part.from} AND at < ${part.until}`)
  return `SELECT (at - ${from}) / ${width} AS bucket, ${gathered} FROM (${rows.join(' UNION ALL ')}) GROUP BY bucket ORDER BY bucket`
}
