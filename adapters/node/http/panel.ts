import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../../hono/app.ts'
import { ensureAdministrator } from '../../hono/access/first-login.ts'
import type { SitePort } from '../../hono/port.ts'
import { tlsPolicy } from '../certificates/tls-policy.ts'
import type { TlsMaterial } from '../ocpp-server/options.ts'
import { sendToHttps } from './send-to-https.ts'

/** Where the panel and the API are served, and how. */
export interface PanelOptions {
  readonly port: number
  /** All addresses unless told. */
  readonly address?: string
  /** HTTPS with these; else HTTP. */
  readonly tls?: TlsMaterial
  /** Password of the user `admin` from now on. */
  readonly password?: string
}

/** The panel and the API, being served. */
export interface Panel {
  readonly port: number
  /** Of `admin`, when it was made just now: to be told once. */
  readonly firstPassword: string | undefined
  /** Takes new certificates into use. */
  readonly renew: (tls: TlsMaterial) => void
  readonly close: () => Promise<void>
}

/** Serves panel and API; rejects in words when the port cannot be had. */
export async function openPanel({ port, address, tls, password }: PanelOptions, site: SitePort): Promise<Panel> {
  const app = createApp(site)
  const firstPassword = await ensureAdministrator(app.accounts, site.access, site.now(), password)
  const listener = getRequestListener((request, { incoming }) => app.fetch(request, { remote: incoming.socket.remoteAddress ?? '' }), { overrideGlobalObjects: false })
  const limits = { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 60_000 }
  const server = tls ? createSecureServer({ ...limits, ...tlsPolicy, key: [...tls.key], cert: [...tls.cert] }) : createPlainServer(limits)
  server.on('request', (request, response) => void listener(request, response))
  server.maxConnections = 256
  const door = 'setSecureContext' in server ? sendToHttps(server, () => site.site().config?.panel.hosts ?? []) : undefined
  await listening(server, port, address).catch((error: unknown) => {
    app.close()
    throw error
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    firstPassword,
    renew: ({ key, cert }) => {
      if ('setSecureContext' in server) server.setSecureContext({ ...tlsPolicy, key: [...key], cert: [...cert] })
    },
    close() {
      app.close()
      door?.clear()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there: take a port above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address',
}

function listening(server: Server | SecureServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(`the panel cannot listen on ${host ?? 'any address'} port ${port}: ${whyNot[error.code ?? ''] ?? error.message}`, { cause: error }))
    })
    server.listen(host === undefined ? { port } : { port, host }, () => {
      server.removeAllListeners('error').on('error', () => undefined)
      resolve()
    })
  })
}
