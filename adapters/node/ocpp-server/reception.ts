import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import { type Handshake, readIdentity } from '../../../core/charge-point/handshake.ts'
import { readClientCertificate } from './client-certificate.ts'
import type { Connections } from './connections.ts'
import type { Attempt, Door } from './door.ts'
import type { OcppListener, OcppServerLimits, OpenedConnection } from './options.ts'
import { describeRefusal, encodeResponse, type Refusal, type RefusalResponse } from './refusal.ts'

/** Answers HTTP on the port: a Charge Point's upgrade is admitted or refused, everything else is refused. */
export type Reception = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly request: (request: IncomingMessage, response: ServerResponse) => void
  readonly malformed: (error: NodeJS.ErrnoException, socket: Duplex) => void
}

/** What a reception works with; `port` and `secure` are how the server listens at present. */
export type ReceptionContext = {
  readonly door: Door
  readonly connections: Connections
  readonly listener: OcppListener
  readonly limits: OcppServerLimits
  readonly port: () => number
  readonly secure: () => boolean
}

type Admitted = Omit<OpenedConnection, 'connection'>
type Answer = (response: RefusalResponse) => void

const longestDelayMs = 10_000
const lingerMs = 2000
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const plainInsteadOfSecure = 'plain instead of secure: this port takes wss:// only'

let connectionCount = 0

/** Opens the reception of one port. */
export const openReception = ({ door, connections, listener, limits, port, secure }: ReceptionContext): Reception => {
  const chosen = new WeakMap<IncomingMessage, string>()
  // Named first: not every option is in the type yet.
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    maxFragments: 1024,
    skipUTF8Validation: false,
    closeTimeout: limits.closeMs,
    handleProtocols: (offered: Set<string>, request: IncomingMessage) => {
      const subprotocol = chosen.get(request)
      return subprotocol !== undefined && offered.has(subprotocol) ? subprotocol : false
    },
  }
  const webSockets = new WebSocketServer(options)
  webSockets.on('wsClientError', (error, socket, request) => {
    const attempt = door.find(request.socket)
    if (attempt !== undefined) refuse(attempt, request, '', { status: 400, reason: error.message }, onto(socket))
  })

  const refuse = (attempt: Attempt, request: IncomingMessage | undefined, identity: string, refusal: Refusal, answer: Answer): void => {
    const delayMs = Math.min(refusal.delayMs ?? 0, longestDelayMs)
    door.settle(attempt, delayMs + lingerMs)
    listener.refused(identity, attempt.remote, refusal.reason)
    const response = describeRefusal(refusal, request?.url ?? '', port(), attempt.remote)
    if (delayMs > 0) setTimeout(answer, delayMs, response)
    else answer(response)
  }

  const accept = (attempt: Attempt, request: IncomingMessage, socket: Duplex, head: Buffer, admitted: Admitted): void => {
    chosen.set(request, admitted.subprotocol)
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      door.leave(attempt)
      connectionCount += 1
      connections.add(webSocket, socket, { ...admitted, connection: String(connectionCount) })
    })
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', ignore)
    const attempt = door.find(request.socket)
    if (attempt === undefined || attempt.settled) return void socket.destroy()
    const reading = readIdentity(request.url ?? '/')
    if (!reading.ok) return refuse(attempt, request, '', { status: 400, reason: reading.reason }, onto(socket))
    const { identity } = reading
    const handshake = readHandshake(request, identity, attempt.remote)
    if (secure() && !handshake.secure && listener.admitsPlain?.(identity) !== true) return refuse(attempt, request, identity, misdirected(identity, port()), onto(socket))
    if (connections.count() >= limits.connections) return refuse(attempt, request, identity, full, onto(socket))
    const verdict = listener.admit(handshake)
    if (!verdict.accept) return refuse(attempt, request, identity, verdict, onto(socket))
    const { secure: isSecure, remote } = handshake
    const { subprotocol, proof } = verdict
    accept(attempt, request, socket, head, { identity, remote, subprotocol, secure: isSecure, ...(proof && { proof }) })
  }

  const request = (asked: IncomingMessage, response: ServerResponse): void => {
    const attempt = door.find(asked.socket)
    if (attempt === undefined || attempt.settled) return void asked.socket.destroy()
    const answer: Answer = ({ status, headers, body }) => void response.writeHead(status, headers).end(body)
    const plain = secure() && !(asked.socket instanceof TLSSocket)
    refuse(attempt, asked, '', plain ? misdirected('', port()) : noUpgrade, answer)
  }

  const malformed = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // A cut connection is reported by the door; the parser only notices it too.
    const cut = !socket.writable || error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE'
    const attempt = !cut && socket instanceof Socket ? door.find(socket) : undefined
    if (attempt === undefined || attempt.settled) return void socket.destroy()
    refuse(attempt, undefined, '', error.code === 'HPE_HEADER_OVERFLOW' ? tooLong : notHttp, onto(socket))
  }

  return { upgrade, request, malformed }
}

const full: Refusal = { status: 503, reason: 'Too many Charge Points are connected', retryAfterSeconds: 60 }
const tooLong: Refusal = { status: 431, reason: 'The HTTP headers are too long' }
const notHttp: Refusal = { status: 400, reason: 'What arrived is not HTTP' }
const noUpgrade: Refusal = { status: 426, reason: 'This port is for Charge Points, and this was an HTTP request without WebSocket upgrade' }
const misdirected = (identity: string, port: number): Refusal => ({
  status: 426,
  reason: plainInsteadOfSecure,
  advice: `Set the URL at the Charge Point to wss://controller:${port}/${encodeURIComponent(identity)}, and install root-ca.pem on it.`,
})

const ignore = (): void => {}

const onto =
  (socket: Duplex): Answer =>
  (response) => {
    socket.end(encodeResponse(response))
    // What the peer still says is read and dropped: a reset would take the answer with it.
    socket.resume()
  }

const readHandshake = (request: IncomingMessage, identity: string, remote: string): Handshake => {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  const subprotocols = [...new Set(offered.filter((name) => token.test(name)))]
  // Real Charge Points send empty and repeated names, at which ws would refuse the whole handshake.
  if (subprotocols.length > 0) request.headers['sec-websocket-protocol'] = subprotocols.join(',')
  else delete request.headers['sec-websocket-protocol']
  const { authorization } = request.headers
  const certificate = request.socket instanceof TLSSocket ? readClientCertificate(request.socket) : undefined
  return { identity, path: request.url ?? '/', subprotocols, authorization, secure: request.socket instanceof TLSSocket, remote, ...(certificate && { certificate }) }
}
