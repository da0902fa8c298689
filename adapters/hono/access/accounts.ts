import * as v from 'valibot'
import type { Instant } from '../../../core/index.ts'
import type { AccessPort } from '../port.ts'
import { role, type Role } from '../schemas/access.ts'
import { digest, randomSecret } from './secret.ts'

const userRow = v.object({ name: v.string(), role, hash: v.string(), createdAt: v.number() })
const tokenRow = v.object({ id: v.string(), name: v.string(), role, hash: v.string(), createdAt: v.number() })
const loginRow = v.object({ user: v.string(), hash: v.string(), expiresAt: v.number() })
export type UserRow = v.InferOutput<typeof userRow>
export type TokenRow = v.InferOutput<typeof tokenRow>
type LoginRow = v.InferOutput<typeof loginRow>

/** Users with their passwords, programs with their tokens, and who is logged in; secrets only as hashes. */
export interface Accounts {
  readonly users: () => readonly UserRow[]
  readonly tokens: () => readonly TokenRow[]
  readonly saveUsers: (users: readonly UserRow[]) => Promise<void>
  readonly saveTokens: (tokens: readonly TokenRow[]) => Promise<void>
  /** Opens a login and returns its secret, which only the browser keeps. */
  readonly logIn: (user: string, now: Instant) => Promise<string>
  /** Ends the logins of a user, but that with this hash. */
  readonly endLogins: (user: string, except?: string) => Promise<void>
  readonly endLogin: (hash: string) => Promise<void>
  readonly findLogin: (secret: string, now: Instant) => Promise<(UserRow & { readonly key: string }) | undefined>
  readonly findToken: (secret: string) => Promise<TokenRow | undefined>
  /** Is this login, or token, still good? */
  readonly isGood: (key: string, now: Instant) => boolean
}

export const bounds = { users: 100, tokens: 500, logins: 200 } as const
/** How long a login lasts. */
export const loginMs = 30 * 86_400_000
export const tokenPrefix = 'wb_'

/** Takes out what was saved; rows that cannot be read are as good as none, and are told of. */
export function openAccounts(port: AccessPort, complain: (text: string) => void): Accounts {
  let users = read(userRow, 'access/users')
  let tokens = read(tokenRow, 'access/tokens')
  let logins = read(loginRow, 'access/logins')

  function read<Row>(schema: v.GenericSchema<unknown, Row>, key: string): readonly Row[] {
    const text = port.load(key)
    if (text === undefined) return []
    try {
      return v.parse(v.array(schema), JSON.parse(text))
    } catch {
      complain(`what was saved under ${key} is damaged and was left out`)
      return []
    }
  }

  const saveLogins = async (next: readonly LoginRow[]): Promise<void> => {
    logins = next.slice(-bounds.logins)
    await port.save('access/logins', JSON.stringify(logins))
  }

  return {
    users: () => users,
    tokens: () => tokens,
    saveUsers: async (next) => {
      users = next
      await port.save('access/users', JSON.stringify(next))
    },
    saveTokens: async (next) => {
      tokens = next
      await port.save('access/tokens', JSON.stringify(next))
    },
    logIn: async (user, now) => {
      const secret = randomSecret(32)
      await saveLogins([...logins.filter(({ expiresAt }) => expiresAt > now), { user, hash: await digest(secret), expiresAt: now + loginMs }])
      return secret
    },
    endLogins: (user, except) => saveLogins(logins.filter((login) => login.user !== user || login.hash === except)),
    endLogin: (hash) => saveLogins(logins.filter((login) => login.hash !== hash)),
    findLogin: async (secret, now) => {
      const key = await digest(secret)
      const login = logins.find(({ hash, expiresAt }) => hash === key && expiresAt > now)
      const user = login && users.find(({ name }) => name === login.user)
      return user && { ...user, key }
    },
    findToken: async (secret) => {
      const key = await digest(secret)
      return tokens.find(({ hash }) => hash === key)
    },
    isGood: (key, now) => tokens.some(({ hash }) => hash === key) || logins.some(({ hash, expiresAt }) => hash === key && expiresAt > now),
  }
}

/** A new token for a program, and its secret, which is told once. */
export async function createToken(name: string, given: Role, now: Instant): Promise<readonly [TokenRow, secret: string]> {
  const secret = tokenPrefix + randomSecret(32)
  return [{ id: randomSecret(6), name, role: given, hash: await digest(secret), createdAt: now }, secret]
}
