import { rename } from 'node:fs/promises'
import { type Database, codeOf, isDamage, openDatabase } from '../database.ts'
import { samplesSchema } from '../schema.ts'

/** Opens the database at a path, or in place of a damaged one an empty one, with a warning. Throws what SQLite says. */
export const openOrBegin = async (path: string): Promise<{ readonly database: Database; readonly warnings: readonly string[] }> => {
  try {
    return { database: await openDatabase(path, samplesSchema, false), warnings: [] }
  } catch (error) {
    if (!isDamage(error)) throw new Error(`Cannot open ${path}: ${error instanceof Error ? error.message : codeOf(error)}`, { cause: error })
    const warning = await moveAside(path)
    return { database: await openDatabase(path, samplesSchema, false), warnings: [warning] }
  }
}

/** Makes room for an empty database. One damaged file is kept: what is in it are plots. */
export const moveAside = async (path: string): Promise<string> => {
  for (const suffix of ['-wal', '-shm', '']) await rename(path + suffix, `${path}.corrupt${suffix}`).catch(() => {})
  return `The measurements in ${path} were damaged. They were moved to ${path}.corrupt; plots begin anew.`
}
