import type { Site } from '../core/index.ts'
import { brief, type Happening, type Result, type Step } from './happening.ts'
import { createEdge } from './laws/facts.ts'
import { freeze } from './laws/json.ts'
import type { Edge, Law } from './laws/law.ts'
import { leavesArguments, neverThrows } from './laws/shape.ts'

/** A law that a step broke, and how. */
export interface Breach {
  readonly title: string
  readonly complaint: string
}

/** One step with what the laws say of it; after a breach there is nothing worth going on from. */
export type Walked = { readonly ok: true; readonly edge: Edge } | { readonly ok: false; readonly breach: Breach; readonly edge?: Edge }

/** Takes a step from a state that cannot be changed, and checks every law on it. */
export function walk(step: Step, laws: readonly Law[], before: Site, happening: Happening): Walked {
  freeze(before)
  freeze(happening)
  let result: Result
  try {
    result = step(before, happening)
  } catch (error) {
    const frozen = error instanceof TypeError && /read only|not extensible|Cannot (assign|add|delete|redefine|define)/.test(error.message)
    return { ok: false, breach: { title: frozen ? leavesArguments : neverThrows, complaint: String(error) } }
  }
  const edge = createEdge(before, happening, result, () => step(before, happening))
  for (const { title, check } of laws) {
    const complaint = judge(check, edge)
    if (complaint !== undefined) return { ok: false, breach: { title, complaint }, edge }
  }
  return { ok: true, edge }
}

/** A law that cannot even be judged is broken: the state has lost its form. */
function judge(check: Law['check'], edge: Edge): string | undefined {
  try {
    return check(edge)
  } catch (error) {
    return `it cannot be judged: ${String(error)}`
  }
}

/** A breach with the way to it, for people. */
export function story({ title, complaint }: Breach, path: readonly Happening[]): string {
  return [title, `  broken: ${complaint}`, ...path.map((happening, i) => `  ${i + 1}. ${brief(happening)}`)].join('\n')
}
