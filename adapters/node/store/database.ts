import Libsql from 'libsql/promise'
import type { SqlValue } from './rows.ts'
import type { Schema } from './schema.ts'

/** A prepared statement: `run` is done when it returns, reading takes its time on a thread of libsql. */
export type Statement = {
  readonly run: (values: SqlValue[]) => unknown
  readonly all: (values: SqlValue[]) => Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** An open SQLite database; `exec` runs on a thread of libsql, so that a slow disk does not hold up the event loop. */
export type Database = {
  readonly exec: (sql: string) => Promise<void>
  readonly prepare: (sql: string) => Promise<Statement>
  readonly close: () => void
}

// The exclusive lock keeps other processes out and ends with the process, however it ends.
const settings = ({ synchronous }: Schema): string =>
  `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA journal_size_limit = 4194304;`

/** What SQLite says of a failure, such as SQLITE_FULL. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** Whether a failure means that the file itself is damaged. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))

/** Opens a database as it is. */
export const openRaw = (path: string): Database =>
  // libsql's own type has `any` where this one says what it returns.
  new Libsql(path, {})

/** Opens a database for this process alone, at the present schema; `check` looks through all of it. Throws SqliteErrors, or in words. */
export const openDatabase = async (path: string, schema: Schema, check: boolean): Promise<Database> => {
  const database = openRaw(path)
  try {
    await database.exec(settings(schema))
    if (check) await checkWhole(database)
    await migrate(database, schema)
    return database
  } catch (error) {
    await closeDatabase(database).catch(() => {})
    throw error
  }
}

/** Closes a database, so that a single file remains and the lock is gone. */
export const closeDatabase = async (database: Database): Promise<void> => {
  try {
    // Prepared statements keep a closed database open until they are collected; its lock must not wait for that.
    await database.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_master LIMIT 1;')
  } finally {
    database.close()
  }
}

const checkWhole = async (database: Database): Promise<void> => {
  const [found] = await (await database.prepare('PRAGMA quick_check(1)')).all([])
  const words = String(found?.['quick_check'])
  if (words !== 'ok') throw Object.assign(new Error(words), { code: 'SQLITE_CORRUPT' })
}

const migrate = async (database: Database, { migrations }: Schema): Promise<void> => {
  const [found] = await (await database.prepare('PRAGMA user_version')).all([])
  const version = Number(found?.['user_version'])
  if (version > migrations.length) {
    const schemas = `schema ${version}, this one knows ${migrations.length}`
    throw new Error(`it was written by a newer wallbus (${schemas}): update wallbus, or use another data directory`)
  }
  for (let step = version; step < migrations.length; step += 1) {
    await database.exec(`BEGIN IMMEDIATE; ${migrations[step]}; PRAGMA user_version = ${step + 1}; COMMIT;`)
  }
}
