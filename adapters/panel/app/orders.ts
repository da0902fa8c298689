import type { InferInput } from 'valibot'
import { pageHeader } from '../../hono/page-header.ts'
import type { Charger, CommandView, order } from '../../hono/schemas/charger.ts'
import { chargerKey, putCommand, type Live } from './live-state.ts'
import type { Store } from './store.ts'

export type Order = InferInput<typeof order>

/** Which control an order belongs to: there its progress is shown. */
export const controls = {
  start: 'charging', stop: 'charging', mode: 'limit', limit: 'limit', unlock: 'unlock', reserve: 'reservation', free: 'reservation',
  availability: 'availability', reset: 'reset',
} as const satisfies { readonly [Type in Order['type']]: string }
export type Control = (typeof controls)[Order['type']]

/** How long the end of a command is shown: a refusal longer, because it is to be read. */
const goodShownMs = 12_000
const badShownMs = 60_000

/** The command to show at each control of a charger: the newest, while it runs and for a while after. */
export function progressOf(live: Live, charger: Charger, now: number): ReadonlyMap<Control, CommandView> {
  const shown = new Map<Control, CommandView>()
  for (const command of live.commands.values()) {
    if (command.identity !== charger.identity || command.connector !== charger.connector) continue
    const control = Object.hasOwn(controls, command.order.type) ? controls[command.order.type as Order['type']] : undefined
    if (control) shown.set(control, command)
  }
  for (const [control, command] of shown) if (!isFresh(command, now)) shown.delete(control)
  return shown
}

function isFresh(command: CommandView, now: number): boolean {
  const last = command.stages.at(-1)
  if (!command.ended || last === undefined) return true
  return now - last.at < (last.stage === 'observed' || last.stage === 'superseded' ? goodShownMs : badShownMs)
}

export interface Sender {
  readonly server?: string
  readonly token?: string
  readonly state: Store<Live>
}

/** Gives a command; it is shown from this moment on, and says why when it did not even reach the controller. */
export async function give({ server = '', token, state }: Sender, charger: Charger, given: Order, unreachable: string): Promise<void> {
  const id = `panel-${[...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')}`
  const at = Date.now() + state.get().skewMs
  const command: CommandView = {
    id, source: 'panel', identity: charger.identity, connector: charger.connector, order: { type: given.type }, at, ended: false, stages: [],
  }
  show(state, command)
  const failure = await post(`${server}/api/chargers/${encodeURIComponent(charger.identity)}/${charger.connector}/commands`, token, { id, order: given }, unreachable)
  if (failure === undefined) return
  show(state, { ...command, ended: true, stages: [{ stage: 'rejected', at: Date.now() + state.get().skewMs, reason: failure }] })
}

async function post(url: string, token: string | undefined, body: unknown, unreachable: string): Promise<string | undefined> {
  const headers = { 'Content-Type': 'application/json', ...(token === undefined ? { [pageHeader.name]: pageHeader.value } : { Authorization: `Bearer ${token}` }) }
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.ok) return undefined
    const problem = await response.json() as { readonly what?: unknown; readonly remedy?: unknown }
    return [problem.what, problem.remedy].filter((text) => typeof text === 'string' && text !== '').join('; ') || `HTTP ${response.status}`
  } catch {
    return unreachable
  }
}

function show(state: Store<Live>, command: CommandView): void {
  state.update((live) => {
    const commands = new Map(live.commands)
    putCommand(commands, command)
    return { ...live, commands }
  })
}

/** Chargers as they are listed: by name as people count, then by key. */
export function inOrder(chargers: Iterable<Charger>, language: string): readonly Charger[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return [...chargers].sort((a, b) => compare(a.name, b.name) || compare(chargerKey(a), chargerKey(b)))
}
