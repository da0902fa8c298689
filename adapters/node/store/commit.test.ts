import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql/promise'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Row } from './rows.ts'
import { type Store, openStore } from './store.ts'

let directory: string
let store: Store
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'store-'))
  store = (await openStore(directory)).store
})
afterEach(async () => {
  vi.restoreAllMocks()
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

const row = (key: string, value = '1'): Row => ({ table: 'state', key, value })
const commits = (count: number): readonly Promise<void>[] =>
  Array.from({ length: count }, (_, index) => store.commit([row(`key ${index}`)]))

const written = async (): Promise<Record<string, string>> => {
  await store.close()
  const opened = await openStore(directory)
  store = opened.store
  return Object.fromEntries(opened.state)
}

describe('Commits', () => {
  it('are one SQL transaction each, one at a time.', async () => {
    const exec = vi.spyOn(Libsql.prototype, 'exec')
    await Promise.all(commits(3))
    expect(exec.mock.calls.map(([sql]) => sql)).toEqual(['0', '1', '2'].map((n) => expect.stringMatching(new RegExp(`^BEGIN.*'key ${n}'.*COMMIT;$`))))
    expect(Object.keys(await written())).toHaveLength(3)
  })

  it('are refused when the disk fails, leave nothing behind, and succeed when tried again.', async () => {
    const rows = [row('key 0'), row('key 1')]
    await store.commit([row('key 0', 'before')])
    const failure = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' })
    vi.spyOn(Libsql.prototype, 'exec').mockImplementationOnce(() => Promise.reject(failure))
    await expect(store.commit(rows)).rejects.toBe(failure)
    await store.commit([row('other')])
    expect(await written()).toEqual({ 'key 0': 'before', other: '1' })
    await store.commit(rows)
    expect(await written()).toEqual({ 'key 0': '1', 'key 1': '1', other: '1' })
  })

  it('are refused whole when a value in them cannot be written.', async () => {
    const bad: Row = { table: 'transactions', serial: 1, id: 1, identity: 'CP1', connector: 1, tag: '', startedAt: Number.NaN, value: '{}' }
    const results = await Promise.allSettled([store.commit([row('a')]), store.commit([row('b'), bad]), store.commit([row('c')])])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await written()).toEqual({ a: '1', c: '1' })
  })

  it('take any text: quotes stand for themselves, and a NUL is left out.', async () => {
    await Promise.all(['a', 'b'].map((tag) => store.commit([row("it's", `'); DROP TABLE state; --\0${tag}`)])))
    expect(await written()).toEqual({ "it's": "'); DROP TABLE state; --b" })
  })

  it('of very many rows go to the disk in pieces, so that none holds up the event loop.', async () => {
    const exec = vi.spyOn(Libsql.prototype, 'exec')
    await store.commit(Array.from({ length: 20_000 }, (_, index) => row(`key ${index}`)))
    const pieces = exec.mock.calls.map(([sql]) => sql.length)
    expect(pieces.length).toBeGreaterThan(5)
    expect(Math.max(...pieces)).toBeLessThan(110_000)
    expect(Object.keys(await written())).toHaveLength(20_000)
  })

  it('see to it that the books show them as soon as they are acknowledged.', async () => {
    const transaction: Row = { table: 'transactions', serial: 1, id: 1, identity: 'CP1', connector: 1, tag: '', startedAt: 0, value: '{}' }
    const commit = store.commit([transaction])
    await commit
    expect(await store.transactions({})).toEqual([transaction])
  })
})
