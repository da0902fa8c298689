import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, mixes } from './clients.ts'
import { median } from './measure.ts'

/** Frame in → parse → validate → reduce → save → answer out, beside a bare ws server and ocpp-rpc, in turn in one run. */
const connections = 100
const messagesPerRound = 360
const rounds = 9

interface Server {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
}

const directory = await mkdtemp(join(tmpdir(), 'wallbus-bench-'))

async function start(name: string, args: readonly string[], port?: number): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${name} did not start`)))
    child.stdout.on('data', (data: Buffer) => {
      const found = /ready (\d+)|127\.0\.0\.1:(\d+)|:(\d+)\/<identity>/.exec(String(data))
      if (!found) return
      // What it logs from now on is let go unread: looking at it would cost the clients time, which share this process.
      child.stdout.removeAllListeners('data').resume()
      resolve(port ?? Number(found[1] ?? found[2] ?? found[3]))
    })
  })
  return { name, port: ready, process: child }
}

async function startWallbus(): Promise<Server> {
  const site = join(directory, 'site.yaml')
  const chargers = Array.from({ length: connections }, (_, n) => `  - { name: Charger ${n}, identity: CP${n}, objects: { status: ${Math.floor(n / 200)}/${Math.floor(n / 25) % 8}/${(n % 25) * 8 + 1} } }`)
  await writeFile(site, `knx: { gateway: virtual }\nocpp: { port: 18016 }\nchargers:\n${chargers.join('\n')}\n`)
  return start('wallbus', ['dist/wallbus.js', 'run', site, '--data', join(directory, 'data')], 18016)
}

const servers = [await start('bare ws', ['.bench/servers/bare.js']), await startWallbus(), await start('ocpp-rpc', ['.bench/servers/ocpp-rpc.js'])]
try {
  for (const [mix, session] of Object.entries(mixes)) await compare(mix, session)
} finally {
  await Promise.all(servers.map(({ process: child }) => new Promise((resolve) => child.once('exit', resolve).kill())))
  await rm(directory, { recursive: true, force: true })
}
process.exit(0)

async function compare(mix: string, session: (typeof mixes)[keyof typeof mixes]): Promise<void> {
  const sessionsPerRound = Math.ceil(messagesPerRound / session.length)
  const rates = new Map<string, number[]>(servers.map(({ name }) => [name, []]))
  const clients = await Promise.all(servers.map(({ port }) => connect(port, connections, session)))
  for (const warmup of clients) await warmup.run(sessionsPerRound)
  for (let round = 0; round < rounds; round++) {
    for (const [i, { name }] of servers.entries()) rates.get(name)?.push((await clients[i]?.run(sessionsPerRound)) ?? 0)
  }
  for (const client of clients) client.close()
  const floor = median(rates.get('bare ws') ?? [])
  console.log(`whole path, ${connections} connections, ${mix}: messages per second, median of ${rounds} rounds in turn`)
  for (const { name } of servers) {
    const rate = median(rates.get(name) ?? [])
    console.log(`  ${name.padEnd(10)} ${rate.toFixed(0).padStart(7)}  × ${(rate / floor).toFixed(2)} of bare ws`)
  }
}
