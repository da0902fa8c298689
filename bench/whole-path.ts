import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, mixes } from './clients.ts'
import { median } from './measure.ts'

/**
 * Frame in → parse → validate → reduce → save → answer out, beside bare ws servers and ocpp-rpc, in turn in one run: such as answer from
 * memory, and such as have starts and stops on disk before their answer, as wallbus does.
 */
const connections = 100
const messagesPerRound = 360
const rounds = 9

interface Server {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
}

const directory = await mkdtemp(join(tmpdir(), 'wallbus-bench-'))

/** Starts a server; its standard output goes to a file, as that of a service does, for reading it would cost the clients time. */
async function start(name: string, args: readonly string[], port?: number): Promise<Server> {
  const output = join(directory, `${name}.log`)
  const file = await open(output, 'w')
  const child = spawn(process.execPath, args, { stdio: ['ignore', file.fd, 'inherit'] })
  await file.close()
  for (;;) {
    const said = /ready (\d+)|<identity>/.exec(await readFile(output, 'utf8'))
    if (said) return { name, port: port ?? Number(said[1]), process: child }
    if (child.exitCode !== null) throw new Error(`${name} did not start`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function startWallbus(): Promise<Server> {
  const site = join(directory, 'site.yaml')
  const chargers = Array.from({ length: connections }, (_, n) => `  - { name: Charger ${n}, identity: CP${n}, objects: { status: ${Math.floor(n / 200)}/${Math.floor(n / 25) % 8}/${(n % 25) * 8 + 1} } }`)
  await writeFile(site, `knx: { gateway: virtual }\nocpp: { port: 18016 }\nchargers:\n${chargers.join('\n')}\n`)
  return start('wallbus', ['dist/wallbus.js', 'run', site, '--data', join(directory, 'data')], 18016)
}

const floor = 'bare ws'
const durableFloor = 'bare ws and disk'
const servers = [
  await start(floor, ['.bench/servers/bare.js']),
  await start('ocpp-rpc', ['.bench/servers/ocpp-rpc.js']),
  await start(durableFloor, ['.bench/servers/bare-durable.js', join(directory, 'bare')]),
  await start('ocpp-rpc, strict, and disk', ['.bench/servers/ocpp-rpc-durable.js', join(directory, 'ocpp-rpc')]),
  await startWallbus(),
]
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
  const rateOf = (name: string) => median(rates.get(name) ?? [])
  console.log(`whole path, ${connections} connections, ${mix}: messages per second, median of ${rounds} rounds in turn`)
  for (const { name } of servers) {
    const rate = rateOf(name)
    console.log(`  ${name.padEnd(26)} ${rate.toFixed(0).padStart(7)}  × ${(rate / rateOf(floor)).toFixed(2)} of ${floor}  × ${(rate / rateOf(durableFloor)).toFixed(2)} of ${durableFloor}`)
  }
}
