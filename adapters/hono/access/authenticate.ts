import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { pageHeader } from '../page-header.ts'
import type { SitePort } from '../port.ts'
import { refuse, type Env, type Refused } from '../reply.ts'
import { tokenPrefix, type Accounts } from './accounts.ts'
import type { Caller } from './caller.ts'

/** The name of the cookie; browsers accept the prefix over HTTPS alone, and then only for this very host. */
export function cookieName({ secure }: Pick<SitePort, 'secure'>): string {
  return secure ? '__Host-wallbus' : 'wallbus'
}

/** Finds out who asks. A token that is wrong is a mistake; a cookie that is none any more is nobody. */
export async function authenticate(context: Context<Env>, accounts: Accounts, port: SitePort): Promise<Caller | Refused> {
  const authorization = context.req.header('Authorization')
  if (authorization !== undefined) {
    const [, secret = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    const token = secret.startsWith(tokenPrefix) ? await accounts.findToken(secret) : undefined
    if (!token) return { ...refuse(401, 'this token is not valid', 'Authorization', 'send Authorization: Bearer wb_… with a token that an administrator made'), headers: { 'WWW-Authenticate': 'Bearer' } }
    return { kind: 'token', name: token.name, role: token.role, key: token.hash }
  }
  const secret = getCookie(context, cookieName(port))
  const user = secret === undefined ? undefined : await accounts.findLogin(secret, port.now())
  if (user) return { kind: 'user', name: user.name, role: user.role, key: user.key }
  return isLocal(context) ? { kind: 'local' } : { kind: 'nobody' }
}

/** From this machine, and not through a proxy on it. */
function isLocal({ env, req }: Context<Env>): boolean {
  const remote = env?.remote ?? ''
  const forwarded = ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via'].some((name) => req.header(name) !== undefined)
  return !forwarded && (remote === '::1' || /^(::ffff:)?127\./.test(remote))
}

/** What another page cannot do with our cookie: set a header, or come from our origin (OWASP, cross-site request forgery). */
export function forged({ req }: Context<Env>): Refused | undefined {
  if (req.header(pageHeader.name) !== pageHeader.value) {
    return refuse(403, 'this may be another page that uses the cookie', pageHeader.name, `send the header ${pageHeader.name}: ${pageHeader.value}, or a token`)
  }
  const origin = req.header('Origin')
  if (origin === undefined || hostOf(origin) === (req.header('Host') ?? new URL(req.url).host).toLowerCase()) return undefined
  return refuse(403, 'the request comes from a page of another origin', 'Origin', 'open the page from this address itself, or use a token')
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}
