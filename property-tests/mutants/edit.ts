import { allMembers, type ChargePoint, type Connector, type Effect, type Site } from '../../core/index.ts'
import { createPopulation } from '../../core/site/population.ts'
import type { Happening, Step } from '../happening.ts'
import type { Law } from '../laws/law.ts'

/** A fault: what is wrong with the site in words, the beginning of the law that must find it, and how it is made. */
export interface Mutant {
  readonly title: string
  readonly law: string
  readonly mutate: (step: Step) => Step
  /** The law itself, where the fault is not in a step but in what the law looks at. */
  readonly faulty?: Law
}

/** A fault in the state that comes out. */
export function state(change: (after: Site, before: Site, happening: Happening) => Site): Mutant['mutate'] {
  return (step) => (before, happening) => {
    const [after, effects] = step(before, happening)
    return [change(after, before, happening), effects]
  }
}

/** A fault in each effect that comes out: it becomes these. */
export function effect(change: (effect: Effect, after: Site, before: Site, happening: Happening) => readonly Effect[]): Mutant['mutate'] {
  return (step) => (before, happening) => {
    const [after, effects] = step(before, happening)
    return [after, effects.flatMap((one) => change(one, after, before, happening))]
  }
}

/** A fault in what goes in. */
export function input(change: (happening: Happening, before: Site) => Happening): Mutant['mutate'] {
  return (step) => (before, happening) => step(before, change(happening, before))
}

/** A site with each Charge Point changed, as it would be if it had come so. */
export function members(site: Site, change: (member: ChargePoint) => ChargePoint): Site {
  const all = allMembers(site.population)
  const next = all.map(change)
  return next.every((member, i) => member === all[i]) ? site : { ...site, population: createPopulation(next) }
}

/** A site with each connector changed. */
export function connectors(site: Site, change: (connector: Connector, member: ChargePoint) => Connector): Site {
  return members(site, (member) => {
    const next = member.connectors.map((connector) => change(connector, member))
    return next.every((connector, i) => connector === member.connectors[i]) ? member : { ...member, connectors: next }
  })
}

/** The Charge Point as it was. */
export function was(before: Site, { identity }: ChargePoint): ChargePoint | undefined {
  return allMembers(before.population).find((member) => member.identity === identity)
}

/** What is in a frame, changed. */
export function frame(text: string, change: (elements: unknown[]) => unknown[]): string {
  const elements: unknown = JSON.parse(text)
  return JSON.stringify(Array.isArray(elements) ? change(elements) : elements)
}
