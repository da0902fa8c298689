import type { SitePort } from '../port.ts'
import { refuse, type Refused } from '../reply.ts'
import type { Accounts, UserRow } from './accounts.ts'
import { createThrottle } from './throttle.ts'

/** Where names and passwords are compared: slowly, one after the other, and more slowly for those who guess. */
export interface Door {
  readonly enter: (name: string, password: string, remote: string) => Promise<UserRow | Refused>
}

/** How many may wait to have their password compared: each comparison takes time and memory. */
const mostWaiting = 8

export function createDoor({ access, now }: Pick<SitePort, 'access' | 'now'>, accounts: Accounts): Door {
  const throttle = createThrottle()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let nobody: Promise<string> | undefined

  async function compare(name: string, password: string): Promise<UserRow | undefined> {
    const user = accounts.users().find((one) => one.name === name)
    // Comparing takes as long for a name that nobody has.
    const hash = user?.hash ?? (await (nobody ??= access.hash('nobody has this password')))
    const fits = await access.verify(password, hash)
    return fits ? user : undefined
  }

  return {
    async enter(name, password, remote) {
      const keys = [`address ${remote}`, `name ${name}`]
      const wait = throttle.wait(keys, now())
      if (wait > 0 || waiting >= mostWaiting) return slower(Math.max(wait, 1_000))
      // Counted before it is compared, so that many at once are not one.
      throttle.failed(keys, now())
      waiting += 1
      const compared = last.then(() => compare(name, password))
      last = compared.catch(() => undefined)
      try {
        const user = await compared
        if (!user) return refuse(401, 'name or password is wrong', 'password', 'try again; an administrator can set another password')
        throttle.succeeded(keys)
        return user
      } finally {
        waiting -= 1
      }
    },
  }
}

function slower(waitMs: number): Refused {
  const seconds = Math.ceil(waitMs / 1_000)
  return { ...refuse(429, 'too many attempts', 'password', `wait ${seconds} s and try again`), headers: { 'Retry-After': String(seconds) } }
}
