import type { Path } from '../../../core/config/mistake.ts'

/** From the first to behind the last character of something in a text. */
export type Range = readonly [from: number, to: number]

/** Where a value stands in a text, where its name stands, and the places of its parts. */
export interface Place {
  readonly value: Range
  readonly name?: Range
  readonly parts: ReadonlyMap<string | number, Place>
}

/** Something YAML itself does not allow. */
export interface Problem {
  readonly range: Range
  readonly what: string
  readonly right: string
}

/** Where a path leads to in the text; what is not there is at the nearest thing around it. */
export function locate(place: Place, path: Path, on: 'name' | undefined): Range {
  let here = place
  for (const part of path) {
    const next = here.parts.get(part)
    // What is missing in a group belongs to the group's name, not to all its lines.
    if (next === undefined) return here.parts.size === 0 ? here.value : here.name ?? firstName(here)
    here = next
  }
  return on === 'name' ? here.name ?? here.value : here.value
}

function firstName(place: Place): Range {
  const [first] = place.parts.values()
  return first?.name ?? place.value
}
