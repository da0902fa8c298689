import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { describe, expect, it } from 'vitest'
import { openConnections } from './connections.ts'
import { defaultLimits } from './options.ts'

/** Connections whose WebSockets say and do what a test wants, and what the listener heard of them. */
function world() {
  const heard: string[] = []
  const connections = openConnections(defaultLimits, {
    admit: () => ({ accept: false, status: 404, reason: '' }),
    opened: ({ connection }) => heard.push(`${connection} opened`),
    received: (messages) => heard.push(...messages.map(({ connection, text }) => `${connection}: ${text}`)),
    closed: (_identity, connection) => heard.push(`${connection} closed`),
    refused: () => {},
  }, 0)
  const open = (connection: string): EventEmitter => {
    const webSocket = Object.assign(new EventEmitter(), { OPEN: 1, readyState: 1 })
    // Of a WebSocket no more is used here.
    connections.add(webSocket as unknown as WebSocket, new PassThrough(), { identity: 'CP1', connection, remote: '127.0.0.1', subprotocol: 'ocpp1.6', secure: false })
    return webSocket
  }
  return { heard, open }
}

const say = (webSocket: EventEmitter, text: string): boolean => webSocket.emit('message', Buffer.from(text), false)

describe('What is said in one turn of the event loop', () => {
  it('is heard in its order at the end of the turn.', async () => {
    const { heard, open } = world()
    const [a, b] = [open('a'), open('b')]
    say(a, '1')
    say(b, '2')
    say(a, '3')
    expect(heard).toEqual(['a opened', 'b opened'])
    await nextTurn()
    expect(heard.slice(2)).toEqual(['a: 1', 'b: 2', 'a: 3'])
  })

  it('is heard before its connection is closed.', () => {
    const { heard, open } = world()
    const a = open('a')
    say(a, 'the end')
    a.emit('close', 1000, Buffer.from(''))
    expect(heard).toEqual(['a opened', 'a: the end', 'a closed'])
  })

  it('is heard before a newer connection takes over.', () => {
    const { heard, open } = world()
    say(open('a'), 'the end')
    open('b')
    expect(heard).toEqual(['a opened', 'a: the end', 'b opened'])
  })
})
