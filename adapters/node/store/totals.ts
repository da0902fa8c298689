import { instantFromLocal, localTime } from '../../../core/index.ts'
import type { Sum } from '../../hono/port.ts'
import { sqlNumber, sqlText } from './sql-text.ts'

/** What totals can be told apart by. */
export const totalsBy = ['month', 'tag', 'identity', 'connector'] as const

/** Sum up the sessions that began in [from, until), in ms since 1970, apart by so many things (none: all in one); months are those of a time zone. */
export type TotalsQuery = {
  readonly from?: number | undefined
  readonly until?: number | undefined
  /** Those of one Charge Point alone. */
  readonly identity?: string | undefined
  readonly by: readonly (typeof totalsBy)[number][]
  readonly timeZone: string
}

/** No more months than this are told apart: a hundred years. */
const mostMonths = 1_200

const groups = { month: 'month', tag: 'upper(tag)', identity: 'identity', connector: 'connector' } as const

/** A query for totals as SQL, oldest month first. */
export const encodeTotals = ({ by, timeZone, identity }: TotalsQuery, from: number, until: number): string => {
  const spans = by.includes('month') ? monthsOf(from, until, timeZone) : [{ month: '', start: from, end: until }]
  const values = spans.map(({ month, start, end }) => `(${sqlText(month)}, ${sqlNumber(start)}, ${sqlNumber(end)})`)
  const columns = totalsBy.map((name) => (by.includes(name) ? `${name === 'tag' ? 'min(tag)' : name} AS ${name}` : `NULL AS ${name}`))
  const order = totalsBy.filter((name) => by.includes(name)).map((name) => groups[name])
  return `WITH spans (month, start, finish) AS (VALUES ${values.length === 0 ? "('', 0, 0)" : values.join(', ')})
    SELECT ${columns.join(', ')}, count(*) AS sessions, total(energyWh) AS energyWh, total(endedAt - startedAt) AS durationMs
    FROM spans CROSS JOIN transactions ON startedAt >= start AND startedAt < finish WHERE endedAt IS NOT NULL${identity === undefined ? '' : ` AND identity = ${sqlText(identity)}`}
    ${order.length === 0 ? '' : `GROUP BY ${order.join(', ')} ORDER BY ${order.join(', ')}`}`
}

/** The months of a time zone in [from, until), the first and the last as far as they lie in it. */
const monthsOf = (from: number, until: number, timeZone: string): readonly { readonly month: string; readonly start: number; readonly end: number }[] => {
  const first = localTime(from, timeZone)
  const begins = (n: number): number => instantFromLocal(Date.UTC(first.year, first.month - 1 + n), timeZone)
  const nameOf = (n: number): string => new Date(Date.UTC(first.year, first.month - 1 + n)).toISOString().slice(0, 7)
  const months = []
  for (let n = 0, start = from; n < mostMonths && start < until; n += 1) {
    const end = Math.min(until, begins(n + 1))
    months.push({ month: nameOf(n), start, end })
    start = end
  }
  return months
}

/** Sum from what SQLite gives back. */
export const decodeTotals = (found: Readonly<Record<string, unknown>>): Sum => {
  const textOf = (name: string): string | null => (typeof found[name] === 'string' ? found[name] : null)
  return {
    month: textOf('month'),
    tag: textOf('tag'),
    identity: textOf('identity'),
    connector: typeof found['connector'] === 'number' ? found['connector'] : null,
    sessions: Number(found['sessions']),
    energyWh: Number(found['energyWh']),
    durationMs: Number(found['durationMs']),
  }
}
