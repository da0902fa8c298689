import { readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../adapters/node/store/store.ts'
import { median } from './measure.ts'
import { chargers, day, fillBooks, fillSamples, now, session, sessionsPerYear, year } from './year.ts'

/** What durable commits, plots and totals cost. */
const group = 30
const groups = 500

const directory = await mkdtemp(join(tmpdir(), 'wallbus-bench-'))
/** Microseconds of CPU of this thread and of all others; not told everywhere. */
function cpu(): { readonly main: number; readonly others: number } {
  let [main, others] = [0, 0]
  for (const thread of readdirSync('/proc/self/task')) {
    const micros = Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e3
    if (Number(thread) === process.pid) main += micros
    else others += micros
  }
  return { main, others }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 7; n++) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  return median(times)
}

try {
  await fillBooks(directory)
  let { store } = await openStore(directory)
  const total = chargers * sessionsPerYear

  let serial = total
  const latencies: number[] = []
  const before = process.platform === 'linux' ? cpu() : undefined
  for (let n = 0; n < groups; n++) {
    const starts = Array.from({ length: group / 2 }, () => ++serial)
    const rows = starts.flatMap((one) => [session(one, now, null), session(one - group / 2, now, one > total + group / 2 ? now : null)])
    const begin = performance.now()
    await Promise.all(rows.map((row) => store.commit([row])))
    latencies.push(performance.now() - begin)
  }
  const after = before && cpu()
  const perRow = (from: number, to: number): string => ((to - from) / groups / group).toFixed(1)
  const threads = before && after ? `, ${perRow(before.main, after.main)} µs of CPU a row on this thread, ${perRow(before.others, after.others)} µs on others` : ''
  console.log(`store: ${group} transactions booked at once are on disk after ${median(latencies).toFixed(2)} ms${threads}`)

  await store.close()
  const size = (await stat(join(directory, 'wallbus.db'))).size
  console.log(`  a year of ${chargers} chargers: ${total} sessions in ${(size / 2 ** 20).toFixed(0)} MiB, ${(size / serial).toFixed(0)} bytes each`)

  await fillSamples(directory)
  ;({ store } = await openStore(directory))
  const bytes = (await stat(join(directory, 'samples.db'))).size
  console.log(`  their samples, if they never rest: ${(bytes / 2 ** 20).toFixed(0)} MiB`)
  const connector = { identity: 'CP77', connector: 1 }
  console.log(`  a year of a connector in 400 points: ${(await timed(() => store.samples({ ...connector, ...year, points: 400 }))).toFixed(1)} ms`)
  console.log(`  two days in 2000 points: ${(await timed(() => store.samples({ ...connector, from: now - 2 * day, until: now, points: 2_000 }))).toFixed(1)} ms`)
  console.log(`  the newest 100 sessions of a charger: ${(await timed(() => store.sessions({ identity: 'CP77' }))).toFixed(1)} ms, of one that is not there: ${(await timed(() => store.sessions({ identity: 'none' }))).toFixed(1)} ms`)
  console.log(`  a year's totals by month and tag: ${(await timed(() => store.totals({ ...year, by: ['month', 'tag'], timeZone: 'Europe/Amsterdam' }))).toFixed(1)} ms`)
  console.log(`  what a start reads: ${(await timed(() => store.recent(16))).toFixed(1)} ms`)
  await store.close()
} finally {
  await rm(directory, { recursive: true, force: true })
}
