import { type Server, createServer } from 'node:http'
import { type Server as SecureServer, createServer as createSecureServer } from 'node:https'
import { tlsPolicy } from '../certificates/tls-policy.ts'
import type { Door } from './door.ts'
import type { OcppServerLimits, TlsMaterial } from './options.ts'
import type { Reception } from './reception.ts'
import { describeTlsError } from './tls-words.ts'

/** The HTTP servers behind one port: they listen nowhere, and take the sockets that are given to them. */
export type HttpServers = {
  readonly plain: Server
  readonly secure: () => SecureServer | undefined
  readonly useTls: (tls: TlsMaterial | undefined) => void
}

/** Makes the servers; `report` hears of failed TLS handshakes. Throws when the certificates are unusable. */
export const createHttpServers = (
  reception: Reception,
  door: Door,
  limits: OcppServerLimits,
  report: (remote: string, reason: string) => void,
): HttpServers => {
  const options = { maxHeaderSize: limits.headerBytes, requireHostHeader: false }
  const attach = <Any extends Server | SecureServer>(server: Any): Any => {
    server.on('request', reception.request).on('upgrade', reception.upgrade).on('clientError', reception.malformed)
    return server
  }

  const openSecure = (tls: TlsMaterial): SecureServer => {
    const server = attach(createSecureServer({ ...options, ...tlsOptions(tls) }))
    server.on('secureConnection', (socket) => {
      const attempt = door.find(socket)
      if (attempt !== undefined) attempt.stage = 'secured'
    })
    server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      const attempt = door.find(socket)
      if (attempt === undefined || attempt.settled) return
      door.settle(attempt, 0)
      report(attempt.remote, describeTlsError(error.code))
    })
    return server
  }

  let secure: SecureServer | undefined
  const useTls = (tls: TlsMaterial | undefined): void => {
    if (tls !== undefined && secure !== undefined) secure.setSecureContext(tlsOptions(tls))
    else secure = tls === undefined ? undefined : openSecure(tls)
  }

  return { plain: attach(createServer(options)), secure: () => secure, useTls }
}

const tlsOptions = ({ key, cert, ca }: TlsMaterial) => ({
  ...tlsPolicy, key: [...key], cert: [...cert],
  // Whoever has none, or one we do not know, is told so by HTTP: a TLS alert tells nobody what to do.
  ...(ca !== undefined && { ca: [...ca], requestCert: true, rejectUnauthorized: false }),
})
