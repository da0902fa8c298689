import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { Agent, get } from 'node:https'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWsStation, type WsStation } from '../../../fixtures/charge-point/ws-station.ts'
import { createClient } from '../../hono/client.ts'
import { parseSite } from '../config/load.ts'
import { startController, type Controller } from '../controller.ts'
import type { Entry } from '../log.ts'
import { configurationFile } from './configuration-file.ts'

const identity = 'CP 1'
const text = `knx: { gateway: virtual }
chargers:
  - { name: Garage, identity: '${identity}' } # here
`
const page = { 'X-Requested-With': 'wallbus', 'Content-Type': 'application/json' }

let directory: string
let file: string
let running: Controller[] = []
let stations: WsStation[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wallbus-'))
  file = join(directory, 'site.yaml')
  await writeFile(file, text, { mode: 0o640 })
})
afterEach(async () => {
  await Promise.all(stations.map((station) => station.close()))
  await stop()
  stations = []
  await rm(directory, { recursive: true })
})

async function stop(): Promise<void> {
  await Promise.all(running.map((controller) => controller.stop()))
  running = []
}

function configOf(written: string, secure = false) {
  const { config } = parseSite(written)
  if (!config) throw new Error('the example has mistakes')
  return { ...config, ocpp: { ...config.ocpp, port: 0, secure }, panel: { port: 0 } }
}

async function start({ secure = false, password, port = 0 }: { readonly secure?: boolean; readonly password?: string; readonly port?: number } = {}) {
  const entries: Entry[] = []
  const configuration = configurationFile(file, async () => controller.reconfigure(configOf(await readFile(file, 'utf8'), secure)))
  const config = { ...configOf(text, secure), panel: { port } }
  const controller: Controller = await startController({
    config, data: join(directory, 'data'), address: '127.0.0.1', log: (entry) => entries.push(entry),
    panel: { configuration, version: '1.2.3', ...(password !== undefined && { password }) },
  })
  running.push(controller)
  return { controller, entries, url: `http://127.0.0.1:${controller.panelPort}` }
}

async function tokenOf(url: string, password: string): Promise<string> {
  const login = await fetch(`${url}/api/login`, { method: 'POST', headers: page, body: JSON.stringify({ name: 'admin', password }) })
  const [cookie = ''] = login.headers.getSetCookie().map((one) => one.split(';')[0])
  const made = await fetch(`${url}/api/tokens`, { method: 'POST', headers: { ...page, Cookie: cookie }, body: JSON.stringify({ name: 'test', role: 'administer' }) })
  return ((await made.json()) as { token: string }).token
}

it('The first start tells a password once, with which one makes a token, that outlives a restart.', async () => {
  const first = await start()
  const [, password = ''] = first.entries.map(({ text: told }) => /password (\S+) \(/.exec(told)).find((found) => found) ?? []
  const token = await tokenOf(first.url, password)
  await stop()
  const second = await start()
  expect(second.entries.filter(({ text: told }) => told.includes('password'))).toEqual([])
  const site = await createClient(second.url, { token }).api.site.$get()
  expect(site.ok && (await site.json())).toMatchObject({ version: '1.2.3', chargers: 1 })
})

it('A program commands a charger, calls it, and follows what comes of it.', async () => {
  const { controller, url } = await start({ password: 'a password' })
  const client = createClient(url, { token: await tokenOf(url, 'a password') })
  const stream = await fetch(`${url}/api/events`, { headers: { Authorization: `Bearer ${await tokenOf(url, 'a password')}` } })
  const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const station = openWsStation({ url: `ws://127.0.0.1:${controller.port}`, identity })
  stations.push(station)
  let seen = ''
  const told = async (what: RegExp): Promise<void> => {
    while (!what.test(seen)) {
      const { value, done } = (await events?.read()) ?? { done: true, value: undefined }
      if (done) throw new Error(`the stream ended before ${what}`)
      seen += value
    }
  }
  await told(/"status":"Available"/)
  const answer = await client.api['charge-points'][':identity'].calls.$post({ param: { identity }, json: { action: 'GetConfiguration', payload: { key: ['HeartbeatInterval'] } } })
  expect(await answer.json()).toMatchObject({ type: 'result', payload: { configurationKey: [{ key: 'HeartbeatInterval' }] } })
  station.act({ type: 'plug', connector: 1 })
  await told(/"status":"Preparing"/)
  await client.api.chargers[':identity'][':connector'].commands.$post({ param: { identity, connector: '1' }, json: { id: 'go', order: { type: 'start' } } })
  await told(/"status":"Charging"/)
  await told(/"id":"go".*"stage":"observed"/)
  await events?.cancel()
  const sessions = await client.api.sessions.$get({ query: {} })
  expect(sessions.ok && (await sessions.json()).sessions).toMatchObject([{ identity, state: 'running', charger: 'Garage' }])
  const totals = await client.api.sessions.totals.$get({ query: { by: 'identity' } })
  expect([totals.status, await totals.json()]).toEqual([200, []])
  const samples = await client.api.samples.$get({ query: { identity } })
  expect(samples.status).toBe(200)
})

it('A body of no declared length is read as any other, and one that is too long, missing or broken off is refused in words.', async () => {
  const { entries, url } = await start({ password: 'a password' })
  const token = await tokenOf(url, 'a password')
  const post = async (...chunks: readonly string[]) => {
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body, duplex: 'half' } as const
    const answer = await fetch(`${url}/api/tokens`, init)
    return [answer.status, await answer.json()]
  }
  expect(await post('{"name":"gr', 'ün","role":"look"}')).toMatchObject([201, { name: 'grün' }])
  expect(await post()).toMatchObject([400, { where: 'body' }])
  expect(await post(' '.repeat(40_000), ' '.repeat(40_000))).toMatchObject([413, { where: 'body' }])
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`POST /api/tokens HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na`, () => socket.destroy())
  await once(socket, 'close')
  expect(await post('{')).toMatchObject([400, { where: 'body' }])
  expect(entries.filter(({ level }) => level !== 'info')).toEqual([])
})

it('The file of the configuration is changed with its comments and rights kept; connections stay.', async () => {
  const { controller, url } = await start({ password: 'a password' })
  const client = createClient(url, { token: await tokenOf(url, 'a password') })
  const station = openWsStation({ url: `ws://127.0.0.1:${controller.port}`, identity })
  stations.push(station)
  await station.until(({ link }) => link === 'up')
  const added = await client.api.chargers.$post({ json: { name: 'New', identity: 'NEW' } })
  expect(added.status).toBe(201)
  expect(await readFile(file, 'utf8')).toBe(`${text}  - name: New\n    identity: NEW\n`)
  expect((await stat(file)).mode & 0o777).toBe(0o640)
  const points = await client.api['charge-points'].$get()
  expect(points.ok && (await points.json()).map((one) => [one.identity, one.link !== null])).toEqual([[identity, true], ['NEW', false]])
})

it('A port that is taken is told, and chargers are served all the same.', async () => {
  const other = createServer()
  const port = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => resolve((other.address() as AddressInfo).port)))
  const { controller, entries } = await start({ port, password: 'a password' })
  expect(controller.panelPort).toBeUndefined()
  expect(entries.map(({ text: told }) => told)).toContain(`the panel cannot listen on 127.0.0.1 port ${port}: another program listens there already`)
  const station = openWsStation({ url: `ws://127.0.0.1:${controller.port}`, identity })
  stations.push(station)
  await station.until(({ link }) => link === 'up')
  other.close()
})

it('Where chargers are served securely the panel is too, with the same root; plain HTTP is sent on to it.', async () => {
  const { controller, url } = await start({ secure: true, password: 'a password' })
  const ca = await readFile(join(directory, 'data', 'certificates', 'root-ca.pem'), 'utf8')
  const body = await new Promise<string>((resolve, reject) => {
    get({ host: '127.0.0.1', port: controller.panelPort, path: '/api/ca.pem', ca, agent: new Agent({ keepAlive: false }) }, (response) => {
      let got = ''
      response.on('data', (chunk: Buffer) => (got += chunk)).on('end', () => resolve(got))
    }).on('error', reject)
  })
  expect(body).toBe(ca)
  const plain = await fetch(`${url}/history`, { redirect: 'manual' })
  expect([plain.status, plain.headers.get('Location')]).toEqual([308, `https://127.0.0.1:${controller.panelPort}/history`])
})
