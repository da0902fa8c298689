import type { Me, Role } from '../../hono/schemas/access.ts'
import { api, ask, onUnauthorised, type Reply } from './api.ts'
import { follow, type LiveConnection } from './live.ts'
import { nothingYet, type Live } from './live-state.ts'
import { createStore } from './store.ts'

/** Who one is; null: nobody; undefined: not known yet. */
export const me = createStore<Me | null | undefined>(undefined)

/** What is: nothing while nobody is logged in. */
export const live = createStore<Live>(nothingYet)

let connection: LiveConnection | undefined

function enter(who: Me): void {
  me.set(who)
  connection?.close()
  connection = follow({ state: live })
}

/** Asks who was turned away: the stream tells only what is new. */
export async function loadAttempts(): Promise<void> {
  const reply = await ask(api.attempts.$get())
  if (reply.ok) live.update((now) => ({ ...now, attempts: reply.value }))
}

let wasLive = false
live.subscribe(() => {
  const isLive = live.get().link === 'live'
  if (isLive && !wasLive) void loadAttempts()
  wasLive = isLive
})

// A session that ended is found by the stream first.
live.subscribe(() => {
  if (live.get().link === 'forbidden') void look()
})

function leave(): void {
  connection?.close()
  connection = undefined
  live.set(nothingYet)
  me.set(null)
}

/** Finds out who one is. */
export async function look(): Promise<void> {
  const reply = await ask(api.me.$get())
  if (reply.ok) {
    if (me.get()?.name !== reply.value.name || me.get()?.role !== reply.value.role || !connection) enter(reply.value)
  } else if (reply.status !== 0) leave()
  else setTimeout(() => void look(), 2_000)
}

export async function logIn(name: string, password: string): Promise<Reply<Me>> {
  const reply = await ask(api.login.$post({ json: { name, password } }))
  if (reply.ok) enter(reply.value)
  return reply
}

export async function logOut(): Promise<void> {
  await ask(api.logout.$post())
  leave()
}

onUnauthorised(() => {
  if (me.get()) leave()
})

const ranks: { readonly [Name in Role]: number } = { look: 0, operate: 1, administer: 2 }

/** Whether one who has a role may what another is needed for. */
export function allows(has: Role | undefined, needed: Role): boolean {
  return has !== undefined && ranks[has] >= ranks[needed]
}

/** Whether whoever is logged in may. */
export function may(needed: Role): boolean {
  return allows(me.get()?.role, needed)
}
