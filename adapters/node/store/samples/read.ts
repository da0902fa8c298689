import type { Sample } from '../../../../core/index.ts'
import type { Database } from '../database.ts'
import { type Edges, planOf } from './plan.ts'
import { bucketRows, edgeRows } from './sql.ts'

/** What a connector measured from one instant to the next: means of current, power and voltage, of the others the last. */
export type SampleBucket = Omit<Sample, 'identity' | 'connector'>

/** Which samples: of [from, until) in ms since 1970, in at most so many buckets (300 unless told, never more than 2000). */
export type SampleQuery = {
  readonly identity: string
  readonly connector: number
  readonly from: number
  readonly until: number
  readonly points?: number
}

/** The last second that a Date can tell. */
const latest = 8.64e12

/** Reads the buckets of a series that are not empty, oldest first; `at` is where a bucket begins, `now` is in seconds. */
export const readBuckets = async (database: Database, series: number, query: SampleQuery, now: number): Promise<readonly SampleBucket[]> => {
  const from = Math.max(0, Math.floor(query.from / 1_000))
  const until = Math.min(latest, Math.ceil(query.until / 1_000))
  if (!(from < until)) return []
  const points = Math.min(2_000, Math.max(1, Math.floor(query.points ?? 300)))
  const width = Math.max(1, Math.ceil((until - from) / points))
  const read = async (sql: string) => (await database.prepare(sql)).all([])
  const edges: Edges = (await read(edgeRows(series, now))).map(({ first, last }) => (typeof first === 'number' && typeof last === 'number' ? { first, last } : null))
  const parts = planOf(edges, from, until, width)
  return (await read(bucketRows(series, parts, from, width))).map((row) => bucketOf(row, from, width))
}

const bucketOf = (row: Readonly<Record<string, unknown>>, from: number, width: number): SampleBucket => {
  const number = (name: string, scale = 1): number | null => (typeof row[name] === 'number' ? row[name] / scale : null)
  return {
    at: (from + (number('bucket') ?? 0) * width) * 1_000,
    transaction: number('transaction'),
    current: number('centiamperes', 100),
    power: number('watts'),
    register: number('register'),
    energy: number('energy'),
    voltage: number('decivolts', 10),
    soc: number('soc'),
  }
}
