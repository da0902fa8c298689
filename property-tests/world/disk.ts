import { allKeys, changes, load, revive, rowOf, type Effect, type Site, type TransactionRecord } from '../../core/index.ts'

/** What survives a power failure: rows and books, as a host keeps them. */
export function createDisk() {
  const rows = new Map<string, string>()
  const books = new Map<number, TransactionRecord>()
  const unsaved = new Set<string>()

  function write(site: Site, keys: Iterable<string>): void {
    for (const key of keys) {
      const row = rowOf(site, key)
      if (row) rows.set(key, row.value)
    }
  }

  return {
    books,
    /** What must be on it before effects leave. */
    commit(before: Site, after: Site, effects: readonly Effect[]) {
      const { now, soon } = changes(before, after)
      for (const key of soon) unsaved.add(key)
      write(after, now)
      for (const effect of effects) if (effect.type === 'book') books.set(effect.transaction.id, effect.transaction)
    },
    /** What may be some seconds old. */
    flush(site: Site) {
      write(site, unsaved)
      unsaved.clear()
    },
    /** The site as it begins its next run. */
    restart(): Site {
      unsaved.clear()
      const records = [...books.values()].map((record): TransactionRecord => JSON.parse(JSON.stringify(record)))
      const site = revive(load([...rows].map(([key, value]) => ({ key, value })), records, 42).site)
      write(site, allKeys(site))
      return site
    },
  }
}
