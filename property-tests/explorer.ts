import type { Site } from '../core/index.ts'
import type { Letters } from './alphabet/letters.ts'
import type { Happening, Step } from './happening.ts'
import type { Law } from './laws/law.ts'
import { walk, type Breach } from './walk.ts'

/** What to explore: from where, by which steps, and which states are taken for the same. */
export interface Expedition {
  readonly from: Site
  readonly step: Step
  readonly letters: Letters
  readonly laws: readonly Law[]
  readonly keyOf: (site: Site) => string
  /** Steps from the beginning; none: until the graph closes. */
  readonly depth?: number
  readonly mostStates?: number
}

/** What was found: closed means that no step leads to a state that was not explored. */
export interface Findings {
  readonly states: number
  readonly edges: number
  readonly depth: number
  readonly closed: boolean
  /** The first breach of each law, by the shortest way to it. */
  readonly breaches: readonly { readonly breach: Breach; readonly path: readonly Happening[] }[]
}

interface Place {
  readonly site: Site
  readonly depth: number
  readonly from: Place | undefined
  readonly by: Happening | undefined
}

/** Explores breadth first, checking every law on every edge; what lies behind a breach is not explored. */
export function explore({ from, step, letters, laws, keyOf, depth = Infinity, mostStates = Infinity }: Expedition): Findings {
  const seen = new Set([keyOf(from)])
  const places: Place[] = [{ site: from, depth: 0, from: undefined, by: undefined }]
  const breaches = new Map<string, { readonly breach: Breach; readonly path: readonly Happening[] }>()
  let edges = 0
  let closed = true
  let explored = 0
  for (; explored < places.length; explored++) {
    const place = places[explored]
    if (!place) break
    for (const happening of place.depth < depth ? letters(place.site) : []) {
      edges++
      const walked = walk(step, laws, place.site, happening)
      if (!walked.ok) {
        if (!breaches.has(walked.breach.title)) breaches.set(walked.breach.title, { breach: walked.breach, path: [...pathTo(place), happening] })
        continue
      }
      const key = keyOf(walked.edge.after)
      if (seen.has(key)) continue
      if (places.length >= mostStates) {
        closed = false
        continue
      }
      seen.add(key)
      places.push({ site: walked.edge.after, depth: place.depth + 1, from: place, by: happening })
    }
  }
  const deepest = places.at(-1)?.depth ?? 0
  return { states: places.length, edges, depth: deepest, closed: closed && deepest < depth, breaches: [...breaches.values()] }
}

function pathTo(place: Place): readonly Happening[] {
  const path: Happening[] = []
  for (let at: Place | undefined = place; at?.by; at = at.from) path.unshift(at.by)
  return path
}
