import { join } from 'node:path'
import Libsql from 'libsql/promise'
import { openStore } from '../adapters/node/store/store.ts'

/** A year of a car park, in a data directory. */
export const chargers = 200
export const sessionsPerYear = 1_000

export const day = 86_400_000
export const now = Math.floor(Date.now() / 3_600_000) * 3_600_000
export const year = { from: now - 365 * day, until: now }

export const session = (serial: number, startedAt: number, endedAt: number | null) => {
  const record = { id: (serial * 7_919) % 2 ** 30, serial, identity: `CP${serial % chargers}`, connector: 1, idTag: `04A1B2C3D${serial % 50}`, startKey: `1 04A1B2C3D4 2026-01-01T00:00:00.000Z ${serial}`, startedAt, meterStart: serial, aside: false, unwanted: false, endedAt, meterStop: endedAt && serial + 1_000, energy: endedAt && 1_000, reason: null }
  return { table: 'transactions', serial, id: record.id, identity: record.identity, connector: 1, tag: record.idTag, startedAt, endedAt: endedAt ?? undefined, energyWh: record.energy ?? undefined, value: JSON.stringify(record) } as const
}

/** Fills the books: sessions of two hours, evenly over the year. */
export async function fillBooks(directory: string): Promise<void> {
  const { store } = await openStore(directory)
  const total = chargers * sessionsPerYear
  const step = (365 * day) / total
  for (let serial = 1; serial <= total; serial += 5_000) {
    await store.commit(Array.from({ length: 5_000 }, (_, n) => session(serial + n, Math.floor(year.from + (serial + n) * step), Math.floor(year.from + (serial + n) * step) + 7_200_000)))
  }
  await store.close()
}

/** Fills the samples, as they are after a year without a rest; the directory has been opened as a store before. */
export async function fillSamples(directory: string): Promise<void> {
  const samples = new Libsql(join(directory, 'samples.db'), {})
  const fill = (tier: number, seconds: number, days: number): string =>
    `WITH RECURSIVE n(at) AS (SELECT ${now / 1_000 - days * 86_400} UNION ALL SELECT at + ${seconds} FROM n WHERE at + ${seconds} < ${now / 1_000})
     INSERT INTO samples SELECT id, ${tier}, at, id, 1000 + at % 600, 2300 + at % 900, at % 100000000, at % 50000, 2300, 50 FROM series CROSS JOIN n;`
  await samples.exec(Array.from({ length: chargers }, (_, n) => `INSERT INTO series VALUES (${n + 1}, '1 CP${n}');`).join(''))
  await samples.exec(fill(0, 10, 2) + fill(1, 300, 60) + fill(2, 3_600, 365))
  samples.close()
}
