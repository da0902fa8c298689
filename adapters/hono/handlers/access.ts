import { deleteCookie, setCookie } from 'hono/cookie'
import { bounds, createToken, loginMs, type Accounts, type TokenRow, type UserRow } from '../access/accounts.ts'
import { cookieName } from '../access/authenticate.ts'
import type { Caller } from '../access/caller.ts'
import { createDoor } from '../access/door.ts'
import type { SitePort } from '../port.ts'
import { isRefused, refuse, type Handlers, type Refused } from '../reply.ts'
import type { Me } from '../schemas/access.ts'

type Names = 'login' | 'logout' | 'me' | 'changePassword' | 'users' | 'addUser' | 'changeUser' | 'removeUser' | 'tokens' | 'addToken' | 'removeToken'

/** Logging in, users and tokens. */
export function accessHandlers(port: SitePort, accounts: Accounts): Pick<Handlers, Names> {
  const door = createDoor(port, accounts)
  const cookie = { path: '/', httpOnly: true, sameSite: 'Strict', secure: port.secure } as const
  const find = (name: string) => accounts.users().find((user) => user.name === name)
  const noUser = (name: string) => refuse(404, `there is no user ${name}`, 'name', 'GET /api/users lists them')

  /** Saves users, unless nobody who may administer would be left. */
  async function save(users: readonly UserRow[]): Promise<Refused | undefined> {
    if (!users.some(({ role }) => role === 'administer')) return refuse(409, 'nobody would be left who may administer', 'role', 'give another user that role first')
    await accounts.saveUsers(users)
    return undefined
  }

  return {
    async login({ body: { name, password }, context }) {
      const user = await door.enter(name, password, context.env?.remote ?? '')
      if (isRefused(user)) return user
      setCookie(context, cookieName(port), await accounts.logIn(user.name, port.now()), { ...cookie, maxAge: loginMs / 1_000 })
      return context.json<Me>({ name: user.name, role: user.role, kind: 'user' })
    },
    async logout({ caller, context }) {
      if (caller.kind === 'user') await accounts.endLogin(caller.key)
      deleteCookie(context, cookieName(port), cookie)
      return context.body(null, 204)
    },
    me: ({ caller }) => describe(caller),
    async changePassword({ body: { present, next }, caller, context }) {
      if (caller.kind !== 'user') return refuse(409, 'a token has no password', 'Authorization', 'log in as a user, or revoke the token')
      const user = await door.enter(caller.name, present, context.env?.remote ?? '')
      if (isRefused(user)) return user.refused === 401 ? refuse(409, 'this is not the present password', 'present', 'write the password with which you log in') : user
      const hash = await port.access.hash(next)
      await accounts.saveUsers(accounts.users().map((other) => (other.name === user.name ? { ...other, hash } : other)))
      await accounts.endLogins(user.name, caller.key)
      return context.body(null, 204)
    },
    users: () => accounts.users().map(shownUser),
    async addUser({ body: { name, password, role } }) {
      if (find(name)) return refuse(409, `there is a user ${name} already`, 'name', 'choose another name, or change that user')
      if (accounts.users().length >= bounds.users) return refuse(409, `there are ${bounds.users} users already`, 'users', 'remove one that is not used')
      const user: UserRow = { name, role, hash: await port.access.hash(password), createdAt: port.now() }
      await accounts.saveUsers([...accounts.users(), user])
      return shownUser(user)
    },
    async changeUser({ params: { name }, body: { role, password } }) {
      const hash = password === undefined ? undefined : await port.access.hash(password)
      const user = find(name)
      if (!user) return noUser(name)
      const changed: UserRow = { ...user, role: role ?? user.role, hash: hash ?? user.hash }
      const refused = await save(accounts.users().map((other) => (other.name === name ? changed : other)))
      if (refused) return refused
      await accounts.endLogins(name)
      return shownUser(changed)
    },
    async removeUser({ params: { name }, context }) {
      if (!find(name)) return noUser(name)
      const refused = await save(accounts.users().filter((user) => user.name !== name))
      if (refused) return refused
      await accounts.endLogins(name)
      return context.body(null, 204)
    },
    tokens: () => accounts.tokens().map(shownToken),
    async addToken({ body: { name, role } }) {
      if (accounts.tokens().length >= bounds.tokens) return refuse(409, `there are ${bounds.tokens} tokens already`, 'tokens', 'revoke one that is not used')
      const [row, token] = await createToken(name, role, port.now())
      await accounts.saveTokens([...accounts.tokens(), row])
      return { ...shownToken(row), token }
    },
    async removeToken({ params: { id }, context }) {
      if (!accounts.tokens().some((token) => token.id === id)) return refuse(404, 'there is no such token', 'id', 'GET /api/tokens lists them')
      await accounts.saveTokens(accounts.tokens().filter((token) => token.id !== id))
      return context.body(null, 204)
    },
  }
}

function describe(caller: Caller): Me | Refused {
  return 'role' in caller ? { name: caller.name, role: caller.role, kind: caller.kind } : refuse(401, 'log in first', 'Cookie', 'POST /api/login')
}

function shownUser({ name, role, createdAt }: UserRow) {
  return { name, role, createdAt }
}

function shownToken({ id, name, role, createdAt }: TokenRow) {
  return { id, name, role, createdAt }
}
