import { type Database, isFaultOfRow } from './database.ts'
import type { oneAtATime } from './one-at-a-time.ts'
import type { Row } from './rows.ts'
import { openWriter } from './writer.ts'

type Waiting = { readonly rows: readonly Row[]; readonly resolve: () => void; readonly reject: (error: unknown) => void }

/** Opens the writing of rows in groups: what comes in one turn of the event loop, or while the disk is busy, is one SQL transaction. */
export const openGrouping = (database: Database, inTurn: ReturnType<typeof oneAtATime>): ((rows: readonly Row[]) => Promise<void>) => {
  const write = openWriter(database)
  let waiting: Waiting[] = []

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      await write(group.flatMap(({ rows }) => rows))
      for (const { resolve } of group) resolve()
    } catch (error) {
      // A row that SQLite does not take must not be the ruin of the others.
      if (group.length > 1 && isFaultOfRow(error)) for (const one of group) await writeGroup([one])
      else for (const { reject } of group) reject(error)
    }
  }

  const flush = (): Promise<void> => {
    const group = waiting
    waiting = []
    return writeGroup(group)
  }

  return (rows) =>
    new Promise((resolve, reject) => {
      // The first of a turn opens the group, which takes in all that come until the disk is free.
      if (waiting.length === 0) setImmediate(() => void inTurn(flush))
      waiting.push({ rows, resolve, reject })
    })
}
