import type { Configuration, ReadingView } from '../../../hono/schemas/configuration.ts'
import { api, ask } from '../../app/api.ts'
import { createStore } from '../../app/store.ts'
import type { Failure } from '../../elements/parts.ts'
import type { Draft } from './draft.ts'
import { rewriteYaml } from './yaml.ts'

/** A configuration while it is edited; it outlives a look at another page. */
export interface Editing {
  /** As the controller has it. */
  readonly base: Configuration | null
  /** As the forms have it; null where the file has mistakes and there is only its text. */
  readonly draft: Draft | null
  /** What was typed into the text itself; null: the text follows from the forms. */
  readonly text: string | null
  /** What is wrong with it; null while that is being asked. */
  readonly reading: ReadingView | null
  readonly busy: boolean
  readonly failed: Failure | null
  readonly loaded: boolean
}

const none: Editing = { base: null, draft: null, text: null, reading: null, busy: false, failed: null, loaded: false }

export const editing = createStore<Editing>(none)

/** The file as it would be written. */
export function textOf({ base, draft, text }: Editing): string {
  if (text !== null || base === null) return text ?? ''
  return base.checked === null || draft === null ? base.text : rewriteYaml(base.text, base.checked, draft)
}

export function isChanged(state: Editing): boolean {
  return state.base !== null && (state.draft !== state.base.checked || (state.text !== null && state.text !== state.base.text))
}

/** Asks the controller for its configuration; what was edited is gone. */
export async function loadConfiguration(): Promise<void> {
  const reply = await ask(api.configuration.$get({}))
  if (!reply.ok) return editing.update((state) => ({ ...state, failed: reply }))
  const { value: base } = reply
  const { loaded, base: before } = editing.get()
  editing.set({ ...none, loaded: loaded && before?.version === base.version, base, draft: base.checked, reading: { valid: base.mistakes.length === 0, mistakes: base.mistakes, warnings: base.warnings } })
}

let timer: ReturnType<typeof setTimeout> | undefined
const restMs = 250

/** Changes what is edited, and has it checked as soon as the typing rests. */
export function edit(change: Partial<Pick<Editing, 'draft' | 'text'>>): void {
  editing.update((state) => ({ ...state, ...change, loaded: false, reading: state.reading && { ...state.reading, valid: false } }))
  clearTimeout(timer)
  timer = setTimeout(() => void check(), restMs)
}

async function check(): Promise<void> {
  const checked = editing.get()
  const reply = await ask(api.configuration.validate.$post({ json: { text: textOf(checked) } }))
  // What was typed meanwhile is checked by itself.
  if (editing.get().draft !== checked.draft || editing.get().text !== checked.text) return
  editing.update((state) => ({ ...state, ...(reply.ok ? { reading: reply.value, failed: state.failed?.status === 412 ? state.failed : null } : { failed: reply }) }))
}

/** Gives the configuration to the controller; `version`: the one it replaces, the one it was made from unless told. */
export async function apply(version = editing.get().base?.version ?? ''): Promise<void> {
  const state = editing.get()
  editing.set({ ...state, busy: true, failed: null })
  const reply = await ask(api.configuration.$put({ json: { text: textOf(state) } }, { headers: { 'If-Match': `"${version}"` } }))
  if (!reply.ok) {
    const mistakes = reply.problem.mistakes
    return editing.update((now) => ({ ...now, busy: false, failed: reply, ...(mistakes && { reading: { valid: false, mistakes, warnings: [] } }) }))
  }
  await loadConfiguration()
  editing.update((now) => ({ ...now, loaded: true }))
}

/** Takes ours instead of what someone else has loaded meanwhile. */
export async function applyAnyway(): Promise<void> {
  const reply = await ask(api.configuration.$get({}))
  if (reply.ok) await apply(reply.value.version)
}
