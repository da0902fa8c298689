/** One value of the site's state under its key, as JSON text; undefined deletes it. */
export type StateRow = { readonly table: 'state'; readonly key: string; readonly value: string | undefined }

/** One transaction in the books; `value` is all of it as JSON text, the rest is what it is found by. Times are ms since 1970. */
export type TransactionRow = {
  readonly table: 'transactions'
  /** Counts transactions as they were booked: the key, so that what is new stands at the end of the table. */
  readonly serial: number
  readonly id: number
  readonly identity: string
  readonly connector: number
  readonly tag: string
  readonly startedAt: number
  readonly endedAt?: number | undefined
  readonly energyWh?: number | undefined
  readonly value: string
}

/** What is written: over what stands under the same key or serial. */
export type Row = StateRow | TransactionRow

/**
 * Which transactions to read, newest start first: started in [from, until), at most `limit` (100, never above 1000), from where the page
 * `before` ended, or after `offset`. `search` is part of a tag or identity; it and `tag` are compared without case.
 */
export type TransactionQuery = {
  readonly identity?: string | undefined
  readonly connector?: number | undefined
  readonly tag?: string | undefined
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly ended?: boolean | undefined
  readonly search?: string | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  /** A place in the books as `cursorOf` tells it. */
  readonly before?: string | undefined
}

/** A value as SQLite takes it. */
export type SqlValue = string | number | null

const columns = 'serial, id, identity, connector, tag, startedAt, endedAt, energyWh, value'

/** How far back the newest of a Charge Point are looked for: a start need not read the books of ten years. */
const recentSpan = 50_000

/** The running transactions, and the newest of each Charge Point among the newest of all. */
export const recentTransactions = `SELECT ${columns} FROM transactions WHERE endedAt IS NULL UNION SELECT ${columns} FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY identity ORDER BY serial DESC) AS nth FROM transactions
  WHERE serial > (SELECT max(serial) FROM transactions) - ${recentSpan}
) WHERE nth <= ?`

/** The place of a transaction in the books, for `before`. */
export const cursorOf = ({ startedAt, serial }: TransactionRow): string => `${startedAt}.${serial}`

/** The place that a cursor tells; one that is none is before everything. */
const placeOfCursor = (cursor: string): readonly [startedAt: number, serial: number] => {
  const [, startedAt, serial] = /^(-?\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  return [Number(startedAt ?? Number.MIN_SAFE_INTEGER), Number(serial ?? 0)]
}

/** A query as SQL with its values. */
export const encodeQuery = (query: TransactionQuery): { readonly sql: string; readonly values: SqlValue[] } => {
  const conditions: readonly (readonly [sql: string, ...values: (SqlValue | undefined)[]])[] = [
    ['identity = ?', query.identity],
    ['connector = ?', query.connector],
    ['upper(tag) = upper(?)', query.tag],
    ['startedAt >= ?', query.from],
    ['startedAt < ?', query.until],
    ['(endedAt IS NOT NULL) = ?', query.ended === undefined ? undefined : Number(query.ended)],
    ["instr(upper(tag || ' ' || identity), upper(?)) > 0", query.search],
    ['(startedAt, serial) < (?, ?)', ...(query.before === undefined ? [undefined] : placeOfCursor(query.before))],
  ]
  const used = conditions.flatMap(([sql, ...values]) => (values.includes(undefined) ? [] : [{ sql, values }]))
  const where = used.length === 0 ? '' : `WHERE ${used.map(({ sql }) => sql).join(' AND ')}`
  const sql = `SELECT ${columns} FROM transactions ${where} ORDER BY startedAt DESC, serial DESC LIMIT ? OFFSET ?`
  const limit = Math.max(0, Math.min(1000, Math.floor(query.limit ?? 100)))
  return { sql, values: [...used.flatMap(({ values }) => values.filter((value) => value !== undefined)), limit, Math.max(0, Math.floor(query.offset ?? 0))] }
}

/** A value of the state as it was written, from what SQLite gives back. */
export const decodeState = (found: Readonly<Record<string, unknown>>): StateRow => ({
  table: 'state',
  key: String(found['key']),
  value: String(found['value']),
})

/** A transaction as it was written, from what SQLite gives back. */
export const decodeTransaction = (found: Readonly<Record<string, unknown>>): TransactionRow => ({
  table: 'transactions',
  serial: Number(found['serial']),
  id: Number(found['id']),
  identity: String(found['identity']),
  connector: Number(found['connector']),
  tag: String(found['tag']),
  startedAt: Number(found['startedAt']),
  ...(typeof found['endedAt'] === 'number' ? { endedAt: found['endedAt'] } : {}),
  ...(typeof found['energyWh'] === 'number' ? { energyWh: found['energyWh'] } : {}),
  value: String(found['value']),
})
