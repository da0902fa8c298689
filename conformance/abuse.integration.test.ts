import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { exampleCharger } from '../fixtures/site.ts'
import { bootNotification, useSite } from './behaviours/site.ts'
import { charger } from './central-system.ts'
import type { ScriptedChargePoint } from './charge-point.ts'

// The one who misbehaves has group objects: what it says could get to the bus.
const site = useSite([charger('GOOD'), charger('SILENT'), charger('LIAR'), { ...exampleCharger, identity: 'BAD' }])

/** Milliseconds that another charger may wait for an answer, on a machine with other things to do. */
const promptly = 2_000
/** Bytes that all of the abuse of one test may leave behind. */
const mostLeft = 150e6

/** Does harm while another charger sends its Heartbeats; each of them is answered promptly, and nothing gets to the bus or into the books. On a fresh start: a charger that comes back too often is calmed. */
async function endures(harm: () => Promise<void>): Promise<void> {
  await site.restart()
  const good = await site.boots('GOOD')
  const before = process.memoryUsage().rss
  const told = site.central().telegrams.length
  const harming = { still: true, error: undefined as unknown }
  const done = harm().catch((error: unknown) => void (harming.error = error)).finally(() => void (harming.still = false))
  let beats = 0
  let slowest = 0
  do {
    const asked = performance.now()
    await good.call('Heartbeat', {})
    slowest = Math.max(slowest, performance.now() - asked)
    beats += 1
    await new Promise((resolve) => setImmediate(resolve))
  } while (harming.still)
  await done
  if (harming.error !== undefined) throw harming.error
  expect(beats).toBeGreaterThan(0)
  expect(slowest).toBeLessThan(promptly)
  expect(process.memoryUsage().rss - before).toBeLessThan(mostLeft)
  expect(site.central().telegrams.slice(told)).toEqual([])
  expect(site.central().chargePoint('BAD').recent).toEqual([])
  expect(site.central().controller.host.site().strangers.length).toBeLessThanOrEqual(64)
  for (const { text } of site.central().log) expect(text).toMatch(/^\P{Cc}*$/u)
}

/** The charger that misbehaves, and cannot be limited: a limit would be told to the bus. */
function misbehaves(): Promise<ScriptedChargePoint> {
  return site.dials('BAD', { answers: ({ action }) => (action === 'SetChargingProfile' ? 'NotSupported' : undefined) })
}

/** What comes back until the other side hangs up. */
async function talk(bytes: string | Buffer): Promise<string> {
  const socket = connectTcp(site.central().controller.port, '127.0.0.1')
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (data) => (heard += data.toString('latin1')))
  socket.write(bytes)
  await once(socket, 'close')
  return heard
}

const upgrade = (target: string, more = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`

const times = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index))

describe('At the door', () => {
  const refusals: readonly (readonly [what: string, bytes: string | Buffer, answer: RegExp])[] = [
    ['garbage in place of HTTP', Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]), /^HTTP\/1\.1 400/],
    ['thousands of headers', upgrade('/BAD', times(5_000, (index) => `X-${index}: y\r\n`).join('')), /^HTTP\/1\.1 431/],
    ['an identity of 4000 characters', upgrade(`/${'A'.repeat(4_000)}`), /^HTTP\/1\.1 400/],
    ['an identity of HTML', upgrade('/%3Cscript%3Ealert(1)%3C%2Fscript%3E'), /^HTTP\/1\.1 404(?![\s\S]*<script>)/],
    ['an identity of control characters', upgrade('/%00%1B%5B31m%0D%0AX-Injected:%20yes'), /^HTTP\/1\.1 404(?![\s\S]*\r\nX-Injected)/],
    ['an identity that goes up the tree', upgrade('/..%2F..%2Fetc%2Fpasswd'), /^HTTP\/1\.1 404/],
    ['another version of WebSocket', upgrade('/BAD').replace('Version: 13', 'Version: 99'), /^HTTP\/1\.1 4\d\d/],
    ['no key', upgrade('/BAD').replace(/Sec-WebSocket-Key.*\r\n/, ''), /^HTTP\/1\.1 4\d\d/],
    ['another method', upgrade('/BAD').replace('GET', 'POST'), /^HTTP\/1\.1 4\d\d/],
  ]
  test.each(refusals)('%s is refused in words.', async (_, bytes, answer) => {
    await endures(async () => {
      for (const heard of await Promise.all(times(20, () => talk(bytes)))) expect(heard).toMatch(answer)
    })
  })

  test('A flood of handshakes that are never finished keeps nobody out.', async () => {
    let sockets: readonly Socket[] = []
    await endures(async () => {
      sockets = times(500, (index) => {
        const socket = connectTcp(site.central().controller.port, '127.0.0.1')
        socket.on('error', () => undefined)
        socket.write(index % 2 === 0 ? 'GET /BAD HTTP/1.1\r\nHost:' : '\x16\x03\x01')
        return socket
      })
      await Promise.all(sockets.map((socket) => once(socket, 'connect')))
      expect(await (await misbehaves()).call('BootNotification', bootNotification)).toMatchObject({ status: 'Accepted' })
    })
    for (const socket of sockets) socket.destroy()
  })

  test('500 unknown identities are refused, and the newest of them remembered.', async () => {
    await endures(async () => {
      const attempts = await Promise.allSettled(times(500, (index) => site.dials(`STRANGER-${index}`)))
      expect(attempts.every(({ status }) => status === 'rejected')).toBe(true)
    })
  })

  test('300 reconnections of one charger leave one connection.', async () => {
    await endures(async () => {
      await Promise.allSettled(times(300, () => site.dials('BAD').then((station) => station.cut())))
    })
    expect(site.central().controller.host.site().population.groups.flatMap(({ members }) => members).filter(({ link }) => link !== null).length).toBeLessThanOrEqual(2)
  })
})

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('On a connection', () => {
  const ending: readonly (readonly [what: string, send: (socket: WebSocket) => void])[] = [
    ['a message of 20 MB', (socket) => socket.send('x'.repeat(20e6))],
    ['an id of 1 MB', (socket) => socket.send(JSON.stringify([2, 'i'.repeat(1e6), 'Heartbeat', {}]))],
    ['bad UTF-8', (socket) => socket.send(Buffer.from([0x5b, 0xff, 0xfe, 0x5d]), { binary: false })],
    ['a compression bomb', (socket) => Reflect.get(socket, '_socket').write(compressed(deflateRawSync(Buffer.alloc(50e6, 'a'))))],
    ['a frame without its mask', (socket) => Reflect.get(socket, '_socket').write(Buffer.from([0x81, 2, 0x5b, 0x5d]))],
    ['a message in fragments without end', (socket) => times(2_000, () => socket.send('x', { fin: false }))],
    ['a binary message', (socket) => socket.send(Buffer.from('[2,"1","Heartbeat",{}]'))],
    ['a flood of pings', (socket) => times(5_000, () => socket.ping())],
  ]
  test.each(ending)('%s ends it, and no other.', async (_, send) => {
    await endures(async () => {
      const { socket } = await misbehaves()
      const closed = once(socket, 'close')
      send(socket)
      await closed
    })
  })

  const passing: readonly (readonly [what: string, texts: readonly string[]])[] = [
    ['scalars', ['1', '"x"', 'true', 'null', '1e400', '-0', '""']],
    ['empty and endless lists', ['[]', '[2]', `[2,${'0,'.repeat(50_000)}0]`, `[${'[],'.repeat(50_000)}[]]`]],
    ['a hundred thousand brackets', [nested(100_000), `[2,"n","Heartbeat",${nested(100_000)}]`, `[2,"m","Heartbeat",${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}]`, '['.repeat(200_000)]],
    ['keys that come twice', ['[2,"d","StartTransaction",{"connectorId":1,"connectorId":"x","connectorId":[]}]']],
    ['thousands of keys', [`[2,"k","Authorize",{${times(10_000, (index) => `"k${index}":${index}`).join()}}]`]],
    ['numbers beyond all bounds', ['[2e400,"n","Heartbeat",{}]', '[9007199254740993,"n","Heartbeat",{}]', '[-2,"n","Heartbeat",{}]', '[2.5,"n","Heartbeat",{}]']],
  ]
  test.each(passing)('%s are survived.', async (_, texts) => {
    await endures(async () => {
      const bad = await misbehaves()
      bad.socket.removeAllListeners('message')
      for (const text of texts) bad.send(text)
      bad.socket.ping('still there')
      await once(bad.socket, 'pong')
    })
  })

  test('500 CALLs at once get 500 answers, in their order; 500 fragments are one message.', async () => {
    await endures(async () => {
      const bad = await misbehaves()
      await bad.call('BootNotification', bootNotification)
      const answered: number[] = []
      await Promise.all(times(500, async (index) => {
        await bad.answerTo(`p${index}`, `[2,"p${index}","Heartbeat",{}]`)
        answered.push(index)
      }))
      expect(answered).toEqual(times(500, (index) => index))
      const text = JSON.stringify([2, 'fragments', 'Heartbeat', { pad: 'x'.repeat(480) }])
      const answer = bad.answerTo('fragments', '')
      for (const [index, letter] of [...text].entries()) bad.socket.send(letter, { fin: index === text.length - 1 })
      expect(await answer).toMatchObject({ type: 'result' })
    })
  })
})

/** A masked frame that claims to be compressed. */
function compressed(payload: Buffer): Buffer {
  const head = Buffer.from([0xc1, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0])
  return Buffer.concat([head, payload])
}

describe('In what is said', () => {
  const nasty = ['<img src=x onerror=alert(1)>', 'a\r\nInjected: yes', '\u001b[31mred\u001b[0m', '\u202Eturned', '\u0000\u0007\u009b', "'; DROP TABLE transactions; --", '${jndi:ldap://x}', '\ud800', '😀'.repeat(50), 'x'.repeat(20_000)]
  test('any text is answered, and none gets into the log as it is.', async () => {
    await endures(async () => {
      const bad = await misbehaves()
      for (const text of nasty) {
        await bad.answerTo('b', JSON.stringify([2, 'b', 'BootNotification', { chargePointVendor: text, chargePointModel: text, firmwareVersion: text, chargePointSerialNumber: text, iccid: text }]))
        await bad.answerTo('a', JSON.stringify([2, 'a', 'Authorize', { idTag: text }]))
        await bad.answerTo('d', JSON.stringify([2, 'd', 'DataTransfer', { vendorId: text, messageId: text, data: text }]))
        await bad.answerTo('s', JSON.stringify([2, 's', 'StatusNotification', { connectorId: 0, errorCode: 'OtherError', status: 'Faulted', info: text, vendorId: text, vendorErrorCode: text }]))
        await bad.answerTo('m', JSON.stringify([2, 'm', 'MeterValues', { connectorId: 99, meterValue: [{ timestamp: text, sampledValue: [{ value: text, measurand: text, unit: text, phase: text }] }] }]))
        await bad.answerTo('u', JSON.stringify([2, 'u', text.slice(0, 100), {}]))
      }
    })
    for (const { text } of site.central().log) expect(text.length).toBeLessThan(1_000)
  })

  test('numbers, times and values of any size are answered, and become no value.', async () => {
    await endures(async () => {
      const bad = await misbehaves()
      await bad.call('BootNotification', bootNotification)
      for (const value of ['NaN', '1,5,5', '', 'Infinity', '-Infinity', '1e400', '--1', 'x'.repeat(1_000)]) {
        for (const at of ['1970-01-01T00:00:00Z', '2099-01-01T00:00:00Z', '+222222017-01-01T00:00:00Z', '', 'NaN']) {
          const payload = { connectorId: 1, transactionId: 2 ** 53, meterValue: [{ timestamp: at, sampledValue: [{ value, measurand: 'Current.Import' }, { value }] }] }
          await bad.answerTo('m', JSON.stringify([2, 'm', 'MeterValues', payload]))
        }
      }
      for (const number of ['-1', '9007199254740993', '1e400', '0.1', '-2147483649']) {
        await bad.answerTo('s', `[2,"s","StatusNotification",{"connectorId":${number},"errorCode":"NoError","status":"Available"}]`)
        await bad.answerTo('e', `[2,"e","StopTransaction",{"transactionId":${number},"meterStop":${number},"timestamp":"2026-01-01T00:00:00Z"}]`)
      }
    })
    expect(site.central().chargePoint('BAD').connectors.length).toBeLessThanOrEqual(2)
    expect(site.central().connector('BAD').meter).toMatchObject({ current: null, power: null, register: null })
  })
})

describe('In what is answered', () => {
  test('A charger that never answers keeps nobody waiting but itself.', async () => {
    await endures(async () => {
      const silent = await site.boots('SILENT', { answers: () => 'silence' })
      for (let index = 0; index < 50; index++) void site.central().operator.call('SILENT', 'ClearCache', {}).catch(() => undefined)
      await silent.asked(() => true)
      expect(await silent.call('Heartbeat', {})).toHaveProperty('currentTime')
      expect(await site.central().operator.call('GOOD', 'ClearCache', {})).toEqual({ type: 'result', payload: { status: 'Accepted' } })
      expect(silent.calls.length).toBe(1)
      expect(site.central().chargePoint('SILENT').errands.length).toBeLessThanOrEqual(32)
    })
  })

  test('One that answers nonsense is not believed, and not asked without end.', async () => {
    await endures(async () => {
      const nonsense: readonly unknown[] = [{ status: 7 }, { status: 'Perhaps' }, {}, { status: null }, { status: { status: 'Accepted' } }, { configurationKey: 'all' }, { configurationKey: [7, null, {}] }]
      let asked = 0
      const liar = await site.boots('LIAR', { answers: () => nonsense[asked++ % nonsense.length] as never })
      for (let index = 0; index < 10; index++) {
        // The operator is told what came, whatever it is.
        expect(await site.central().operator.call('LIAR', 'UnlockConnector', { connectorId: 1 })).toMatchObject({ type: 'result' })
      }
      expect(liar.calls.length).toBeLessThan(30)
    })
  })
})
