import type { Site } from '../core/index.ts'
import { resolve } from './alphabet.ts'
import type { Happening, Step } from './happening.ts'
import type { Edge, Law, LongLaw } from './laws/law.ts'
import { walk, type Breach } from './walk.ts'

/** What a run is made of: the step under test, from where, and what is checked. */
export interface Course {
  readonly step: Step
  readonly from: Site
  readonly laws: readonly Law[]
  readonly longLaws: readonly LongLaw[]
  /** What a number stands for in a state; all there is, unless told. */
  readonly choose?: (site: Site, pick: number) => Happening | undefined
}

/** What came of a run: how far it went, and the breach that ended it. */
export interface Outcome {
  readonly path: readonly Happening[]
  readonly breach: Breach | undefined
}

/** Goes where numbers lead: each is one of all that can happen next, and every law is checked on every step. */
export function run({ step, from, laws, longLaws, choose = resolve }: Course, picks: readonly number[]): Outcome {
  const checks = longLaws.map(({ title, begin }) => ({ title, check: begin() }))
  const path: Happening[] = []
  let site = from
  for (const pick of picks) {
    const choice = choose(site, pick)
    if (!choice) continue
    const happening = named(choice, site, path.length)
    path.push(happening)
    const walked = walk(step, laws, site, happening)
    const breach = walked.ok ? broken(checks, walked.edge) : walked.breach
    if (!walked.ok || breach) return { path, breach }
    site = walked.edge.after
  }
  return { path, breach: undefined }
}

function broken(checks: readonly Law[], edge: Edge): Breach | undefined {
  for (const { title, check } of checks) {
    const complaint = check(edge)
    if (complaint !== undefined) return { title, complaint }
  }
  return undefined
}

/** Commands have ids that are theirs for the whole run, but for those that come for the second time. */
function named(happening: Happening, { population }: Site, place: number): Happening {
  if (happening.type !== 'command') return happening
  const { command } = happening
  const again = population.groups.some(({ members }) => members.some(({ errands }) => errands.some((errand) => errand.command === command.id)))
  return again ? happening : { ...happening, command: { ...command, id: `q${place}` } }
}
