import type { Database } from './database.ts'
import type { Row } from './rows.ts'
import { sqlNumber, sqlText } from './sql-text.ts'

/** Writes rows in one SQL transaction and resolves when they are on disk; after a failure none is there and the next may succeed. */
export type Writer = (rows: readonly Row[]) => Promise<void>

/** What a run of rows of one kind is written with: their values stand between the two. */
const statements = {
  put: ['INSERT INTO state (key, value) VALUES ', ' ON CONFLICT (key) DO UPDATE SET value = excluded.value;'],
  remove: ['DELETE FROM state WHERE key IN (', ');'],
  // What a transaction is found by never changes: touching it would cost the indexes their pages.
  book: [
    'INSERT INTO transactions (serial, id, identity, connector, tag, startedAt, endedAt, energyWh, value) VALUES ',
    ` ON CONFLICT (serial) DO UPDATE SET endedAt = excluded.endedAt, energyWh = excluded.energyWh, value = excluded.value;`,
  ],
} as const

type Kind = keyof typeof statements

/** Characters of a piece: building one does not hold up the event loop for long. */
const longestPiece = 50_000

/** Opens the writing of rows; two writes must not overlap. */
export const openWriter = (database: Database): Writer => async (rows) => {
  let sql = 'BEGIN IMMEDIATE;'
  let open: Kind | undefined
  try {
    for (const row of rows) {
      const kind = kindOf(row)
      if (open !== undefined) sql += open === kind ? ',' : statements[open][1]
      if (open !== kind) sql += statements[kind][0]
      sql += valuesOf(row)
      open = kind
      if (sql.length < longestPiece) continue
      // All of it on libsql's thread: neither SQL nor the disk holds up the event loop.
      await database.exec(sql + statements[kind][1])
      sql = ''
      open = undefined
    }
    await database.exec(`${sql}${open === undefined ? '' : statements[open][1]}COMMIT;`)
  } catch (error) {
    await database.exec('ROLLBACK').catch(() => {})
    throw error
  }
}

const kindOf = (row: Row): Kind => (row.table === 'transactions' ? 'book' : row.value === undefined ? 'remove' : 'put')

// Literals cost libsql's thread a quarter of what taking JSON apart in SQL does.
const valuesOf = (row: Row): string => {
  if (row.table === 'state') return row.value === undefined ? sqlText(row.key) : `(${sqlText(row.key)},${sqlText(row.value)})`
  const { serial, id, identity, connector, tag, startedAt, endedAt, energyWh, value } = row
  return `(${sqlNumber(serial)},${sqlNumber(id)},${sqlText(identity)},${sqlNumber(connector)},${sqlText(tag)},${sqlNumber(startedAt)},${sqlNumber(endedAt)},${sqlNumber(energyWh)},${sqlText(value)})`
}
