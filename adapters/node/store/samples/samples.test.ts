import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql/promise'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sample } from '../../../../core/index.ts'
import { closeDatabase, openRaw } from '../database.ts'
import { openSamples, type Samples } from './samples.ts'
import { reach, tiers } from './tiers.ts'

const second = 1_000
const hour = 3_600 * second
const day = 24 * hour
/** A full hour. */
const start = Date.UTC(2026, 0, 5)

let directory: string
let time: number
let opened: Samples
const told: string[] = []
const open = async (): Promise<readonly string[]> => {
  const { samples, warnings } = await openSamples(directory, { flushMs: 30 * second, now: () => time, failed: (reason) => told.push(reason) })
  opened = samples
  return warnings
}
const reopen = async (): Promise<readonly string[]> => {
  await opened.close()
  return open()
}
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'samples-'))
  time = start
  told.length = 0
  await open()
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await opened.close()
  await rm(directory, { recursive: true })
})

const sample = (at: number, more: Partial<Sample> = {}): Sample => ({
  identity: 'CP1', connector: 1, at, transaction: 7, current: 9.73, power: 2_237, register: 100_000, energy: 500, voltage: 229.8, soc: 55, ...more,
})
const all = (more: object = {}) => opened.samples({ identity: 'CP1', connector: 1, from: start - 5 * 365 * day, until: start + 5 * 365 * day, ...more })

describe('Samples', () => {
  it('are seen as soon as they were measured, though they are written later.', async () => {
    opened.record(sample(start))
    expect(await all()).toMatchObject([{ at: start, current: 9.73 }])
  })

  it('are read as they were measured, with what was not known left out, also after a restart.', async () => {
    const { identity, connector, ...measured } = sample(start)
    opened.record(sample(start))
    opened.record(sample(start + 60 * second, { transaction: null, current: null, power: null, register: null, energy: null, voltage: null, soc: null }))
    opened.record(sample(start, { connector: 2, current: 16 }))
    await reopen()
    const nothing = { transaction: null, current: null, power: null, register: null, energy: null, voltage: null, soc: null }
    const minute = { identity, connector, from: start, until: start + 100 * second, points: 10 }
    expect(await opened.samples(minute)).toEqual([measured, { at: start + 60 * second, ...nothing }])
    expect(await opened.samples({ ...minute, connector: 2 })).toMatchObject([{ current: 16 }])
    expect(await opened.samples({ ...minute, connector: 3 })).toEqual([])
  })

  it('of ten seconds are one: the last.', async () => {
    for (let n = 0; n < 20; n += 1) opened.record(sample(start + n * second, { power: n }))
    await reopen()
    expect((await all({ from: start, until: start + 20 * second, points: 20 })).map(({ power }) => power)).toEqual([9, 19])
  })

  it('are told in buckets: means of what flows, the last of what counts up.', async () => {
    for (let n = 0; n < 60; n += 1) opened.record(sample(start + n * 10 * second, { current: n % 2 === 0 ? 10 : 12, power: null, register: n, energy: 2 * n }))
    await reopen()
    const buckets = await all({ from: start, until: start + 600 * second, points: 2 })
    expect(buckets).toMatchObject([
      { at: start, current: 11, power: null, register: 29, energy: 58 },
      { at: start + 300 * second, current: 11, power: null, register: 59, energy: 118 },
    ])
  })

  it.each([{ from: start, until: start }, { from: Number.NaN, until: start }, { from: start, until: Number.POSITIVE_INFINITY, points: 0 }, { from: -1e300, until: 1e300, points: 1e300 }])(
    'are never more than was asked for, whatever that is: %j.',
    async (query) => {
      opened.record(sample(start))
      await reopen()
      expect((await all(query)).length).toBeLessThanOrEqual(1)
    },
  )

  it('of a charger with any name are kept.', async () => {
    opened.record(sample(start, { identity: "'); DROP TABLE samples; --" }))
    await reopen()
    expect(await all({ identity: "'); DROP TABLE samples; --" })).toHaveLength(1)
  })
})

/** A year in which a sample came every five minutes. */
const year = async (): Promise<void> => {
  await opened.close()
  const database = openRaw(join(directory, 'samples.db'))
  await database.exec(
    `INSERT INTO series VALUES (1, '1 CP1');
     WITH RECURSIVE n(at) AS (SELECT ${start / second} - 365 * 86400 UNION ALL SELECT at + 300 FROM n WHERE at + 300 < ${start / second})
     INSERT INTO samples SELECT 1, 0, at, 7, 1000, 2300, at, 500, 2300, 50 FROM n;`,
  )
  await closeDatabase(database)
  await open()
}

const rowsOfTiers = async (): Promise<readonly number[]> => {
  await opened.close()
  const database = openRaw(join(directory, 'samples.db'))
  const rows = await (await database.prepare('SELECT tier, count(*) AS rows FROM samples GROUP BY tier ORDER BY tier')).all([])
  await closeDatabase(database)
  await open()
  return rows.map((row) => Number(row['rows']))
}

describe('Thinning', () => {
  it('keeps each tier as long as it promises, and a year is told without a gap.', async () => {
    await year()
    expect(await rowsOfTiers()).toEqual([2 * 288, 60 * 288, 365 * 24])
    const buckets = await all({ from: start - 365 * day, until: start, points: 365 })
    expect(buckets.map(({ at }) => at)).toEqual(Array.from({ length: 365 }, (_, n) => start - (365 - n) * day))
    expect(new Set(buckets.map(({ power }) => power))).toEqual(new Set([2_300]))
    expect(buckets.at(-1)?.register).toBe(start / second - 300)
    expect(await all({ from: start - 30 * day, until: start - 30 * day + hour, points: 12 })).toHaveLength(12)
  })

  it('done again changes nothing.', async () => {
    await year()
    const once = await rowsOfTiers()
    expect(await rowsOfTiers()).toEqual(once)
  })

  it('is not held up by rows that a wrong clock put into the future.', async () => {
    opened.record(sample(start + 40 * 365 * day))
    time = start + 41 * 365 * day
    await reopen()
    time = start + 2 * hour
    opened.record(sample(start))
    await reopen()
    expect(await all({ from: start, until: start + hour, points: 1 })).toHaveLength(1)
    opened.record(sample(time - second))
    await reopen()
    expect(await all({ from: start, until: time, points: 2 })).toHaveLength(2)
  })

  it('lets many connectors share what a few have to themselves.', () => {
    for (const tier of tiers) {
      expect(reach(tier, 200)).toBe(tier.keep)
      expect((reach(tier, 5_000) / tier.step) * 5_000).toBeLessThanOrEqual(5_500_000)
    }
  })
})

describe('A disk that fails', () => {
  it('costs nothing that was measured, if it comes back.', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await reopen()
    vi.spyOn(Libsql.prototype, 'exec').mockImplementationOnce(() => Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })))
    opened.record(sample(start))
    vi.advanceTimersByTime(30 * second)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    await reopen()
    expect(told).toEqual([expect.stringContaining('SQLITE_FULL')])
    expect(await all()).toHaveLength(1)
  })

  it('and shows damage while it runs is left for a new file, and nothing that waits is lost.', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await reopen()
    vi.spyOn(Libsql.prototype, 'exec').mockImplementationOnce(() => Promise.reject(Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' })))
    opened.record(sample(start))
    vi.advanceTimersByTime(30 * second)
    await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('were damaged')]))
    await reopen()
    expect(await all()).toHaveLength(1)
    expect(await readdir(directory)).toContain('samples.db.corrupt')
  })

  it('and gave a damaged file back is told about, and plots begin anew.', async () => {
    await opened.close()
    await writeFile(join(directory, 'samples.db'), 'nonsense'.repeat(2_000))
    expect(await open()).toEqual([expect.stringContaining('were damaged')])
    opened.record(sample(start))
    await reopen()
    expect(await all()).toHaveLength(1)
    expect(await readdir(directory)).toContain('samples.db.corrupt')
  })
})
