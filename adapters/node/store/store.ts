import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sum } from '../../hono/port.ts'
import { type Database, closeDatabase } from './database.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { openOrReplace } from './open-or-replace.ts'
import { type Row, type SqlValue, type TransactionQuery, type TransactionRow, decodeTransaction, encodeQuery, recentTransactions } from './rows.ts'
import { type Samples, openSamples } from './samples/samples.ts'
import { type SessionPage, readPage } from './sessions.ts'
import { type TotalsQuery, decodeTotals, encodeTotals } from './totals.ts'
import { openWriter } from './writer.ts'

/** The durable memory of a controller. */
export type Store = Omit<Samples, 'close'> & {
  /**
   * Resolves when the rows are on disk, whatever happens to the power. Rejects when none of them were written: the same may be tried again.
   */
  readonly commit: (rows: readonly Row[]) => Promise<void>
  /** Reads the books, newest first. */
  readonly transactions: (query: TransactionQuery) => Promise<readonly TransactionRow[]>
  /** All transactions that run, and the newest of each Charge Point in the order in which they were booked. */
  readonly recent: (perChargePoint: number) => Promise<readonly TransactionRow[]>
  /** Reads a page of the books, as `transactions`. */
  readonly sessions: (query: TransactionQuery) => Promise<SessionPage>
  /** Sums the books up; all of them where no time is told. */
  readonly totals: (query: TotalsQuery) => Promise<readonly Sum[]>
  /** All values of the state whose keys begin so, by key: others than the core may `commit` theirs beside it. */
  readonly documents: (prefix: string) => Promise<ReadonlyMap<string, string>>
  /** Writes what waits and lets go of the files; whatever is asked afterwards rejects. */
  readonly close: () => Promise<void>
}

/** A store with what it remembers, and what people should be told about how that was found. */
export type OpenedStore = { readonly store: Store; readonly state: ReadonlyMap<string, string>; readonly warnings: readonly string[] }

/** How long samples may wait (30 s unless told), what time it is, and who hears what goes wrong meanwhile. */
export type StoreOptions = { readonly flushMs?: number; readonly now?: () => number; readonly failed?: (reason: string) => void }

/**
 * Opens `wallbus.db` and `samples.db` in a data directory, made when missing. A damaged file is moved aside with a warning, and a new one
 * has what could still be read of the books. Throws in words when another process has it open.
 */
export const openStore = async (directory: string, { flushMs = 30_000, now = Date.now, failed = () => {} }: StoreOptions = {}): Promise<OpenedStore> => {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const { database, state, warnings } = await openOrReplace(join(directory, 'wallbus.db'))
  try {
    const samples = await openSamples(directory, { flushMs, now, failed })
    return { store: serve(database, samples.samples), state, warnings: [...warnings, ...samples.warnings] }
  } catch (error) {
    await closeDatabase(database)
    throw error
  }
}

const serve = (database: Database, { record, samples, close: closeSamples }: Samples): Store => {
  const inTurn = oneAtATime()
  const write = openWriter(database)
  let closed: Promise<void> | undefined

  const commit = (rows: readonly Row[]): Promise<void> => (closed === undefined ? inTurn(() => write(rows)) : Promise.reject(new Error('The store is closed')))

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

  const totals = async (query: TotalsQuery): Promise<readonly Sum[]> => {
    const [span] = await read('SELECT min(startedAt) AS first, max(startedAt) AS last FROM transactions', [])
    const { from = Number(span?.['first']), until = Number(span?.['last']) + 1 } = query
    return (await read(encodeTotals(query, from, until), [])).map(decodeTotals)
  }

  const documents = async (prefix: string): Promise<ReadonlyMap<string, string>> => {
    const rows = await read('SELECT key, value FROM state WHERE substr(key, 1, length(?)) = ? ORDER BY key', [prefix, prefix])
    return new Map(rows.map((row) => [String(row['key']), String(row['value'])]))
  }

  const shut = async (): Promise<void> => void (await Promise.all([inTurn(() => closeDatabase(database)), closeSamples()]))
  const close = (): Promise<void> => (closed ??= shut())

  return { commit, transactions, recent, sessions, totals, documents, record, samples, close }
}
