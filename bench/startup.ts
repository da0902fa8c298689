import { spawn } from 'node:child_process'
import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { median } from './measure.ts'

/** From the start of the bundled controller to the first open connection of a charger, beside a bare `node -e 0`; and its memory at rest. */
const rounds = 7
const port = 18_017
const restMs = 3_000

const directory = await mkdtemp(join(tmpdir(), 'wallbus-bench-'))
const site = join(directory, 'site.yaml')
await writeFile(site, `ocpp: { port: ${port} }\nknx: { gateway: virtual }\nchargers: [{ name: One, identity: CP1, objects: { status: 9/7/0 } }]\n`)

async function startWallbus(): Promise<{ readonly ms: number; readonly residentKilobytes: number }> {
  const begin = performance.now()
  const child = spawn(process.execPath, ['dist/wallbus.js', 'run', site, '--data', join(directory, 'data')], { stdio: 'ignore' })
  while (!(await connects())) await delay(2)
  const ms = performance.now() - begin
  await delay(restMs)
  const residentKilobytes = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => ''))?.[1] ?? Number.NaN)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await ended
  return { ms, residentKilobytes }
}

function connects(): Promise<boolean> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/CP1`, 'ocpp1.6')
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function startNode(): Promise<number> {
  const begin = performance.now()
  await new Promise((resolve) => spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', resolve))
  return performance.now() - begin
}

const wallbus: Awaited<ReturnType<typeof startWallbus>>[] = []
const bare: number[] = []
try {
  for (let round = 0; round < rounds; round++) {
    wallbus.push(await startWallbus())
    bare.push(await startNode())
  }
} finally {
  await rm(directory, { recursive: true, force: true })
}
const ms = median(wallbus.map((start) => start.ms))
console.log(`start-up: first connection accepted after ${ms.toFixed(0)} ms, × ${(ms / median(bare)).toFixed(1)} of a bare node that does nothing; median of ${rounds}`)
console.log(`resident at rest: ${(median(wallbus.map((start) => start.residentKilobytes)) / 1024).toFixed(0)} MiB`)
