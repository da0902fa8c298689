import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type Socket, connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { Handshake, Verdict } from '../../../core/charge-point/handshake.ts'
import { requireTools } from '../../../fixtures/tools.ts'
import { type Certificates, loadOrCreate } from '../certificates/load-or-create.ts'
import { type OcppServer, listen } from './listen.ts'
import type { OcppServerOptions, OpenedConnection } from './options.ts'

type Heard =
  | { readonly type: 'opened'; readonly connection: OpenedConnection }
  | { readonly type: 'received'; readonly identity: string; readonly connection: string; readonly text: string }
  | { readonly type: 'closed'; readonly identity: string; readonly connection: string; readonly code: number; readonly reason: string }
  | { readonly type: 'refused'; readonly identity: string; readonly remote: string; readonly reason: string }

type HeardOf<T extends Heard['type']> = Extract<Heard, { type: T }>

const accept: Verdict = { accept: true, subprotocol: 'ocpp1.6' }

/** A server on loopback that remembers all it was told of, and lets a test wait for it. */
const start = async (options: Partial<OcppServerOptions> = {}, admit: (handshake: Handshake) => Verdict = () => accept) => {
  const heard: Heard[] = []
  const handshakes: Handshake[] = []
  const news = new EventEmitter()
  const hear = (what: Heard): void => {
    heard.push(what)
    news.emit('news')
  }
  const server = await listen(
    { port: 0, host: '127.0.0.1', pingIntervalMs: 0, ...options },
    {
      admit: (handshake) => {
        handshakes.push(handshake)
        return admit(handshake)
      },
      opened: (connection) => hear({ type: 'opened', connection }),
      received: (messages) => messages.forEach((message) => hear({ type: 'received', ...message })),
      closed: (identity, connection, code, reason) => hear({ type: 'closed', identity, connection, code, reason }),
      refused: (identity, remote, reason) => hear({ type: 'refused', identity, remote, reason }),
    },
  )
  servers.push(server)
  const all = <T extends Heard['type']>(type: T): readonly HeardOf<T>[] => heard.filter((one): one is HeardOf<T> => one.type === type)
  /** The n-th thing heard of a type, as soon as it was heard. */
  const next = async <T extends Heard['type']>(type: T, index = 0): Promise<HeardOf<T>> => {
    for (;;) {
      const found = all(type)[index]
      if (found !== undefined) return found
      await once(news, 'news')
    }
  }
  return { server, heard, handshakes, all, next }
}

const servers: OcppServer[] = []
const clients: WebSocket[] = []
const sockets: Socket[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate()
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => server.shutdown()))
})

const dial = (url: string, subprotocols: readonly string[] = ['ocpp1.6'], options: ClientOptions = {}): WebSocket => {
  const client = new WebSocket(url, [...subprotocols], options)
  client.on('error', () => {})
  clients.push(client)
  return client
}

const open = async (url: string, subprotocols?: readonly string[], options?: ClientOptions): Promise<WebSocket> => {
  const client = dial(url, subprotocols, options)
  await once(client, 'open')
  return client
}

const failure = (client: WebSocket): Promise<unknown> => new Promise((resolve) => client.once('error', resolve))

/** What a refused client is answered. */
const refusal = async (client: WebSocket) => {
  const [, response] = await once(client, 'unexpected-response')
  return { status: Number(response.statusCode), body: await textOf(response), headers: response.headers }
}

/** What comes back until the connection ends when these bytes are sent. */
const talk = async (port: number, bytes: string | Buffer): Promise<string> => {
  const socket = connectTcp(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => {})
  socket.write(bytes)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString('latin1')))
  await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

const upgradeRequest = (target: string, more = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`

describe('A Charge Point that is admitted', () => {
  it('is opened, heard, answered and closed under one connection id.', async () => {
    const { server, next } = await start()
    const client = await open(`ws://127.0.0.1:${server.port}/ocpp/CP001`)
    const { connection } = await next('opened')
    const { connection: id } = connection
    expect(connection).toEqual({ identity: 'CP001', connection: id, remote: '127.0.0.1', subprotocol: 'ocpp1.6', secure: false })
    const text = '[2,"1","Heartbeat",{"é":"🔌"}]'
    client.send(text)
    expect(await next('received')).toEqual({ type: 'received', identity: 'CP001', connection: id, text })
    server.send(id, '[3,"1",{}]')
    const [data, isBinary] = await once(client, 'message')
    expect([String(data), isBinary]).toEqual(['[3,"1",{}]', false])
    server.close(id, 1000, 'é'.repeat(200))
    const [code, reason] = await once(client, 'close')
    expect([code, String(reason)]).toEqual([1000, 'é'.repeat(61)])
    expect(await next('closed')).toMatchObject({ identity: 'CP001', connection: id, code: 1000 })
    server.send(id, 'dropped')
    server.close(id, 1000, 'dropped')
    server.send('no such connection', 'dropped')
  })

  it('keeps its connection when another one of the same identity opens: who wins is not decided here.', async () => {
    const { server, next, all } = await start()
    const first = await open(`ws://127.0.0.1:${server.port}/CP001`)
    await open(`ws://127.0.0.1:${server.port}/CP001`)
    const [one, two] = [await next('opened', 0), await next('opened', 1)]
    expect(one.connection.connection).not.toBe(two.connection.connection)
    first.send('still here')
    expect(await next('received')).toMatchObject({ connection: one.connection.connection, text: 'still here' })
    expect(all('closed')).toEqual([])
  })

  it.each([
    [['ocpp1.6'], 'ocpp1.6'],
    [['ocpp0.1', 'ocpp1.6'], 'ocpp1.6'],
    [[], ''],
  ])('offering %j is answered with %j.', async (offered, answered) => {
    const { server, handshakes } = await start()
    const client = await open(`ws://127.0.0.1:${server.port}/CP001`, offered)
    expect(client.protocol).toBe(answered)
    expect(handshakes[0]?.subprotocols).toEqual(offered)
  })

  it.each(['ocpp1.6,, ocpp1.6', ' ocpp1.6 ,', 'ocpp1.6, "x"'])('may spell its subprotocols %j.', async (spelled) => {
    const { server, next } = await start()
    const socket = connectTcp(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.write(upgradeRequest('/CP001', `Sec-WebSocket-Protocol: ${spelled}\r\n`))
    const [data] = await once(socket, 'data')
    expect(String(data)).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\nSec-WebSocket-Protocol: ocpp1\.6\r\n/)
    await next('opened')
  })

  it.each([
    ['///CP001', 'CP001'],
    ['/CP001/', 'CP001'],
    ['/RDAM%7C123', 'RDAM|123'],
    ['http://controller:8016/ocpp/CP001', 'CP001'],
  ])('may ask for %s.', async (target, identity) => {
    const { server, next } = await start()
    const socket = connectTcp(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.write(upgradeRequest(target))
    expect((await next('opened')).connection.identity).toBe(identity)
  })

  it('is shown to whoever admits with its raw Authorization header and address.', async () => {
    const { server, handshakes } = await start()
    const authorization = 'Basic Q1AwMDE6cGFzcw=='
    await open(`ws://127.0.0.1:${server.port}/CP001`, [], { headers: { Authorization: authorization } })
    expect(handshakes).toEqual([{ identity: 'CP001', path: '/CP001', subprotocols: [], authorization, secure: false, remote: '127.0.0.1' }])
  })

  it('may send its first message together with the handshake.', async () => {
    const { server, next } = await start()
    const socket = connectTcp(server.port, '127.0.0.1')
    sockets.push(socket)
    socket.write(Buffer.concat([Buffer.from(upgradeRequest('/CP001')), frame(0x81, 'first')]))
    expect((await next('received')).text).toBe('first')
  })
})

/** A masked frame, with a mask of zeros. */
const frame = (head: number, payload: string | Buffer): Buffer => {
  const bytes = Buffer.from(payload)
  const length = bytes.length < 126 ? Buffer.from([0x80 | bytes.length]) : Buffer.from([0x80 | 126, bytes.length >> 8, bytes.length & 0xff])
  return Buffer.concat([Buffer.from([head]), length, Buffer.alloc(4), bytes])
}

describe('A Charge Point that is refused', () => {
  it('gets the status, what, where and what to do, and is reported once.', async () => {
    const verdict = { accept: false, status: 404, retryAfterSeconds: 30 } as const
    const { server, all } = await start({}, ({ identity }) => ({ ...verdict, reason: `${identity} is not known here` }))
    const { status, body, headers } = await refusal(dial(`ws://127.0.0.1:${server.port}/ocpp/CP%3Cb%3E`))
    expect(status).toBe(404)
    expect(body).toContain('What: CP?b? is not known here.\nWhere: /ocpp/CP%3Cb%3E on port')
    expect(headers).toMatchObject({ 'retry-after': '30', 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    await server.shutdown()
    expect(all('refused')).toEqual([{ type: 'refused', identity: 'CP<b>', remote: '127.0.0.1', reason: 'CP<b> is not known here' }])
    expect(all('opened')).toEqual([])
  })

  it('is asked for its password with 401.', async () => {
    const { server } = await start({}, () => ({ accept: false, status: 401, reason: 'The password is wrong', delayMs: 50 }))
    const { status, headers } = await refusal(dial(`ws://127.0.0.1:${server.port}/CP001`))
    expect(status).toBe(401)
    expect(headers).toMatchObject({ 'www-authenticate': 'Basic realm="OCPP"' })
  })

  it('gets 400 for an identity that is not percent-encoded, and nobody is asked.', async () => {
    const { server, handshakes, next } = await start()
    expect((await refusal(dial(`ws://127.0.0.1:${server.port}/CP%zz`))).status).toBe(400)
    expect((await next('refused')).reason).toContain('percent-encoded')
    expect(handshakes).toEqual([])
  })

  it('gets 400 for a handshake that is not one.', async () => {
    const { server, next, all } = await start()
    const answer = await talk(server.port, upgradeRequest('/CP001').replace('dGhlIHNhbXBsZSBub25jZQ==', 'short'))
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*What: Missing or invalid Sec-WebSocket-Key header/)
    await next('refused')
    expect(all('opened')).toEqual([])
  })

  it('gets 503 when too many are connected.', async () => {
    const { server } = await start({ limits: { connections: 1 } })
    await open(`ws://127.0.0.1:${server.port}/CP001`)
    const { status, headers } = await refusal(dial(`ws://127.0.0.1:${server.port}/CP002`))
    expect(status).toBe(503)
    expect(headers).toHaveProperty('retry-after')
  })
})

describe('What is no Charge Point', () => {
  it('A browser is told with 426 what this port is.', async () => {
    const { server, next } = await start()
    const response = await fetch(`http://127.0.0.1:${server.port}/`)
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket'])
    expect(await response.text()).toContain('This port is for Charge Points')
    expect(await next('refused')).toMatchObject({ identity: '', remote: '127.0.0.1' })
  })

  it.each([
    ['garbage', 'hello\r\n\r\n', /^HTTP\/1\.1 400 .*[\s\S]*What arrived is not HTTP/],
    ['thousands of headers', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(5000)}\r\n`, /^HTTP\/1\.1 431 /],
    ['a 4000-character identity', upgradeRequest(`/${'A'.repeat(4000)}`), /^HTTP\/1\.1 400 [\s\S]*longer than 255/],
  ])('%s is refused in words.', async (_, bytes, expected) => {
    const { server, next } = await start()
    expect(await talk(server.port, bytes)).toMatch(expected)
    await next('refused')
  })

  it('A handshake that is cut is reported.', async () => {
    const { server, next } = await start()
    const socket = connectTcp(server.port, '127.0.0.1')
    socket.end('GET /CP001 HTTP/1.1\r\n')
    expect((await next('refused')).reason).toBe('The connection was closed before the WebSocket handshake was complete')
  })

  it('A handshake that is never finished is ended and reported; silence is ended and not reported.', async () => {
    const { server, all, next } = await start({ limits: { handshakeMs: 100 } })
    await Promise.all([talk(server.port, 'GET /CP001 HTTP/1.1\r\n'), talk(server.port, '')])
    expect((await next('refused')).reason).toContain('No complete handshake')
    expect(all('refused')).toHaveLength(1)
  })

  it('When too many handshakes are half open the oldest goes, and a real one gets through.', async () => {
    const { server, all } = await start({ limits: { handshakes: 10 } })
    const half = Array.from({ length: 50 }, () => talk(server.port, 'GET /half HTTP/1.1\r\n'))
    await Promise.all(half.slice(0, 30))
    await open(`ws://127.0.0.1:${server.port}/CP001`)
    expect(all('opened')).toHaveLength(1)
    expect(all('refused').every(({ reason }) => reason === 'Too many half-open handshakes')).toBe(true)
  })
})

const openWith = async (options: Partial<OcppServerOptions> = {}) => {
  const started = await start(options)
  const client = await open(`ws://127.0.0.1:${started.server.port}/CP001`)
  return { ...started, client, id: (await started.next('opened')).connection.connection }
}

describe('An open connection', () => {
  it('is closed with 1003 for a binary message.', async () => {
    const { client, all } = await openWith()
    client.send(Buffer.from('[2,"1","Heartbeat",{}]'))
    const [code, reason] = await once(client, 'close')
    expect([code, String(reason)]).toEqual([1003, 'OCPP messages are text'])
    expect(all('received')).toEqual([])
  })

  it.each([
    ['1009 for a message over the limit', 1009, (client: WebSocket) => client.send('x'.repeat(300_000)), /Max payload/],
    ['1007 for bad UTF-8', 1007, (client: WebSocket) => client.send(Buffer.from([0x22, 0xff]), { binary: false }), /UTF-8/],
    ['1008 for more fragments than any message has', 1008, (client: WebSocket) => {
      for (let index = 0; index < 1500; index += 1) client.send('x', { fin: false })
    }, /fragments/],
  ])('is closed with %s, and the others stay.', async (_, expected, misbehave, reason) => {
    const { server, client, next } = await openWith()
    const other = await open(`ws://127.0.0.1:${server.port}/CP002`)
    misbehave(client)
    const [code] = await once(client, 'close')
    expect(code).toBe(expected)
    expect((await next('closed')).reason).toMatch(reason)
    other.send('fine')
    expect(await next('received')).toMatchObject({ identity: 'CP002', text: 'fine' })
  })

  it('is closed for an unmasked frame and for a compressed one.', async () => {
    const { server, next } = await start({ limits: { closeMs: 100 } })
    for (const [index, bytes] of [Buffer.from([0x81, 2, 0x5b, 0x5d]), frame(0xc1, 'x')].entries()) {
      const socket = connectTcp(server.port, '127.0.0.1')
      sockets.push(socket)
      socket.write(upgradeRequest(`/CP${index}`))
      await next('opened', index)
      socket.write(bytes)
      expect((await next('closed', index)).reason).toMatch(/MASK|RSV1/)
    }
  })

  it('carries 500 messages in 500 fragments, in order.', async () => {
    const { client, next } = await openWith()
    for (let index = 0; index < 499; index += 1) client.send('a', { fin: false })
    client.send('z')
    for (let index = 1; index < 500; index += 1) client.send(String(index))
    expect((await next('received')).text).toBe(`${'a'.repeat(499)}z`)
    for (let index = 1; index < 500; index += 1) expect((await next('received', index)).text).toBe(String(index))
  })

  it('that sends faster than its rate is read more slowly, and loses nothing.', async () => {
    const { client, next, all } = await openWith({ limits: { messagesPerSecond: 1000, messageBurst: 100 } })
    const startedAt = performance.now()
    for (let index = 0; index < 400; index += 1) client.send(String(index))
    // What is read from the socket at once is heard at once; it is the rest that waits.
    await next('received', 399)
    client.send('last')
    await next('received', 400)
    expect(all('received').map(({ text }) => text)).toEqual([...Array.from({ length: 400 }, (_, index) => String(index)), 'last'])
    expect(performance.now() - startedAt).toBeGreaterThan(290)
  })

  it('counts pings as messages.', async () => {
    const { client, next } = await openWith({ limits: { messagesPerSecond: 100, messageBurst: 10 } })
    const startedAt = performance.now()
    for (let index = 0; index < 49; index += 1) client.ping()
    client.ping('heard')
    await new Promise<void>((resolve) => client.on('pong', (data) => String(data) === 'heard' && resolve()))
    client.send('last')
    await next('received')
    expect(performance.now() - startedAt).toBeGreaterThan(380)
  })

  it('that floods with pings is ended.', async () => {
    const { client, next } = await openWith()
    for (let index = 0; index < 500; index += 1) client.ping()
    expect(await next('closed')).toMatchObject({ code: 1006 })
  })

  it('that does not read is cut off before what waits for it grows without bound.', async () => {
    const { server, client, id, next } = await openWith({ limits: { bufferedBytes: 1_000_000 } })
    client.pause()
    const text = 'x'.repeat(200_000)
    for (let index = 0; index < 100; index += 1) server.send(id, text)
    expect(await next('closed')).toMatchObject({ code: 1006, reason: 'does not read what we send' })
  })

  it('that does not answer a close frame is ended all the same.', async () => {
    const { server, client, id, next } = await openWith({ limits: { closeMs: 100 } })
    client.pause()
    server.close(id, 1000, 'replaced')
    expect(await next('closed')).toMatchObject({ code: 1006 })
  })

  it('hears nothing more once it was told to close.', async () => {
    const { server, client, id, next, all } = await openWith()
    server.close(id, 1000, 'replaced')
    client.send('too late')
    await next('closed')
    expect(all('received')).toEqual([])
  })

  it('that vanishes without a word is reported.', async () => {
    const { client, id, next } = await openWith()
    client.terminate()
    expect(await next('closed')).toMatchObject({ identity: 'CP001', connection: id, code: 1006 })
  })
})

describe('Pings', () => {
  it('come at their interval, and who answers stays.', async () => {
    const { server, all } = await start({ pingIntervalMs: 20 })
    const client = await open(`ws://127.0.0.1:${server.port}/CP001`)
    for (let index = 0; index < 6; index += 1) await once(client, 'ping')
    expect(all('closed')).toEqual([])
  })

  it('unanswered twice end the connection.', async () => {
    const { server, next } = await start({ pingIntervalMs: 20 })
    await open(`ws://127.0.0.1:${server.port}/CP001`, [], { autoPong: false })
    expect(await next('closed')).toMatchObject({ code: 1006, reason: 'no answer to 2 pings' })
  })

  it('unanswered by a Charge Point that talks do not end the connection.', async () => {
    const { server, all } = await start({ pingIntervalMs: 20 })
    const client = await open(`ws://127.0.0.1:${server.port}/CP001`, [], { autoPong: false })
    for (let index = 0; index < 6; index += 1) {
      await once(client, 'ping')
      client.send('alive')
    }
    expect(all('closed')).toEqual([])
  })

  it('take another interval without dropping a connection.', async () => {
    const { server, all } = await start({ pingIntervalMs: 0 })
    const client = await open(`ws://127.0.0.1:${server.port}/CP001`)
    server.reload({ tls: undefined, pingIntervalMs: 10 })
    await once(client, 'ping')
    expect(all('closed')).toEqual([])
  })
})

describe('The server', () => {
  it('that goes down closes every connection with 1001, ends half handshakes, and is gone when it says so.', async () => {
    const { server, all } = await start()
    const some = await Promise.all(Array.from({ length: 20 }, (_, index) => open(`ws://127.0.0.1:${server.port}/CP${index}`)))
    const half = talk(server.port, 'GET / HTTP/1.1\r\n')
    const closes = some.map((client) => once(client, 'close'))
    await server.shutdown()
    expect((await Promise.all(closes)).map(([code]) => code)).toEqual(Array.from({ length: 20 }, () => 1001))
    expect(all('closed')).toHaveLength(20)
    await half
    const late = dial(`ws://127.0.0.1:${server.port}/CP1`)
    expect(await failure(late)).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('that cannot have its port says why.', async () => {
    const { server } = await start()
    await expect(start({ port: server.port })).rejects.toThrow(`on 127.0.0.1 port ${server.port}: another program listens there already`)
    await expect(start({ host: '192.0.2.77' })).rejects.toThrow(/does not have that address/)
  })

  it('takes 300 reconnects at once.', async () => {
    const { server, all } = await start()
    await Promise.all(Array.from({ length: 300 }, (_, index) => open(`ws://127.0.0.1:${server.port}/CP${index}`)))
    expect(new Set(all('opened').map(({ connection }) => connection.connection)).size).toBe(300)
  })
})

describe('A secure server', () => {
  let directory: string
  let certificates: Certificates
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'certificates-'))
    certificates = await loadOrCreate(directory, { names: ['127.0.0.1'], now: new Date() })
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  const startSecure = (limits: OcppServerOptions['limits'] = {}) => start({ tls: certificates.tls, limits })

  it('takes Charge Points that trust its root.', async () => {
    const { server, next, handshakes } = await startSecure()
    const client = await open(`wss://127.0.0.1:${server.port}/CP001`, ['ocpp1.6'], { ca: certificates.rootPem })
    expect((await next('opened')).connection).toMatchObject({ identity: 'CP001', secure: true, remote: '127.0.0.1' })
    expect(handshakes[0]?.secure).toBe(true)
    client.send('secret')
    expect((await next('received')).text).toBe('secret')
  })

  it('tells a plain Charge Point to use wss, and reports it by name.', async () => {
    const { server, next, all, handshakes } = await startSecure()
    const { status, body } = await refusal(dial(`ws://127.0.0.1:${server.port}/CP001`))
    expect(status).toBe(426)
    expect(body).toContain(`wss://controller:${server.port}/CP001`)
    expect(await next('refused')).toMatchObject({ identity: 'CP001', reason: expect.stringMatching(/^plain instead of secure/) })
    expect(all('refused')).toHaveLength(1)
    expect(handshakes).toEqual([])
  })

  it('tells a plain browser the same.', async () => {
    const { server } = await startSecure()
    const response = await fetch(`http://127.0.0.1:${server.port}/`)
    expect([response.status, await response.text()]).toEqual([426, expect.stringContaining('wss://')])
  })

  it.each([
    ['versions', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, 'only versions older than TLS 1.2'],
    ['cipher suites', { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }, 'no cipher suite that is allowed here'],
  ] as const)('says when there are no common %s.', async (_, options, words) => {
    const { server, next, all } = await startSecure()
    dial(`wss://127.0.0.1:${server.port}/CP001`, [], { ...options, ca: certificates.rootPem })
    const reason = `TLS: the Charge Point offers ${words}: update its firmware`
    expect(await next('refused')).toEqual({ type: 'refused', identity: '', remote: '127.0.0.1', reason })
    await server.shutdown()
    expect(all('refused')).toHaveLength(1)
  })

  it.for(['-tls1_2', '-tls1_3'])('says when its certificate is not trusted (%s).', async (version, context) => {
    await requireTools(context, 'openssl')
    const { server, next } = await startSecure()
    const trustNobody = ['-verify_return_error', '-no-CAfile', '-no-CApath']
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${server.port}`, version, ...trustNobody], { stdio: 'ignore' })
    const { remote, reason } = await next('refused')
    expect(remote).toBe('127.0.0.1')
    expect(reason).toMatch(/^TLS: the Charge Point does not trust our certificate: install root-ca\.pem/)
    client.kill()
  })

  it('has a guess when a Charge Point leaves without a word after the TLS handshake.', async () => {
    const { server, next } = await startSecure()
    dial(`wss://127.0.0.1:${server.port}/CP001`)
    expect((await next('refused')).reason).toMatch(/may not trust our certificate|cut during the TLS handshake/)
  })

  it('reports garbage in place of TLS, and a TLS handshake that is cut or stalls, with the remote address.', async () => {
    const { server, next } = await startSecure({ handshakeMs: 200 })
    await talk(server.port, Buffer.from([0x16, 3, 1, 0, 4, 9, 9, 9, 9]))
    expect(await next('refused')).toMatchObject({ identity: '', remote: '127.0.0.1', reason: expect.stringMatching(/^TLS: /) })
    await talk(server.port, Buffer.from([0x16, 3, 1]))
    expect((await next('refused', 1)).reason).toContain('No complete handshake')
    const socket = connectTcp(server.port, '127.0.0.1')
    socket.end(Buffer.from([0x16, 3, 1]))
    expect(await next('refused', 2)).toMatchObject({ remote: '127.0.0.1', reason: 'TLS: the connection was cut during the TLS handshake' })
  })

  it('takes new certificates into use while connections stay.', async () => {
    const { server, all, next } = await startSecure()
    const client = await open(`wss://127.0.0.1:${server.port}/CP001`, [], { ca: certificates.rootPem })
    const other = await loadOrCreate(join(directory, 'other'), { names: ['127.0.0.1'], now: new Date() })
    server.reload({ tls: other.tls, pingIntervalMs: 0 })
    await open(`wss://127.0.0.1:${server.port}/CP002`, [], { ca: other.rootPem })
    client.send('still here')
    expect(await next('received')).toMatchObject({ identity: 'CP001' })
    expect(all('closed')).toEqual([])
  })

  it('may become plain and a plain one secure, while connections stay.', async () => {
    const { server, all } = await start()
    await open(`ws://127.0.0.1:${server.port}/CP001`)
    server.reload({ tls: certificates.tls, pingIntervalMs: 0 })
    expect((await refusal(dial(`ws://127.0.0.1:${server.port}/CP002`))).status).toBe(426)
    await open(`wss://127.0.0.1:${server.port}/CP003`, [], { ca: certificates.rootPem })
    server.reload({ tls: undefined, pingIntervalMs: 0 })
    await open(`ws://127.0.0.1:${server.port}/CP004`)
    expect(all('closed')).toEqual([])
  })

  it('A plain server tells a secure Charge Point with an alert, and reports it.', async () => {
    const { server, next } = await start()
    const client = dial(`wss://127.0.0.1:${server.port}/CP001`, [], { ca: certificates.rootPem })
    const error = await failure(client)
    expect(error).toMatchObject({ message: expect.stringContaining('handshake failure') })
    expect(await next('refused')).toMatchObject({ identity: '', reason: expect.stringMatching(/^secure instead of plain/) })
  })
})
