import type { TransactionRecord } from '../../../core/index.ts'
import { type TransactionQuery, type TransactionRow, cursorOf } from './rows.ts'

/** Some sessions, newest start first, and what to ask as `before` for those that follow; null when there are none. */
export type SessionPage = { readonly sessions: readonly TransactionRecord[]; readonly next: string | null }

const longestPage = 500

/** The books hold what we wrote: a record each, as JSON. */
export const recordOf = ({ value }: TransactionRow): TransactionRecord => JSON.parse(value) as TransactionRecord

/** Reads one page, at most `limit` (100, never above 500), with one row more to know whether others follow. */
export const readPage = async (query: TransactionQuery, read: (query: TransactionQuery) => Promise<readonly TransactionRow[]>): Promise<SessionPage> => {
  const limit = Math.max(1, Math.min(longestPage, Math.floor(query.limit ?? 100) || 1))
  const rows = await read({ ...query, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { sessions: rows.slice(0, limit).map(recordOf), next: last === undefined ? null : cursorOf(last) }
}

/** A transaction as it goes into the books. */
export function rowOf(transaction: TransactionRecord): TransactionRow {
  const { serial, id, identity, connector, idTag, startedAt, endedAt, energy } = transaction
  return {
    table: 'transactions', serial, id, identity, connector, tag: idTag, startedAt,
    endedAt: endedAt ?? undefined, energyWh: energy ?? undefined, value: JSON.stringify(transaction),
  }
}
