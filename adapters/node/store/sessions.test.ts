import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TransactionRow } from './rows.ts'
import { type Store, openStore } from './store.ts'

let directory: string
let store: Store
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sessions-'))
  store = (await openStore(directory)).store
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

const hour = 3_600_000
const session = (serial: number, startedAt: number, more: Partial<TransactionRow> = {}): TransactionRow => ({
  table: 'transactions', serial, id: 1_000 - serial, identity: 'CP1', connector: 1, tag: 'A', startedAt,
  endedAt: startedAt + hour, energyWh: 1_000, value: JSON.stringify({ id: 1_000 - serial, serial }), ...more,
})

describe('Sessions', () => {
  it('are read page by page, each once, although some began at the same moment and others are booked meanwhile.', async () => {
    await store.commit(Array.from({ length: 25 }, (_, n) => session(n + 1, Math.floor(n / 4))))
    const seen: number[] = []
    const pages: number[] = []
    let before: string | undefined
    do {
      const page = await store.sessions({ limit: 10, ...(before !== undefined && { before }) })
      seen.push(...page.sessions.map(({ serial }) => serial))
      pages.push(page.sessions.length)
      await store.commit([session(100 + pages.length, 1_000)])
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(pages).toEqual([10, 10, 5])
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n))
  })

  it('that fill a page exactly are the last page.', async () => {
    await store.commit([session(1, 0), session(2, 1)])
    expect((await store.sessions({ limit: 2 })).next).toBeNull()
  })
})

describe('Totals', () => {
  // In Amsterdam, an hour ahead of UTC, this is February already.
  const newMonth = Date.UTC(2026, 0, 31, 23)
  const year = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2027, 0, 1), timeZone: 'Europe/Amsterdam' } as const
  beforeEach(() =>
    store.commit([
      session(1, newMonth - 1),
      session(2, newMonth, { tag: 'B', identity: 'CP2' }),
      session(3, newMonth + hour, { tag: 'a', energyWh: 500 }),
      session(4, newMonth + 2 * hour, { endedAt: undefined, energyWh: undefined }),
      session(5, year.from - 1),
      session(6, year.until),
    ]),
  )

  it('are one sum of what has ended when nothing is told apart.', async () => {
    const nothing = { month: null, tag: null, identity: null, connector: null }
    expect(await store.totals({ ...year, by: [] })).toEqual([{ ...nothing, sessions: 3, energyWh: 2_500, durationMs: 3 * hour }])
  })

  it('tell months apart as clocks in the time zone show them, and nothing is counted twice or outside.', async () => {
    expect(await store.totals({ ...year, by: ['month'] })).toMatchObject([
      { month: '2026-01', sessions: 1, energyWh: 1_000 },
      { month: '2026-02', sessions: 2, energyWh: 1_500 },
    ])
    expect(await store.totals({ ...year, by: ['month'], timeZone: 'UTC' })).toMatchObject([
      { month: '2026-01', sessions: 2 },
      { month: '2026-02', sessions: 1 },
    ])
  })

  it('tell tags, chargers and connectors apart, tags without case.', async () => {
    expect(await store.totals({ ...year, by: ['tag'] })).toMatchObject([{ tag: 'A', energyWh: 1_500 }, { tag: 'B', energyWh: 1_000 }])
    expect(await store.totals({ ...year, by: ['month', 'identity', 'connector'] })).toMatchObject([
      { month: '2026-01', identity: 'CP1', connector: 1, tag: null },
      { month: '2026-02', identity: 'CP1' },
      { month: '2026-02', identity: 'CP2' },
    ])
  })

  it('of all times and of one Charge Point are read when that is asked.', async () => {
    expect(await store.totals({ by: [], timeZone: 'UTC' })).toMatchObject([{ sessions: 5 }])
    expect(await store.totals({ by: ['month'], timeZone: 'UTC', identity: 'CP2' })).toMatchObject([{ month: '2026-01', sessions: 1 }])
  })

  it.each([{ from: 5, until: 5 }, { from: 0, until: 1e18 }, { from: Number.NaN, until: 0 }, { from: -1e300, until: 1e300 }])('of any time are read without a fault: %j.', async (span) => {
    for (const by of [[], ['month']] as const) expect((await store.totals({ ...span, by, timeZone: 'Nowhere' })).length).toBeLessThanOrEqual(4)
  })
})

describe('Documents', () => {
  it('of others stand beside the state, and are read by how their keys begin.', async () => {
    const put = (key: string, value: string | undefined) => ({ table: 'state', key, value }) as const
    await store.commit([put('user/anna', '{"name":"Anna"}'), put('user/bob', '{}'), put('user%', '1'), put('token/1', '{}')])
    await store.commit([put('user/bob', undefined)])
    expect([...(await store.documents('user/'))]).toEqual([['user/anna', '{"name":"Anna"}']])
  })
})
