import { type Server, type Socket, createServer } from 'node:net'
import { openConnections } from './connections.ts'
import { openDoor } from './door.ts'
import { tellTls } from './first-byte.ts'
import { createHttpServers } from './http-servers.ts'
import { type OcppListener, type OcppServerOptions, type TlsMaterial, defaultLimits } from './options.ts'
import { openReception } from './reception.ts'

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

const backlog = 4096
const usualPingIntervalMs = 25_000
/** A fatal TLS alert, handshake_failure: it gives a Charge Point that speaks TLS to a plain port something to log. */
const tlsAlert = Buffer.from([0x15, 3, 1, 0, 2, 2, 40])

/** Listens for Charge Points; rejects in words when the port cannot be had, or when the certificates are unusable. */
export const listen = async (options: OcppServerOptions, listener: OcppListener): Promise<OcppServer> => {
  const limits = { ...defaultLimits, ...options.limits }
  const report = (remote: string, reason: string): void => listener.refused('', remote, reason)
  const door = openDoor(limits.handshakes, limits.handshakeMs, report)
  const connections = openConnections(limits, listener, options.pingIntervalMs ?? usualPingIntervalMs)
  const port = (): number => portOf(front)
  const reception = openReception({ door, connections, listener, limits, port, secure: () => servers.secure() !== undefined })
  const servers = createHttpServers(reception, door, limits, report)

  // The first byte tells TLS from HTTP, so that each is answered in its own words on either kind of port.
  const welcome = (socket: Socket): void => {
    socket.on('error', ignore)
    const attempt = door.enter(socket)
    if (attempt === undefined) return void socket.destroy()
    tellTls(socket, (isTls) => {
      attempt.stage = isTls ? 'TLS' : 'HTTP'
      const server = isTls ? servers.secure() : servers.plain
      if (server !== undefined) return void server.emit('connection', socket)
      door.settle(attempt, limits.closeMs)
      report(attempt.remote, 'secure instead of plain: this port takes ws:// only')
      socket.end(tlsAlert)
      socket.resume()
    })
  }

  servers.useTls(options.tls)
  const front = createServer({ noDelay: true, keepAlive: true }, welcome)
  front.maxConnections = limits.connections + limits.handshakes
  await listening(front, options.port, options.host)
  front.on('error', ignore)

  const shutdown = async (): Promise<void> => {
    const released = new Promise((resolve) => front.close(resolve))
    door.clear()
    await connections.closeAll(1001, 'The Central System is going down')
    await released
  }

  const reload: OcppServer['reload'] = ({ tls, pingIntervalMs }) => {
    servers.useTls(tls)
    connections.pingEvery(pingIntervalMs)
  }

  return { port: port(), send: connections.send, close: connections.close, reload, shutdown }
}

const ignore = (): void => {}

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
