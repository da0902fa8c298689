import { createServer, type IncomingMessage } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { isOurHost } from '../../hono/access/hosts.ts'
import { openDoor, type Door } from '../ocpp-server/door.ts'
import { tellTls } from '../ocpp-server/first-byte.ts'
import { describeRefusal, type Refusal } from '../ocpp-server/refusal.ts'

/** How many may speak plain HTTP, be in their TLS handshake, or not have said yet what they speak. */
const most = 128

/** Has an HTTPS server send on to https:// who speaks plain HTTP to its port; the door it returns is to be cleared when the server closes. */
export function sendToHttps(server: SecureServer, hosts: () => readonly string[], longestMs = 10_000): Door {
  const door = openDoor(most, longestMs, () => undefined)
  const plain = createServer({ maxHeaderSize: 8192, requireHostHeader: false }, (request, response) => {
    const { socket, url = '' } = request
    const { status, headers, body } = describeRefusal(redirect(request, hosts()), url, socket.localPort ?? 0, door.find(socket)?.remote ?? '')
    response.writeHead(status, headers).end(body)
  })
  // The secure server goes on listening: one that does not listen itself forgets its time limits.
  const toTls = server.listeners('connection')
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    socket.on('error', () => undefined)
    if (!door.enter(socket)) return void socket.destroy()
    tellTls(socket, (isTls) => {
      if (isTls) for (const listener of toTls) Reflect.apply(listener, server, [socket])
      else plain.emit('connection', socket)
    })
  })
  server.on('secureConnection', (socket) => {
    const attempt = door.find(socket)
    if (attempt) door.leave(attempt)
  })
  return door
}

/** Where a request is sent on to: the place it was meant for, if that is one of ours. */
function redirect({ method, url = '', headers: { host = '' } }: IncomingMessage, hosts: readonly string[]): Refusal {
  if (method !== 'GET' && method !== 'HEAD') return unsafe
  // Without a port it came by 80.
  const place = `https://${/:\d+$/.test(host) ? host : `${host}:80`}${url}`
  if (!isOurHost(host, hosts) || !url.startsWith('/') || !URL.canParse(place)) return misdirected
  return { status: 308, reason, advice, headers: { Location: new URL(place).href } }
}

const reason = 'plain instead of secure: this port takes https:// only'
const advice = 'Use https:// instead of http://.'
const unsafe: Refusal = { status: 426, reason, advice, headers: { Upgrade: 'TLS/1.2, HTTP/1.1' } }
const misdirected: Refusal = {
  status: 421,
  reason: 'this is not the name of this controller',
  advice: 'Open it by its address, or add the name to panel.hosts of the configuration.',
}
