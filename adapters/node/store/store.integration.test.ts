import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from './store.ts'

/** Twenty writers, each counting up under its own key and saying each number once it was acknowledged. */
const writers = `
import { openStore } from './store.ts'
const { store, state } = await openStore(process.argv[2] ?? '')
console.log('open')
const write = async (writer: number): Promise<void> => {
  for (let count = Number(state.get('writer ' + writer) ?? 0) + 1; ; count += 1) {
    const value = String(count)
    await store.commit([
      { table: 'state', key: 'writer ' + writer, value },
      { table: 'transactions', serial: writer * 1_000_000 + count, id: count, identity: 'CP' + writer, connector: 1, tag: '', startedAt: count, value },
    ])
    console.log(writer + ' ' + count)
  }
}
for (let writer = 0; writer < 20; writer += 1) void write(writer)
`

let bundle: string
beforeAll(async () => {
  const stdin = { contents: writers, resolveDir: import.meta.dirname, loader: 'ts' } as const
  const built = await build({ stdin, bundle: true, write: false, platform: 'node', format: 'esm', external: ['libsql'] })
  bundle = built.outputFiles[0]?.text ?? ''
})

let directory: string
let child: ChildProcess | undefined
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'store-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(directory, { recursive: true, force: true })
})

/** Runs the writers until they said so many lines, kills them, and gives back all they said. */
const runUntil = async (lines: number): Promise<readonly string[]> => {
  const said: string[] = []
  const process = spawn('node', ['--input-type=module', '-', directory], { stdio: ['pipe', 'pipe', 'inherit'] })
  child = process
  process.stdin.end(bundle)
  const output = createInterface(process.stdout)
  output.on('line', (line) => {
    said.push(line)
    if (said.length === lines) process.kill('SIGKILL')
  })
  await once(output, 'close')
  return said
}

describe('A store whose process is killed in the middle of writing', () => {
  it('holds everything that was acknowledged, time after time.', async () => {
    for (const lines of [500, 1, 123, 2000, 777]) {
      const said = await runUntil(lines)
      const { store, state, warnings } = await openStore(directory)
      expect(warnings).toEqual([])
      const acknowledged = new Map(said.slice(1).map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]))
      expect(said[0]).toBe('open')
      for (const [writer, count] of acknowledged) {
        const kept = Number(state.get(`writer ${writer}`))
        // One more may have been written whose acknowledgement was not heard; never one less.
        expect(kept).toBeGreaterThanOrEqual(count)
        const [newest] = await store.transactions({ identity: `CP${writer}`, limit: 1 })
        expect(Number(newest?.value)).toBe(kept)
      }
      await store.close()
    }
  })
})

describe('A store that another process has open', () => {
  it('is not opened, until that process ends, however it ends.', async () => {
    const process = spawn('node', ['--input-type=module', '-', directory], { stdio: ['pipe', 'pipe', 'inherit'] })
    child = process
    process.stdin.end(bundle)
    await once(process.stdout, 'data')
    await expect(openStore(directory)).rejects.toThrow(/Cannot open .*wallbus\.db: another wallbus uses it already/)
    process.kill('SIGKILL')
    await once(process, 'exit')
    const { store, warnings } = await openStore(directory)
    expect(warnings).toEqual([])
    await store.close()
  })
})
