import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Database, closeDatabase, codeOf, isFaultOfRow } from './database.ts'
import { openOrReplace } from './open-or-replace.ts'
import { type Row, type SqlValue, type TransactionQuery, type TransactionRow, decodeState, decodeTransaction, encodeQuery, placeOf, recentTransactions } from './rows.ts'
import { type Samples, openSamples } from './samples/samples.ts'
import { type SessionPage, readPage } from './sessions.ts'
import { type Totals, type TotalsQuery, decodeTotals, encodeTotals } from './totals.ts'
import { openWriter } from './writer.ts'

/** The durable memory of a controller. */
export type Store = {
  /**
   * Resolves when the rows are on disk, whatever happens to the power; commits of one moment share one SQL transaction. Rejects when none
   * of the rows were written: the same may be tried again.
   */
  readonly commit: (rows: readonly Row[]) => Promise<void>
  /** Keeps rows in memory, the newest of each place, and writes them after `deferMs`, or at `close`. */
  readonly defer: (rows: readonly Row[]) => void
  /** Reads the books, newest first; rows that are still deferred are not seen. */
  readonly transactions: (query: TransactionQuery) => Promise<readonly TransactionRow[]>
  /** All transactions that run, and the newest of each Charge Point in the order in which they were booked. */
  readonly recent: (perChargePoint: number) => Promise<readonly TransactionRow[]>
  /** Reads a page of the books, as `transactions`. */
  readonly sessions: (query: TransactionQuery) => Promise<SessionPage>
  /** Sums the books up. */
  readonly totals: (query: TotalsQuery) => Promise<readonly Totals[]>
  /** All values of the state whose keys begin so, by key; rows that are still deferred are not seen. Others than the core may keep theirs beside it. */
  readonly documents: (prefix: string) => Promise<ReadonlyMap<string, string>>
  readonly record: Samples['record']
  readonly samples: Samples['samples']
  /** Writes what is deferred and lets go of the files; whatever is asked afterwards rejects. */
  readonly close: () => Promise<void>
}

/** A store with what it remembers, and what people should be told about how that was found. */
export type OpenedStore = { readonly store: Store; readonly state: ReadonlyMap<string, string>; readonly warnings: readonly string[] }

/** How long rows may stay deferred (30 s unless told), and who hears that writing them failed; they are kept and tried again. */
export type StoreOptions = { readonly deferMs?: number; readonly deferFailed?: (reason: string) => void; readonly now?: () => number }

type Waiting = { readonly rows: readonly Row[]; readonly resolve: () => void; readonly reject: (error: unknown) => void }

/**
 * Opens `wallbus.db` and `samples.db` in a data directory, made when missing. A damaged file is moved aside to
 * `wallbus.db.corrupt-<time>` with a warning, and a new one has what could still be read of it. Throws in words when another process has
 * it open.
 */
export const openStore = async (directory: string, options: StoreOptions = {}): Promise<OpenedStore> => {
  const { deferMs = 30_000, deferFailed = () => {}, now = Date.now } = options
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const { database, state, warnings } = await openOrReplace(join(directory, 'wallbus.db'))
  const books = serve(database, deferMs, deferFailed)
  try {
    const { samples, warnings: more } = await openSamples(directory, { flushMs: deferMs, now, failed: deferFailed })
    const close = async (): Promise<void> => void (await Promise.all([books.close(), samples.close()]))
    return { store: { ...books, record: samples.record, samples: samples.samples, close }, state, warnings: [...warnings, ...more] }
  } catch (error) {
    await books.close()
    throw error
  }
}

const serve = (database: Database, deferMs: number, deferFailed: (reason: string) => void): Omit<Store, 'record' | 'samples'> => {
  const write = openWriter(database)
  let waiting: Waiting[] = []
  let deferred = new Map<string, Row>()
  let writing = new Map<string, Row>()
  let timer: NodeJS.Timeout | undefined
  let closed: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()

  // One thing at a time: libsql's thread and this one must not both be in the database.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }

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

  const enqueue = (rows: readonly Row[]): Promise<void> =>
    new Promise((resolve, reject) => {
      // The first of a turn opens the group, which takes in all that come until the disk is free.
      if (waiting.length === 0) setImmediate(() => void inTurn(flush))
      waiting.push({ rows, resolve, reject })
    })

  const forget = (place: string): void => {
    deferred.delete(place)
    writing.delete(place)
  }

  const commit = (rows: readonly Row[]): Promise<void> => {
    if (closed !== undefined) return Promise.reject(new Error('The store is closed'))
    if (deferred.size > 0 || writing.size > 0) for (const row of rows) forget(placeOf(row))
    return enqueue(rows)
  }

  const writeDeferred = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = deferred
    deferred = new Map()
    try {
      await enqueue([...writing.values()])
    } catch (error) {
      // What was committed meanwhile is newer and no longer among those.
      deferred = new Map([...writing, ...deferred])
      throw error
    } finally {
      writing = new Map()
    }
  }

  const deferredDue = (): void => {
    writeDeferred().catch((error: unknown) => {
      deferFailed(`What was measured last could not be written (${codeOf(error)}); it is kept in memory and tried again`)
      schedule()
    })
  }

  const schedule = (): void => {
    if (closed === undefined) timer ??= setTimeout(deferredDue, deferMs).unref()
  }

  const defer = (rows: readonly Row[]): void => {
    for (const row of rows) deferred.set(placeOf(row), row)
    schedule()
  }

  const read = async (sql: string, values: SqlValue[]): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    if (closed !== undefined) throw new Error('The store is closed')
    return inTurn(async () => (await database.prepare(sql)).all(values))
  }

  const transactions = async (query: TransactionQuery): Promise<readonly TransactionRow[]> => {
    const { sql, values } = encodeQuery(query)
    return (await read(sql, values)).map(decodeTransaction)
  }

  const recent = async (perChargePoint: number): Promise<readonly TransactionRow[]> => (await read(recentTransactions, [perChargePoint])).map(decodeTransaction)

  const sessions = (query: TransactionQuery): Promise<SessionPage> => readPage(query, transactions)

  const totals = async (query: TotalsQuery): Promise<readonly Totals[]> => (await read(encodeTotals(query), [])).map(decodeTotals)

  const documents = async (prefix: string): Promise<ReadonlyMap<string, string>> => {
    const rows = await read('SELECT key, value FROM state WHERE substr(key, 1, length(?)) = ? ORDER BY key', [prefix, prefix])
    return new Map(rows.map(decodeState).map(({ key, value }) => [key, value ?? '']))
  }

  const close = (): Promise<void> => (closed ??= writeDeferred().finally(() => inTurn(() => closeDatabase(database))))

  return { commit, defer, transactions, recent, sessions, totals, documents, close }
}
