import { join } from 'node:path'
import type { Sample } from '../../../../core/index.ts'
import { closeDatabase, codeOf, isDamage } from '../database.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { sqlText } from '../sql-text.ts'
import { moveAside, openOrBegin } from './file.ts'
import { type SampleBucket, type SampleQuery, readBuckets } from './read.ts'
import { putSamples, sampleValues, slotOf, thin } from './sql.ts'

/** What was measured, in a file of its own: it holds up no commit, and what may be lost of it are plots. */
export type Samples = {
  /** Keeps a sample, of those within ten seconds the last; a crash costs those of the last half minute. */
  readonly record: (sample: Sample) => void
  /** Reads what a connector measured, oldest first; what still waits is written before. */
  readonly samples: (query: SampleQuery) => Promise<readonly SampleBucket[]>
  /** Writes what waits and lets go of the files. */
  readonly close: () => Promise<void>
}

/** How long samples wait to be written together, what time it is (ms since 1970), and who hears what goes wrong. */
export type SampleOptions = { readonly flushMs: number; readonly now: () => number; readonly failed: (reason: string) => void }

/** How many samples wait for a disk that does not take them; then the oldest go. */
const mostWaiting = 20_000
/** Rows of one statement: building it does not hold up the event loop for long. */
const rowsAtOnce = 500

type Waiting = { readonly id: number; readonly sample: Sample }

/** Opens `samples.db` in a data directory; in place of a damaged one an empty one, with a warning. */
export const openSamples = async (directory: string, { flushMs, now, failed }: SampleOptions): Promise<{ readonly samples: Samples; readonly warnings: readonly string[] }> => {
  const path = join(directory, 'samples.db')
  const opened = await openOrBegin(path)
  let { database } = opened
  // Ids count from 1 in the order of this map.
  const series = new Map<string, number>()
  for (const { name } of await (await database.prepare('SELECT name FROM series ORDER BY id')).all([])) series.set(String(name), series.size + 1)
  let written = series.size
  // By series and time, in one number.
  const waiting = new Map<number, Waiting>()
  let thinned = 0
  let closed: Promise<void> | undefined
  const inTurn = oneAtATime()

  const seconds = (): number => Math.floor(now() / 1_000)

  const record = (sample: Sample): void => {
    const name = nameOf(sample)
    const known = series.get(name)
    const id = known ?? series.size + 1
    if (known === undefined) series.set(name, id)
    waiting.set(id * 2 ** 32 + slotOf(sample.at), { id, sample })
    if (waiting.size > mostWaiting) for (const oldest of waiting.keys()) return void waiting.delete(oldest)
  }

  const write = async (): Promise<void> => {
    const names = [...series.keys()]
    const values = [...waiting]
    for (; written < names.length; written += 1) await database.exec(`INSERT OR IGNORE INTO series VALUES (${written + 1}, ${sqlText(names[written] ?? '')})`)
    for (let n = 0; n < values.length; n += rowsAtOnce) {
      const rows = values.slice(n, n + rowsAtOnce)
      await database.exec(putSamples(rows.map(([, { id, sample }]) => sampleValues(id, sample))))
      // What came meanwhile for the same place is newer.
      for (const [place, row] of rows) if (waiting.get(place) === row) waiting.delete(place)
    }
    if (names.length === 0) return
    thinned = (thinned % names.length) + 1
    await database.exec(`BEGIN;${thin(thinned, seconds(), names.length)}COMMIT;`)
  }

  const beginAnew = async (): Promise<void> => {
    await closeDatabase(database).catch(() => {})
    failed(await moveAside(path))
    database = (await openOrBegin(path)).database
    written = 0
  }

  const flush = (): Promise<void> =>
    inTurn(async () => {
      try {
        await write()
      } catch (error) {
        await database.exec('ROLLBACK').catch(() => {})
        if (!isDamage(error)) return failed(`What was measured could not be written (${codeOf(error)}); it is kept in memory and tried again`)
        await beginAnew().catch((again: unknown) => failed(`What is measured cannot be kept until the next start: ${String(again)}`))
      }
    })

  const samples = async (query: SampleQuery): Promise<readonly SampleBucket[]> => {
    if (closed !== undefined) throw new Error('The store is closed')
    const id = series.get(nameOf(query))
    if (id === undefined) return []
    // Who looks wants to see what was measured just now.
    if (waiting.size > 0) await flush()
    return inTurn(() => readBuckets(database, id, query, seconds()))
  }

  const timer = setInterval(() => void flush(), flushMs).unref()
  const close = (): Promise<void> => {
    clearInterval(timer)
    return (closed ??= flush().then(() => closeDatabase(database).catch(() => {})))
  }

  return { samples: { record, samples, close }, warnings: opened.warnings }
}

const nameOf = ({ identity, connector }: { readonly identity: string; readonly connector: number }): string => `${connector} ${identity}`
