import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { openMessageRate } from './message-rate.ts'
import type { OcppListener, OcppServerLimits, OpenedConnection, ReceivedText } from './options.ts'
import { encodeTextFrame } from './text-frame.ts'

/** All open WebSockets by connection id. */
export type Connections = {
  readonly count: () => number
  /** Keeps a WebSocket, with the socket it was upgraded from. */
  readonly add: (webSocket: WebSocket, socket: Duplex, opened: OpenedConnection) => void
  readonly send: (connection: string, text: string) => void
  readonly close: (connection: string, code: number, reason: string) => void
  /** Closes all and resolves when they are gone. */
  readonly closeAll: (code: number, reason: string) => Promise<void>
  readonly pingEvery: (intervalMs: number) => void
}

type Connection = {
  readonly webSocket: WebSocket
  readonly socket: Duplex
  unanswered: number
  fault: string
  pings: NodeJS.Timeout | undefined
  rest: NodeJS.Timeout | undefined
}

type Answer = { readonly connection: Connection; readonly text: string }

const pingsUnanswered = 2

/** Keeps open WebSockets: hears their messages within the rate, pings them, and cuts off those that neither answer nor read. */
export const openConnections = (limits: OcppServerLimits, listener: OcppListener, firstPingIntervalMs: number): Connections => {
  const connections = new Map<string, Connection>()
  let inbox: ReceivedText[] = []
  let outbox: Answer[] = []
  let turn: NodeJS.Immediate | undefined
  let pingIntervalMs = firstPingIntervalMs

  const cut = (connection: Connection, fault: string): void => {
    connection.fault = fault
    connection.webSocket.terminate()
  }

  const ping = (connection: Connection): void => {
    // A peer that rests has no chance to answer.
    if (connection.rest !== undefined) return
    if (connection.unanswered >= pingsUnanswered) return cut(connection, `no answer to ${pingsUnanswered} pings`)
    connection.unanswered += 1
    connection.webSocket.ping()
  }

  const schedulePings = (connection: Connection): void => {
    clearInterval(connection.pings)
    connection.pings = pingIntervalMs > 0 ? setInterval(ping, pingIntervalMs, connection) : undefined
  }

  const add = (webSocket: WebSocket, socket: Duplex, opened: OpenedConnection): void => {
    const { identity, connection: id } = opened
    const connection: Connection = { webSocket, socket, unanswered: 0, fault: '', pings: undefined, rest: undefined }
    const rate = openMessageRate(limits.messagesPerSecond, limits.messageBurst, () => performance.now())

    const hear = (): void => {
      connection.unanswered = 0
      const restMs = rate.take()
      if (restMs === 0 || connection.rest !== undefined) return
      webSocket.pause()
      connection.rest = setTimeout(wake, restMs)
    }
    const wake = (): void => {
      // What was read together with the message that was too much has been heard too.
      const restMs = rate.restMs()
      connection.rest = restMs > 0 ? setTimeout(wake, restMs) : undefined
      if (connection.rest === undefined) webSocket.resume()
    }

    webSocket.on('message', (data, isBinary) => {
      hear()
      if (webSocket.readyState !== webSocket.OPEN) return
      if (isBinary) webSocket.close(1003, 'OCPP messages are text')
      else {
        inbox.push({ identity, connection: id, text: String(data) })
        turn ??= setImmediate(take)
      }
    })
    webSocket.on('ping', hear)
    webSocket.on('pong', hear)
    webSocket.on('error', (error) => {
      connection.fault = error.message
    })
    webSocket.on('close', (code, reason) => {
      clearInterval(connection.pings)
      clearTimeout(connection.rest)
      hearAll()
      connections.delete(id)
      listener.closed(identity, id, code, String(reason) || connection.fault)
    })

    connections.set(id, connection)
    schedulePings(connection)
    // It may take over from an older one, whose last words came before.
    hearAll()
    listener.opened(opened)
  }

  const send = (id: string, text: string): void => {
    const connection = connections.get(id)
    if (connection === undefined) return
    outbox.push({ connection, text })
    turn ??= setImmediate(take)
  }

  /**
   * What came in one turn of the event loop is read first, then worked on, then answered. Each of the three is quicker for many at once than
   * in turns with the others, because it finds the processor's caches as it needs them; and a peer that sleeps is woken once for many.
   */
  const take = (): void => {
    turn = undefined
    hearAll()
    sendAll()
  }

  const hearAll = (): void => {
    const messages = inbox
    inbox = []
    if (messages.length > 0) listener.received(messages)
  }

  const sendAll = (): void => {
    const messages = outbox
    outbox = []
    for (const { connection, text } of messages) {
      if (connection.webSocket.readyState !== connection.webSocket.OPEN) continue
      // Nothing of ours is compressed or in fragments, so that `ws` is never in the midst of a message of its own.
      connection.socket.write(encodeTextFrame(text))
      if (connection.socket.writableLength > limits.bufferedBytes) cut(connection, 'does not read what we send')
    }
  }

  const close = (id: string, code: number, reason: string): void => {
    sendAll()
    connections.get(id)?.webSocket.close(code, cutToBytes(reason, 123))
  }

  const closeAll = async (code: number, reason: string): Promise<void> => {
    const gone = [...connections.values()].map(({ webSocket }) => new Promise((resolve) => webSocket.once('close', resolve)))
    for (const id of connections.keys()) close(id, code, reason)
    await Promise.all(gone)
  }

  const pingEvery = (intervalMs: number): void => {
    if (intervalMs === pingIntervalMs) return
    pingIntervalMs = intervalMs
    for (const connection of connections.values()) schedulePings(connection)
  }

  return { count: () => connections.size, add, send, close, closeAll, pingEvery }
}

/** The longest beginning of a text that fits into so many bytes of UTF-8, without half a character. */
export const cutToBytes = (text: string, bytes: number): string => {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return text.slice(0, read)
}
