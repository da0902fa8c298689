import { roles, type Role } from '../schemas/access.ts'

/** Who asks: nobody, a user with a login, a program with a token, or whoever is on this machine. */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'local' }
  | { readonly kind: 'user'; readonly name: string; readonly role: Role; /** Hash of the login. */ readonly key: string }
  | { readonly kind: 'token'; readonly name: string; readonly role: Role; readonly key: string }

/** Whether a role may do what another may. */
export function mayAs(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}

/** Whether a caller may do what asks for `least`. */
export function may(caller: Caller, least: Role | 'open' | 'local'): boolean {
  if (least === 'open') return true
  if (caller.kind === 'nobody') return false
  if (caller.kind === 'local') return least === 'local'
  return mayAs(caller.role, least === 'local' ? 'look' : least)
}
