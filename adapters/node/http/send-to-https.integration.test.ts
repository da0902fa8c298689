import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, get, type Server } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadOrCreate } from '../certificates/load-or-create.ts'
import type { Door } from '../ocpp-server/door.ts'
import { sendToHttps } from './send-to-https.ts'

const longestMs = 200

let directory: string
let server: Server
let door: Door
let ca: string
let port: number
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wallbus-'))
  const { tls, rootPem } = await loadOrCreate(directory, { names: ['127.0.0.1'], now: new Date() })
  ca = rootPem
  server = createServer({ key: [...tls.key], cert: [...tls.cert] }, (request, response) => response.end(`secure ${request.url}`))
  door = sendToHttps(server, () => ['charging.example.org'], longestMs)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  door.clear()
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  await rm(directory, { recursive: true })
})

/** All that comes back until the server hangs up. */
async function said(written: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  socket.write(written)
  return text(socket)
}

/** The status, and where it leads. */
async function answer(line: string, ...headers: readonly string[]): Promise<readonly [status: string | undefined, location: string | undefined]> {
  const response = await said(`${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`)
  return [/^HTTP\/1\.1 (\d+)/.exec(response)?.[1], /^Location: (.*)\r$/m.exec(response)?.[1]]
}

it('Who speaks TLS is served as ever.', async () => {
  const body = await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/a', ca, agent: false }, (response) => resolve(text(response))).on('error', reject)
  })
  expect(body).toBe('secure /a')
})

it('Who speaks plain HTTP is sent on to the same place by https, in words, and nobody keeps that.', async () => {
  const response = await said('GET /a?b=%C3%BC HTTP/1.1\r\nHost: controller:8080\r\n\r\n')
  expect(response).toMatch(/^HTTP\/1\.1 308 Permanent Redirect\r\n/)
  expect(response).toMatch(/^Location: https:\/\/controller:8080\/a\?b=%C3%BC\r$/m)
  expect(response).toMatch(/^Cache-Control: no-store\r$/m)
  expect(response).toMatch(/^What: plain instead of secure: this port takes https:\/\/ only\.$/m)
  expect(await said('HEAD /a HTTP/1.1\r\nHost: controller:8080\r\n\r\n')).toMatch(/308 [^]*https:\/\/controller:8080\/a\r\n[^]*\r\n\r\n$/)
})

it.each([
  ['controller.local', 'https://controller.local:80/'],
  ['192.0.2.1:8080', 'https://192.0.2.1:8080/'],
  ['[::1]', 'https://[::1]:80/'],
  ['charging.example.org:8443', 'https://charging.example.org:8443/'],
])('A request for %s is sent on to %s.', async (host, location) => {
  expect(await answer('GET /', `Host: ${host}`)).toEqual(['308', location])
})

it('A path that looks like another place stays a path.', async () => {
  expect(await answer('GET //evil.example/', 'Host: controller')).toEqual(['308', 'https://controller:80//evil.example/'])
  expect(await answer('GET /\\evil.example/', 'Host: controller')).toEqual(['308', 'https://controller:80//evil.example/'])
})

it.each([
  ['evil.example'], ['controller@evil.example'], ['controller/evil.example'], ['controller:99999'], ['999.999.999.999'], ['[::::]'], ['.'], [''],
])('A request for the host "%s" is not sent on.', async (host) => {
  expect(await answer('GET /', `Host: ${host}`)).toEqual(['421', undefined])
})

it('A request without a host, and one meant for a proxy, are not sent on.', async () => {
  expect(await answer('GET /')).toEqual(['421', undefined])
  expect(await answer('GET http://evil.example/', 'Host: controller')).toEqual(['421', undefined])
})

it('What would change something is refused in words: it is not to be said in the clear again.', async () => {
  const response = await said('POST /api/login HTTP/1.1\r\nHost: controller\r\nContent-Length: 2\r\n\r\n{}')
  expect(response).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/)
  expect(response).toMatch(/^What to do: Use https:\/\/ instead of http:\/\/\.$/m)
  expect(response).not.toMatch(/^Location/m)
})

it('Garbage is refused at once.', async () => {
  expect(await said('\0\x01garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await said('\x16garbage')).not.toMatch(/HTTP/)
})

it.each([
  ['says nothing', ''],
  ['stops in the middle of its headers', 'GET / HTTP/1.1\r\nHost: '],
  ['stops in the middle of its TLS handshake', '\x16\x03\x01'],
])('Who %s is let go.', async (_what, written) => {
  expect(await said(written)).toBe('')
})

it('Those who say nothing keep nobody out.', async () => {
  const silent = await Promise.all(Array.from({ length: 150 }, async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    await once(socket, 'connect')
    return socket
  }))
  expect(await answer('GET /', 'Host: controller')).toEqual(['308', 'https://controller:80/'])
  for (const socket of silent) socket.destroy()
})
