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

const row = (key: string, value: string | undefined = '1'): Row => ({ table: 'state', key, value })
const commits = (count: number, prefix: string): readonly Promise<void>[] => Array.from({ length: count }, (_, index) => store.commit([row(`${prefix}${index}`)]))

/** Watches libsql, and lets the test decide what the next COMMIT does. */
const watchDisk = () => {
  const exec = vi.spyOn(Libsql.prototype, 'exec')
  const original = exec.getMockImplementation() ?? Libsql.prototype.exec
  const run = Object.getOwnPropertyDescriptor(Libsql.prototype, 'exec')
  void original
  void run
  return exec
}

describe('Commits', () => {
  it('of one moment are one SQL transaction.', async () => {
    const disk = watchDisk()
    await Promise.all(commits(100, 'a'))
    expect(disk.mock.calls).toEqual([['COMMIT']])
  })
})
