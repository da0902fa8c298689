import { Hono } from 'hono'
import { openAccounts, type Accounts } from './access/accounts.ts'
import { authenticate, forged } from './access/authenticate.ts'
import { may, type Caller } from './access/caller.ts'
import { isOurHost } from './access/hosts.ts'
import { accessHandlers } from './handlers/access.ts'
import { commandHandlers } from './handlers/commands.ts'
import { configurationHandlers } from './handlers/configuration.ts'
import { diagnosisHandlers } from './handlers/diagnosis.ts'
import { sessionHandlers } from './handlers/sessions.ts'
import { stateHandlers } from './handlers/state.ts'
import { createLive, type Live } from './live/live.ts'
import { nothing, operations, type Operation, type OperationName } from './contract.ts'
import type { SitePort } from './port.ts'
import { readInput } from './read-input.ts'
import { isRefused, problemResponse, refuse, type Asked, type Env, type Handlers, type Refused } from './reply.ts'
import { protect } from './security-headers.ts'

/** The API and the panel of a site, as one web application: `fetch` answers a request. */
export interface App {
  readonly fetch: (request: Request, env?: Env['Bindings']) => Response | Promise<Response>
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  readonly accounts: Accounts
  /** Ends every stream of events and stops watching. */
  readonly close: () => void
}

const longestBody = { usual: 64 * 1_024, configuration: 6 * 1_048_576 } as const

export function createApp(port: SitePort): App {
  const accounts = openAccounts(port.access, port.complain)
  const live = createLive(port)
  const app = new Hono<Env>()
  const handlers = allHandlers(port, accounts, live)
  const ready = { port, accounts, handlers }

  app.use(protect)
  app.use(async ({ req }, next) => {
    const host = req.header('Host') ?? new URL(req.url).host
    if (isOurHost(host, port.site().config?.panel.hosts ?? [])) return next()
    return problemResponse(refuse(421, 'this is not the name of this controller', 'Host', 'open it by its address, or add the name to panel.hosts of the configuration'))
  })
  // Each name of the table is one of handlers, with the types of its own schemas: TypeScript does not follow that through a loop.
  for (const name of Object.keys(operations) as OperationName[]) mount(app, operations[name], name, ready)
  app.all('/api/*', ({ req }) => problemResponse(noRoute(req)))
  app.get('*', async ({ req }) => (await port.files?.(req.path, req.raw)) ?? problemResponse(refuse(404, 'there is no such page', req.path, 'the API is at /api')))
  app.onError((error, { req }) => {
    port.complain(`${req.method} ${req.path} failed: ${String(error)}`)
    return problemResponse(refuse(500, 'something went wrong here', req.path, 'look into the log of wallbus'))
  })
  return {
    fetch: (request, env) => app.fetch(request, env ?? {}),
    routes: app.routes.map(({ method, path }) => ({ method, path })),
    accounts,
    close: live.close,
  }
}

function noRoute({ method, path }: { readonly method: string; readonly path: string }): Refused {
  const allowed = Object.values(operations).filter((operation) => new RegExp(`^${operation.path.replace(/:\w+/g, '[^/]+')}$`).test(path)).map((operation) => operation.method.toUpperCase())
  if (allowed.length === 0) return refuse(404, 'there is no such route', path, 'see /api/openapi.json, and docs/api.md')
  return { ...refuse(405, `${method} does nothing here`, path, `it takes ${allowed.join(', ')}; see /api/openapi.json`), headers: { Allow: allowed.join(', ') } }
}

function allHandlers(port: SitePort, accounts: Accounts, live: Live): Handlers {
  return {
    ...accessHandlers(port, accounts),
    ...stateHandlers(port, accounts, live),
    ...sessionHandlers(port),
    ...commandHandlers(port, live),
    ...configurationHandlers(port),
    ...diagnosisHandlers(port, live),
  }
}

interface Ready {
  readonly port: SitePort
  readonly accounts: Accounts
  readonly handlers: Handlers
}

function mount(app: Hono<Env>, operation: Operation, name: OperationName, { port, accounts, handlers }: Ready): void {
  const longest = name.endsWith('Configuration') ? longestBody.configuration : longestBody.usual
  app.on(operation.method.toUpperCase(), operation.path, async (context) => {
    const caller = await authorise()
    if (isRefused(caller)) return problemResponse(caller)
    const input = await readInput(operation, context, longest)
    if (isRefused(input)) return problemResponse(input)
    // The schemas of this very operation have read the input.
    const handler = handlers[name] as (asked: Asked<Operation>) => unknown
    return respond(operation, await handler({ ...input, caller, context } as Asked<Operation>))

    async function authorise(): Promise<Caller | Refused> {
      const found = await authenticate(context, accounts, port)
      if (isRefused(found)) return operation.access === 'open' && name !== 'login' ? { kind: 'nobody' } : found
      const byCookie = found.kind === 'user' || name === 'login'
      const forgery = operation.method !== 'get' && byCookie ? forged(context) : undefined
      if (forgery) return forgery
      if (may(found, operation.access)) return found
      return found.kind === 'nobody' || found.kind === 'local'
        ? refuse(401, 'log in first', context.req.path, 'POST /api/login, or send Authorization: Bearer wb_… with a token')
        : refuse(403, `the role ${found.role} may not do this`, context.req.path, `it takes the role ${operation.access}`)
    }
  })
}

function respond({ answer, status }: Operation, value: unknown): Response {
  if (value instanceof Response) return value
  if (isRefused(value)) return problemResponse(value)
  return answer === nothing ? new Response(null, { status }) : Response.json(value, { status })
}
