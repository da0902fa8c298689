import { readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Database, closeDatabase, codeOf, isDamage, openDatabase } from './database.ts'
import type { Row } from './rows.ts'
import { salvage } from './salvage.ts'
import { booksSchema } from './schema.ts'
import { openWriter } from './writer.ts'

/** An open database with the state in it, and what people should be told about how it was found. */
export type Found = { readonly database: Database; readonly state: ReadonlyMap<string, string>; readonly warnings: readonly string[] }

const whyNot: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'another wallbus uses it already: stop that one first, or give this one another data directory',
  SQLITE_READONLY: 'it cannot be written to: look at who owns it, and whether the disk is mounted read-only',
  SQLITE_CANTOPEN: 'it cannot be opened: look at who owns the directory',
  SQLITE_FULL: 'the disk is full',
}

/** Up to this size a database is looked through at every start; it takes some 25 ms. */
const quicklyCheckedBytes = 16 * 1024 * 1024

/** Opens the database at a path; a damaged one is moved aside with a warning, and a new one has what of it can be read. Throws in words. */
export const openOrReplace = async (path: string): Promise<Found> => {
  const warnings = [...((await sizeOf(path)) === 0 ? [describeEmpty(path)] : []), ...(await asideOf(path)).map(describeAside)]
  try {
    return { ...(await openAndRead(path)), warnings }
  } catch (error) {
    if (!isDamage(error)) throw explained(path, error)
    try {
      return await replace(path, error)
    } catch (again) {
      throw explained(path, again)
    }
  }
}

const replace = async (path: string, damage: unknown): Promise<Found> => {
  const rows = await salvage(path)
  const aside = await moveAside(path)
  const database = await openDatabase(path, booksSchema, false)
  await openWriter(database)(rows)
  return { database, state: await readState(database), warnings: [describeDamage(path, aside, damage, rows)] }
}

const openAndRead = async (path: string): Promise<{ readonly database: Database; readonly state: ReadonlyMap<string, string> }> => {
  // After a clean end there is no log left; after a power cut a look through everything is worth its time.
  const check = (await sizeOf(`${path}-wal`)) !== undefined || ((await sizeOf(path)) ?? 0) <= quicklyCheckedBytes
  const database = await openDatabase(path, booksSchema, check)
  try {
    return { database, state: await readState(database) }
  } catch (error) {
    await closeDatabase(database).catch(() => {})
    throw error
  }
}

const readState = async (database: Database): Promise<ReadonlyMap<string, string>> => {
  const rows = await (await database.prepare('SELECT key, value FROM state')).all([])
  return new Map(rows.map((row) => [String(row['key']), String(row['value'])]))
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const explained = (path: string, error: unknown): Error => {
  const why = whyNot[codeOf(error)] ?? messageOf(error)
  return new Error(`Cannot open ${path}: ${why}`, { cause: error })
}

const describeEmpty = (path: string): string =>
  `${path} was empty: this controller starts without data. Restore a backup if there were any.`

const describeDamage = (path: string, aside: string, error: unknown, rows: readonly Row[]): string => {
  const books = rows.filter(({ table }) => table === 'transactions').length
  return (
    `The data in ${path} were damaged (${messageOf(error).replaceAll('\n', ' ')}). They were moved to ${aside}. ` +
    `What could still be read was taken over: ${books} transactions and ${rows.length - books} other entries. ` +
    `Restore a backup if something is missing, or look for more with: sqlite3 ${aside} .recover`
  )
}

// Told at every start: the first telling may have been lost in another power cut.
const describeAside = (aside: string): string =>
  `Damaged data of an earlier time are kept in ${aside}. If something is missing look for it with: sqlite3 ${aside} .recover; ` +
  'else delete that file.'

const asideOf = async (path: string): Promise<readonly string[]> => {
  const names = await readdir(dirname(path))
  const isAside = (name: string): boolean => name.startsWith(`${basename(path)}.corrupt-`) && name.endsWith('Z')
  return names.filter(isAside).map((name) => join(dirname(path), name))
}

const moveAside = async (path: string): Promise<string> => {
  const aside = `${path}.corrupt-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`
  // The log goes first: left behind, it might be taken for the log of the new file.
  for (const suffix of ['-wal', '-shm', '']) {
    if ((await sizeOf(path + suffix)) !== undefined) await rename(path + suffix, aside + suffix)
  }
  return aside
}

const sizeOf = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size
  } catch {
    return undefined
  }
}
