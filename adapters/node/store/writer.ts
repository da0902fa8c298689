import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database, Statement } from './database.ts'
import { type Row, encodeRow, writes } from './rows.ts'

/** Writes rows in one SQL transaction and resolves when they are on disk; after a failure none is there and the next may succeed. */
export type Writer = (rows: Iterable<Row>) => Promise<void>

// A large group must not hold up the event loop.
const rowsPerTurn = 256

/** Prepares the writing of rows; two writes must not overlap. */
export const openWriter = async (database: Database): Promise<Writer> => {
  const begin = await database.prepare('BEGIN IMMEDIATE')
  const statements: Readonly<Record<keyof typeof writes, Statement>> = {
    put: await database.prepare(writes.put),
    remove: await database.prepare(writes.remove),
    book: await database.prepare(writes.book),
  }

  return async (rows) => {
    try {
      begin.run([])
      let count = 0
      for (const row of rows) {
        count += 1
        if (count % rowsPerTurn === 0) await nextTurn()
        const { statement, values } = encodeRow(row)
        statements[statement].run(values)
      }
      // Only this touches the disk: it waits on libsql's thread, not here.
      await database.exec('COMMIT')
    } catch (error) {
      await database.exec('ROLLBACK').catch(() => {})
      throw error
    }
  }
}
