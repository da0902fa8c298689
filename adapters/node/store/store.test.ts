import { copyFile, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, openDatabase, openRaw } from './database.ts'
import type { Row, TransactionRow } from './rows.ts'
import { booksSchema } from './schema.ts'
import { openStore } from './store.ts'
import { openWriter } from './writer.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'store-'))
  path = join(directory, 'wallbus.db')
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

const state = (key: string, value: string | undefined): Row => ({ table: 'state', key, value })
const transaction = (id: number, more: Partial<TransactionRow> = {}): TransactionRow => ({
  table: 'transactions',
  serial: id,
  id,
  identity: 'CP1',
  connector: 1,
  tag: 'TAG',
  startedAt: id * 1000,
  value: `{"id":${id}}`,
  ...more,
})

/** What a store remembers after it was closed and opened again. */
const remembered = async (): Promise<Record<string, string>> => {
  const opened = await openStore(directory)
  await opened.store.close()
  return Object.fromEntries(opened.state)
}

describe('A store', () => {
  it('remembers the newest value of each key, and forgets what is deleted.', async () => {
    const { store, state: found, warnings } = await openStore(directory)
    expect([found.size, warnings]).toEqual([0, []])
    await store.commit([state('site', '{"a":1}'), state('CP1', '{}'), state('__proto__', '"é🔌"')])
    await store.commit([state('site', '{"a":2}'), state('CP1', undefined), state('CP1', undefined)])
    await store.close()
    const { state: again, store: second } = await openStore(directory)
    expect([...again]).toEqual(expect.arrayContaining([['site', '{"a":2}'], ['__proto__', '"é🔌"']]))
    expect(again.size).toBe(2)
    await second.close()
  })

  it('is the same as a map, whatever is committed in which order.', async () => {
    const anyRow = fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.option(fc.string(), { nil: undefined }) })
    const step = fc.record({
      rows: fc.array(anyRow, { maxLength: 3 }),
      wait: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await rm(path, { force: true })
        const { store } = await openStore(directory)
        const model = new Map<string, string | undefined>()
        const commits: Promise<void>[] = []
        for (const { rows, wait } of steps) {
          for (const { key, value } of rows) model.set(key, value)
          commits.push(store.commit(rows.map(({ key, value }) => state(key, value))))
          if (wait) await Promise.all(commits)
        }
        await store.close()
        await Promise.all(commits)
        expect(await remembered()).toEqual(Object.fromEntries([...model].filter(([, value]) => value !== undefined)))
      }),
      { numRuns: 40 },
    )
  })

  it('leaves single files behind when it is closed, and may be opened again at once.', async () => {
    const { store } = await openStore(directory)
    await store.commit([state('a', '1')])
    await store.transactions({})
    await store.close()
    expect(await readdir(directory)).toEqual(['samples.db', 'wallbus.db'])
    expect(await remembered()).toEqual({ a: '1' })
  })

  it('writes what was asked before it closes, and rejects what is asked after.', async () => {
    const { store } = await openStore(directory)
    const before = store.commit([state('a', '1')])
    const closed = store.close()
    await expect(store.commit([state('b', '1')])).rejects.toThrow('The store is closed')
    await expect(store.transactions({})).rejects.toThrow('The store is closed')
    await before
    await closed
    await store.close()
    expect(await remembered()).toEqual({ a: '1' })
  })

  it('cannot be opened twice, and says so.', async () => {
    const { store } = await openStore(directory)
    await expect(openStore(directory)).rejects.toThrow(/Cannot open .*wallbus\.db: another wallbus uses it already/)
    await store.commit([state('a', '1')])
    await store.close()
    expect(await remembered()).toEqual({ a: '1' })
  })
})

describe('The books', () => {
  const books = [
    transaction(1),
    transaction(2, { identity: 'CP2', tag: 'OTHER', endedAt: 2500, energyWh: 12.5 }),
    transaction(3, { connector: 2, endedAt: 3500, energyWh: 0 }),
    transaction(2_147_483_647, { startedAt: 4000 }),
  ]

  it.each([
    [{}, [2_147_483_647, 3, 2, 1]],
    [{ identity: 'CP1' }, [2_147_483_647, 3, 1]],
    [{ identity: 'CP1', connector: 2 }, [3]],
    [{ tag: 'OTHER' }, [2]],
    [{ from: 2000, until: 4000 }, [3, 2]],
    [{ ended: true }, [3, 2]],
    [{ ended: false }, [2_147_483_647, 1]],
    [{ limit: 2 }, [2_147_483_647, 3]],
    [{ limit: 2, offset: 2 }, [2, 1]],
    [{ limit: 2, before: '3000.3' }, [2, 1]],
    [{ before: "'; --" }, []],
    [{ tag: 'other' }, [2]],
    [{ search: 'cp2' }, [2]],
    [{ search: 'the' }, [2]],
    [{ search: '%' }, []],
    [{ limit: -1 }, []],
    [{ identity: "CP1' OR 1=1" }, []],
  ])('are read by %j, newest first.', async (query, ids) => {
    const { store } = await openStore(directory)
    await store.commit(books)
    const found = await store.transactions(query)
    expect(found.map(({ id }) => id)).toEqual(ids)
    for (const row of found) expect(books).toContainEqual(row)
    await store.close()
  })

  it('hold each transaction once, as it was written last.', async () => {
    const { store } = await openStore(directory)
    await store.commit([transaction(7)])
    await store.commit([transaction(7, { endedAt: 9000, energyWh: 1, value: '{"ended":true}' })])
    expect(await store.transactions({})).toEqual([transaction(7, { endedAt: 9000, energyWh: 1, value: '{"ended":true}' })])
    await store.close()
  })

  it('are never read by more than 1000 at once.', async () => {
    const { store } = await openStore(directory)
    await store.commit(Array.from({ length: 1100 }, (_, index) => transaction(index + 1)))
    expect(await store.transactions({ limit: 1e9 })).toHaveLength(1000)
    expect(await store.transactions({ limit: 1e9, before: '101000.101' })).toHaveLength(100)
    await store.close()
  })
})

describe('What a start needs of the books', () => {
  it('is all that runs, and the newest of each Charge Point as they were booked.', async () => {
    const { store } = await openStore(directory)
    const ended = { endedAt: 9_000_000, energyWh: 1 }
    const late = transaction(60_003, { ...ended, startedAt: 1 })
    const other = transaction(60_000, { ...ended, identity: 'CP2' })
    const forgotten = transaction(1, { ...ended, identity: 'CP3' })
    await store.commit([forgotten, transaction(2), other, transaction(60_001, ended), transaction(60_002, ended), late])
    const found = await store.recent(2)
    expect(found.map(({ serial }) => serial).toSorted((a, b) => a - b)).toEqual([2, 60_000, 60_002, 60_003])
    await store.close()
  })
})

const fill = async (): Promise<void> => {
  const { store } = await openStore(directory)
  await store.commit(Array.from({ length: 200 }, (_, index) => state(`key ${index}`, `"${'x'.repeat(1000)}"`)))
  await store.commit(Array.from({ length: 200 }, (_, index) => transaction(index + 1)))
  await store.close()
}
/** Overwrites the first page of a table or an index. */
const smash = async (name: string): Promise<void> => {
  const database = openRaw(path)
  const [found] = await (await database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?')).all([name])
  await closeDatabase(database)
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(4096, 0xaa), 0, 4096, (Number(found?.['rootpage']) - 1) * 4096)
  await file.close()
}

describe('A damaged file', () => {
  it.each([
    ['text in place of it', 0, 0, () => writeFile(path, 'nonsense'.repeat(2000))],
    ['zeros in place of it', 0, 0, () => writeFile(path, Buffer.alloc(40_960))],
    ['a lost end', 0, 0, () => truncate(path, 40_960)],
    ['a smashed index', 200, 200, () => smash('sqlite_autoindex_state_1')],
    ['a smashed table', 0, 200, () => smash('state')],
    ['smashed books', 200, 0, () => smash('transactions')],
  ])('with %s is moved aside and told about; %i entries and %i transactions can still be read.', async (_, entries, books, damage) => {
    await fill()
    await damage()
    const { store, state: found, warnings } = await openStore(directory)
    expect(found.size).toBe(entries)
    expect(await store.transactions({ limit: 1000 })).toHaveLength(books)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^The data in .*wallbus\.db were damaged .* They were moved to .*wallbus\.db\.corrupt-\d{8}T\d{6}Z/)
    expect(warnings[0]).toContain(`${books} transactions and ${entries} other entries`)
    expect((await readdir(directory)).some((name) => /^wallbus\.db\.corrupt-\d{8}T\d{6}Z$/.test(name))).toBe(true)
    await store.commit([state('a', '1')])
    await store.close()
    const again = await openStore(directory)
    expect(again.state.get('a')).toBe('1')
    expect(again.warnings).toEqual([expect.stringMatching(/^Damaged data of an earlier time are kept in .*Z\./)])
    await again.store.close()
  })

  it('A file that became empty is told about.', async () => {
    await writeFile(path, '')
    const { store, warnings } = await openStore(directory)
    expect(warnings).toEqual([expect.stringContaining('was empty')])
    await store.close()
  })

  it('The log of a damaged file is never taken for the log of the new one.', async () => {
    await fill()
    const { store } = await openStore(directory)
    await store.commit([state('key 7', 'new')])
    await copyFile(`${path}-wal`, join(directory, 'log'))
    await store.close()
    await writeFile(path, 'nonsense'.repeat(20_000))
    await copyFile(join(directory, 'log'), `${path}-wal`)
    const { store: next, state: found, warnings } = await openStore(directory)
    expect([found.size, warnings.length]).toEqual([0, 1])
    await next.close()
    expect(await remembered()).toEqual({})
  })
})

/** A database as the first version made it. */
const fillFirst = async (): Promise<void> => {
  const database = openRaw(path)
  await database.exec(
    `CREATE TABLE state (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
     CREATE TABLE transactions (
       id INTEGER PRIMARY KEY, identity TEXT NOT NULL, connector INTEGER NOT NULL, tag TEXT NOT NULL,
       startedAt INTEGER NOT NULL, endedAt INTEGER, energyWh REAL, value TEXT NOT NULL
     );
     CREATE INDEX transactionsByStart ON transactions (startedAt);
     CREATE INDEX transactionsByIdentity ON transactions (identity, startedAt);
     INSERT INTO state VALUES ('site', '{}');
     INSERT INTO transactions VALUES
       (7, 'CP1', 1, 'TAG', 3000, NULL, NULL, '{"serial":2}'), (9, 'CP1', 1, 'TAG', 1000, 2000, 1.5, '{"serial":1}');
     PRAGMA user_version = 1;`,
  )
  await closeDatabase(database)
}
const firstBooks = [
  transaction(7, { serial: 2, startedAt: 3000, value: '{"serial":2}' }),
  transaction(9, { serial: 1, startedAt: 1000, endedAt: 2000, energyWh: 1.5, value: '{"serial":1}' }),
]

describe('A database of the first version', () => {
  it('is taken over with its books in the order in which they were booked.', async () => {
    await fillFirst()
    const { store, state: found, warnings } = await openStore(directory)
    expect([[...found], warnings]).toEqual([[['site', '{}']], []])
    expect(await store.transactions({})).toEqual(firstBooks)
    await store.commit([transaction(7, { serial: 2, startedAt: 3000, endedAt: 4000, energyWh: 2, value: '{}' })])
    expect(await store.transactions({ ended: false })).toEqual([])
    await store.close()
  })

  it('gives its books with their serials also when it is damaged.', async () => {
    await fillFirst()
    await smash('transactionsByIdentity')
    const { store, warnings } = await openStore(directory)
    expect(warnings).toHaveLength(1)
    expect(await store.transactions({})).toEqual(firstBooks)
    await store.close()
  })
})

describe('A database', () => {
  it('syncs its log with every commit, and belongs to one process.', async () => {
    const database = await openDatabase(path, booksSchema, false)
    const read = async (pragma: string): Promise<unknown> => (await (await database.prepare(`PRAGMA ${pragma}`)).all([]))[0]?.[pragma]
    expect([await read('journal_mode'), await read('synchronous'), await read('locking_mode')]).toEqual(['wal', 2, 'exclusive'])
    await closeDatabase(database)
  })

  it('of a newer wallbus is left alone.', async () => {
    const database = await openDatabase(path, booksSchema, false)
    await database.exec('PRAGMA user_version = 99')
    await closeDatabase(database)
    await expect(openStore(directory)).rejects.toThrow(/written by a newer wallbus \(schema 99/)
    expect(await readdir(directory)).toEqual(['wallbus.db'])
  })

  it('that is full rejects the commit whole, and takes it when there is room again.', async () => {
    const database = await openDatabase(path, booksSchema, false)
    const write = openWriter(database)
    await write([state('small', '1')])
    await database.exec('PRAGMA max_page_count = 12')
    await expect(write([state('small', '2'), state('large', 'x'.repeat(100_000))])).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    await database.exec('PRAGMA max_page_count = 1000000')
    await closeDatabase(database)
    expect(await remembered()).toEqual({ small: '1' })
  })
})
