import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https'
import { createServer, type Server, type Socket } from 'node:net'
import { tlsPolicy } from '../certificates/tls-policy.ts'
import { openConnections } from './connections.ts'
import { openDoor } from './door.ts'
import { defaultLimits, type OcppListener, type OcppServerOptions, type TlsMaterial } from './options.ts'
import { openReception } from './reception.ts'
import { describeTlsError } from './tls-words.ts'

/** A listening WebSocket server for Charge Points. */
export type OcppServer = {
  readonly port: number
  /** Sends a text message; dropped when the connection is gone. */
  readonly send: (connection: string, text: string) => void
  /** Closes a connection; the reason is cut to the 123 bytes that fit, and `closed` follows within the limit `closeMs`. */
  readonly close: (connection: string, code: number, reason: string) => void
  /** Takes new certificates and another ping interval into use, or turns between ws and wss; open connections stay. */
  readonly reload: (settings: { readonly tls: TlsMaterial | undefined; readonly pingIntervalMs: number }) => void
  /** Closes all connections with 1001 and resolves when the last is gone. */
  readonly shutdown: () => Promise<void>
}

const tlsHandshakeByte = 0x16
const backlog = 4096
const usualPingIntervalMs = 25_000
/** A fatal TLS alert, handshake_failure: a Charge Point that speaks TLS to a plain port has something to log. */
const tlsAlert = Buffer.from([0x15, 3, 1, 0, 2, 2, 40])

/** Listens for Charge Points; rejects in words when the port cannot be had or the certificates are unusable. */
export const listen = async (options: OcppServerOptions, listener: OcppListener): Promise<OcppServer> => {
  const limits = { ...defaultLimits, ...options.limits }
  const door = openDoor(limits.handshakes, limits.handshakeMs, (remote, reason) => listener.refused('', remote, reason))
  const connections = openConnections(limits, listener, options.pingIntervalMs ?? usualPingIntervalMs)
  let secureServer: HttpsServer | undefined
  const port = (): number => portOf(front)
  const reception = openReception({ door, connections, listener, limits, port, secure: () => secureServer !== undefined })
  const httpOptions = { maxHeaderSize: limits.headerBytes, requireHostHeader: false }

  const plainServer = createHttpServer(httpOptions, reception.request).on('upgrade', reception.upgrade).on('clientError', reception.malformed)

  const createSecureServer = (tls: TlsMaterial): HttpsServer => {
    const server = createHttpsServer({ ...httpOptions, ...tlsOptions(tls) }, reception.request)
    server.on('upgrade', reception.upgrade).on('clientError', reception.malformed)
    server.on('secureConnection', (socket) => {
      const attempt = door.find(socket)
      if (attempt !== undefined) attempt.stage = 'HTTP'
    })
    server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      const attempt = door.find(socket)
      if (attempt === undefined || attempt.settled) return
      door.settle(attempt, 0)
      listener.refused('', attempt.remote, describeTlsError(error.code))
    })
    return server
  }

  const useTls = (tls: TlsMaterial | undefined): void => {
    if (tls !== undefined && secureServer !== undefined) secureServer.setSecureContext(tlsOptions(tls))
    else secureServer = tls === undefined ? undefined : createSecureServer(tls)
  }

  // The first byte tells TLS from HTTP, so that each can be answered in its own words on either kind of port.
  const welcome = (socket: Socket): void => {
    socket.on('error', ignore)
    const attempt = door.enter(socket)
    if (attempt === undefined) return void socket.destroy()
    socket.once('readable', () => {
      const first: Buffer | null = socket.read()
      if (first === null) return void socket.destroy()
      const isTls = first[0] === tlsHandshakeByte
      attempt.stage = isTls ? 'TLS' : 'HTTP'
      socket.unshift(first)
      const server = isTls ? secureServer : plainServer
      if (server !== undefined) return void server.emit('connection', socket)
      door.settle(attempt, limits.closeMs)
      listener.refused('', attempt.remote, `secure instead of plain: this port takes ws:// only`)
      socket.end(tlsAlert)
      socket.resume()
    })
  }

  const front = createServer({ noDelay: true, keepAlive: true }, welcome)
  front.maxConnections = limits.connections + limits.handshakes
  useTls(options.tls)
  await listening(front, options.port, options.host)
  front.on('error', ignore)

  const shutdown = async (): Promise<void> => {
    const released = new Promise((resolve) => front.close(resolve))
    door.clear()
    await connections.closeAll(1001, 'The Central System is going down')
    await released
  }

  const reload: OcppServer['reload'] = ({ tls, pingIntervalMs }) => {
    useTls(tls)
    connections.pingEvery(pingIntervalMs)
  }

  return { port: port(), send: connections.send, close: connections.close, reload, shutdown }
}

const ignore = (): void => {}

const tlsOptions = (tls: TlsMaterial) => ({ ...tlsPolicy, key: [...tls.key], cert: [...tls.cert] })

const portOf = (server: Server): number => {
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there: take a port above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'this machine does not have that address',
}

const listening = (server: Server, port: number, host: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = whyNot[error.code ?? ''] ?? error.message
      reject(new Error(`Cannot listen for Charge Points on ${host ?? 'any address'} port ${port}: ${why}`, { cause: error }))
    })
    server.listen(host === undefined ? { port, backlog } : { port, host, backlog }, resolve)
  })
