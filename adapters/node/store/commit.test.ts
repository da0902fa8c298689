import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql/promise'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Row } from './rows.ts'
import { type Store, openStore } from './store.ts'

const originalExec = Libsql.prototype.exec

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

const commitNextTurn = (key: string): Promise<void> => new Promise((resolve) => setImmediate(() => resolve(store.commit([row(key)]))))

const written = async (): Promise<Record<string, string>> => {
  await store.close()
  const opened = await openStore(directory)
  store = opened.store
  return Object.fromEntries(opened.state)
}

describe('Commits', () => {
  it('of one moment are one SQL transaction.', async () => {
    const disk = vi.spyOn(Libsql.prototype, 'exec')
    await Promise.all(commits(100))
    expect(disk.mock.calls).toEqual([[expect.stringMatching(/^BEGIN[^]*COMMIT;$/)]])
    expect(Object.keys(await written())).toHaveLength(100)
  })

  it('of one turn of the event loop, from different sockets, are one SQL transaction.', async () => {
    const exec = vi.spyOn(Libsql.prototype, 'exec')
    await Promise.all(Array.from('abcdefghij', commitNextTurn))
    expect(exec.mock.calls).toEqual([[expect.stringMatching(/^BEGIN[^]*COMMIT;$/)]])
  })

  it('that come while the disk is busy wait for it, and are the next SQL transaction together.', async () => {
    const disk = new EventEmitter()
    const busy = once(disk, 'free')
    const exec = vi.spyOn(Libsql.prototype, 'exec').mockImplementationOnce(async function (this: Libsql, sql) {
      await busy
      return originalExec.call(this, sql)
    })
    const acknowledged: string[] = []
    const first = store.commit([row('first')]).then(() => acknowledged.push('first'))
    await vi.waitFor(() => expect(exec).toHaveBeenCalledTimes(1))
    const rest = commits(50).map((commit) => commit.then(() => acknowledged.push('rest')))
    await new Promise((resolve) => setImmediate(resolve))
    expect(acknowledged).toEqual([])
    disk.emit('free')
    await Promise.all([first, ...rest])
    expect(acknowledged[0]).toBe('first')
    expect(exec.mock.calls).toEqual([[expect.stringMatching(/^BEGIN[^]*COMMIT;$/)], [expect.stringMatching(/^BEGIN[^]*COMMIT;$/)]])
  })

  it('are refused together when the disk fails, leave nothing behind, and succeed when tried again.', async () => {
    await store.commit([row('key 0', 'before')])
    const failure = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' })
    vi.spyOn(Libsql.prototype, 'exec').mockImplementationOnce(() => Promise.reject(failure))
    const results = await Promise.allSettled(commits(3))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await store.commit([row('other')])
    expect(await written()).toEqual({ 'key 0': 'before', other: '1' })
    await Promise.all(commits(3))
    expect(await written()).toEqual({ 'key 0': '1', 'key 1': '1', 'key 2': '1', other: '1' })
  })

  it('are refused alone when it is a value that cannot be written.', async () => {
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
