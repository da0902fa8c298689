import type { Database } from './database.ts'
import { type Row, placeOf } from './rows.ts'

/** Writes rows in one SQL transaction and resolves when they are on disk; after a failure none is there and the next may succeed. */
export type Writer = (rows: Iterable<Row>) => Promise<void>

/** The columns of a row, as a JSON array. */
type Columns = readonly (string | number | null)[]

const column = (index: number): string => `json_extract(value, '$[${index}]')`

/** How many rows become one statement: each takes its rows as one JSON text, so that a group costs this thread little more than a row. */
const statements = {
  put: (json: string) =>
    `INSERT INTO state (key, value) SELECT ${column(0)}, ${column(1)} FROM json_each(${json}) WHERE true ON CONFLICT (key) DO UPDATE SET value = excluded.value;`,
  remove: (json: string) => `DELETE FROM state WHERE key IN (SELECT ${column(0)} FROM json_each(${json}));`,
  book: (json: string) =>
    `INSERT OR REPLACE INTO transactions (id, identity, connector, tag, startedAt, endedAt, energyWh, value)
     SELECT ${[0, 1, 2, 3, 4, 5, 6, 7].map(column).join(', ')} FROM json_each(${json});`,
} as const

type Kind = keyof typeof statements

/** Characters of a batch: building one does not hold up the event loop for long, and SQLite takes up to a million. */
const longestBatch = 50_000

/** Opens the writing of rows; two writes must not overlap. */
export const openWriter = (database: Database): Writer => async (rows) => {
  // Of rows with the same place only the last is written, so that the order of the statements does not matter.
  const newest = new Map([...rows].map((row) => [placeOf(row), row]))
  let sql = 'BEGIN IMMEDIATE;'
  try {
    for (const batch of batches(newest.values())) {
      // All of it on libsql's thread: neither SQL nor the disk holds up the event loop.
      if (sql.length > longestBatch) {
        await database.exec(sql)
        sql = ''
      }
      sql += batch
    }
    await database.exec(`${sql}COMMIT;`)
  } catch (error) {
    await database.exec('ROLLBACK').catch(() => {})
    throw error
  }
}

const kinds: readonly Kind[] = ['put', 'remove', 'book']

function* batches(rows: Iterable<Row>): Generator<string> {
  let open: Record<Kind, string[]> = { put: [], remove: [], book: [] }
  let length = 0
  for (const row of rows) {
    const [kind, columns] = encode(row)
    const text = JSON.stringify(columns)
    open[kind].push(text)
    length += text.length
    if (length < longestBatch) continue
    yield toSql(open)
    open = { put: [], remove: [], book: [] }
    length = 0
  }
  yield toSql(open)
}

const toSql = (open: Readonly<Record<Kind, readonly string[]>>): string =>
  kinds.flatMap((kind) => (open[kind].length === 0 ? [] : [statements[kind](quote(`[${open[kind].join(',')}]`))])).join('')

const encode = (row: Row): readonly [kind: Kind, columns: Columns] => {
  if (row.table === 'transactions') {
    const { id, identity, connector, tag, startedAt, endedAt, energyWh, value } = row
    return ['book', [id, identity, connector, tag, startedAt, endedAt ?? null, energyWh ?? null, value]]
  }
  return row.value === undefined ? ['remove', [row.key]] : ['put', [row.key, row.value]]
}

/** A text as SQL literal: JSON holds no NUL, so the quote is all there is to escape. */
const quote = (json: string): string => `'${json.replaceAll("'", "''")}'`
