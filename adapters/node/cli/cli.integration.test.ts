import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectForeign } from '../../../fixtures/foreign-client.ts'
import { outcomeOf, runCommand, type CommandProcess } from '../../../fixtures/controller-process.ts'
import { startGateway } from '../../../fixtures/knx-gateway/udp-gateway.ts'

let directory: string
let processes: CommandProcess[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wallbus-'))
})
afterEach(async () => {
  await Promise.all(processes.map((process) => process.end('SIGKILL')))
  processes = []
  await rm(directory, { recursive: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function writeSite(text: string): Promise<string> {
  const file = join(directory, 'site.yaml')
  await writeFile(file, text)
  return file
}

function run(site: string): CommandProcess {
  const process = runCommand(['run', site, '--data', join(directory, 'data')])
  processes.push(process)
  return process
}

describe('the command line', () => {
  it.each([['--help'], ['run', '--help'], ['demo', '--help'], ['check', '--help'], ['ets', '--help'], ['replay', '--help'], ['simulate', '--help'], ['simulate', 'charger', '--help'], ['simulate', 'knx', '--help']])(
    'explains itself: %s %s %s', async (...args) => {
      const { code, output } = await outcomeOf(args.filter((arg) => arg !== undefined))
      expect(code).toBe(0)
      expect(output).toContain('Usage: wallbus')
    },
  )

  it('ends with 2 for what it does not know.', async () => {
    expect((await outcomeOf(['dance'])).code).toBe(2)
    expect((await outcomeOf(['ets', 'site.yaml', '--format', 'pdf'])).code).toBe(2)
  })

  it('ends with 1 and every mistake of a configuration, or 0 and a word.', async () => {
    const wrong = await outcomeOf(['check', 'fixtures/sites/mistakes.yaml'])
    expect(wrong.code).toBe(1)
    expect(wrong.output).toContain('fixtures/sites/mistakes.yaml:31:15')
    const right = await outcomeOf(['check', 'fixtures/sites/example.yaml'])
    expect(right).toMatchObject({ code: 0, output: expect.stringContaining('is right') })
    expect((await outcomeOf(['run', join(directory, 'nowhere.yaml')])).output).toContain('wallbus demo')
  })

  it('exports group addresses for ETS.', async () => {
    expect((await outcomeOf(['ets', 'fixtures/sites/example.yaml', '--format', 'csv'])).output).toContain('"9/7/0"')
    expect((await outcomeOf(['ets', 'fixtures/sites/example.yaml'])).output).toContain('Address="9/7/0"')
  })

  it('replays a recorded conversation in readable lines.', async () => {
    const { code, output } = await outcomeOf(['replay', 'fixtures/traces/chargers/huawei-scharger-1.jsonl'])
    expect(code).toBe(0)
    expect(output).toContain('StatusNotification connectorId 1')
  })

  it('demonstrates itself with a panel that tells where it is and how to log in.', async () => {
    const demo = runCommand(['demo', '--port', '0', '--once'])
    processes.push(demo)
    const [, url = '', password = ''] = /Open (\S+) and log in as admin with the password (\S+)/.exec(await demo.said('Open http://127.0.0.1:')) ?? []
    expect(await (await fetch(url)).text()).toContain('panel.js')
    const headers = { 'X-Requested-With': 'wallbus', 'Content-Type': 'application/json' }
    expect((await fetch(`${url}api/login`, { method: 'POST', headers, body: JSON.stringify({ name: 'admin', password }) })).status).toBe(200)
    await demo.said('A charger connects')
    await demo.end('SIGTERM')
    expect(demo.child.exitCode).toBe(0)
  })

  it('runs on after kill -9 inside a transaction as if nothing had been.', async () => {
    const gateway = await startGateway({ port: 0, host: '127.0.0.1' })
    const port = await freePort()
    const site = await writeSite(`
ocpp: { port: ${port} }
knx: { gateway: 127.0.0.1, port: ${gateway.port} }
chargers:
  - { name: Garage, identity: CP1, objects: { charging: { send: 9/7/1, receive: 9/7/2 } } }
`)
    const first = run(site)
    await first.said('chargers connect')
    const client = await connectForeign({ url: `ws://127.0.0.1:${port}`, identity: 'CP1' })
    await client.call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })
    const { transactionId } = await client.call('StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: new Date().toISOString() })
    await first.end('SIGKILL')

    const second = run(site)
    await second.said('the KNX bus is reachable')
    const again = await connectForeign({ url: `ws://127.0.0.1:${port}`, identity: 'CP1' })
    await again.call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError' })
    gateway.bus.write(9 * 2_048 + 7 * 256 + 2, { small: 0 })
    expect(await again.asked('RemoteStopTransaction')).toEqual({ transactionId })
    await again.close()
    await gateway.close()
  })

  it('takes a changed file over while it runs, and keeps what it has when the file is wrong.', async () => {
    const port = await freePort()
    const site = await writeSite(`ocpp: { port: ${port} }\nchargers:\n  - { name: One, identity: CP1 }\n`)
    const process = run(site)
    await process.said('chargers connect')
    await writeFile(site, 'chargers: nonsense\n')
    await process.said('the one before stays in force')
    await writeFile(site, `ocpp: { port: ${port} }\nchargers:\n  - { name: One, identity: CP1 }\n  - { name: Two, identity: CP2 }\n`)
    await process.said('configured: 2 chargers')
    const client = await connectForeign({ url: `ws://127.0.0.1:${port}`, identity: 'CP2' })
    await client.close()
    await process.end('SIGTERM')
    expect(process.child.exitCode).toBe(0)
  })
})
