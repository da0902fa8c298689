import type { Instant } from '../../../core/index.ts'
import type { AccessPort } from '../port.ts'
import type { Accounts } from './accounts.ts'
import { randomSecret } from './secret.ts'

const administrator = 'admin'

/**
 * Makes sure that somebody can log in. Where there is no user, `admin` is made, and its password returned to be told once. A password
 * that is given is that of `admin` from then on: so a lost one is replaced.
 */
export async function ensureAdministrator(accounts: Accounts, port: AccessPort, now: Instant, given?: string): Promise<string | undefined> {
  const known = accounts.users().find(({ name }) => name === administrator)
  if (given === undefined && accounts.users().length > 0) return undefined
  if (given !== undefined && known?.role === 'administer' && (await port.verify(given, known.hash))) return undefined
  const password = given ?? randomSecret(12)
  const user = { name: administrator, role: 'administer', hash: await port.hash(password), createdAt: known?.createdAt ?? now } as const
  await accounts.saveUsers([...accounts.users().filter((other) => other !== known), user])
  await accounts.endLogins(administrator)
  return given === undefined ? password : undefined
}
