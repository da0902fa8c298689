/** Names and values as the configuration file has them. */
export type Fields = Readonly<Record<string, unknown>>

/** A configuration that is being edited: sections by name; what was not touched is still the same object. */
export type Draft = Readonly<Record<string, unknown>>

export type Path = readonly (string | number)[]

/** The value at a path; undefined where there is none. */
export function getAt(value: unknown, path: Path): unknown {
  let at: unknown = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Readonly<Record<string | number, unknown>>)[part]
  }
  return at
}

/** A copy with another value at a path; undefined takes the name away. Only what lies on the path is copied. */
export function setAt<Value>(value: Value, path: Path, next: unknown): Value {
  const [part, ...rest] = path
  // The path is one of this value: what is given back has its type.
  if (part === undefined) return next as Value
  const inner = setAt(getAt(value, [part]), rest, next)
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === part ? inner : item)) as Value
  const { [part]: _, ...others } = (value ?? {}) as Record<string | number, unknown>
  if (inner === undefined) return others as Value
  return (Object.hasOwn(value ?? {}, part) ? { ...value, [part]: inner } : { ...others, [part]: inner }) as Value
}

/** `chargers[0].objects.status.send`, as the API writes paths. */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')
}

export function chargersOf(draft: Draft): readonly Fields[] {
  return listOf(draft['chargers'])
}

export function tagsOf(draft: Draft): readonly Fields[] {
  return listOf(draft['tags'])
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === 'object' && item !== null) : []
}

/** A new charger behind the others, with a name and identity that are not taken. */
export function addCharger(draft: Draft, name: string): Draft {
  const chargers = chargersOf(draft)
  let number = chargers.length + 1
  while (chargers.some((charger) => charger['name'] === `${name} ${number}`)) number += 1
  return { ...draft, chargers: [...chargers, { name: `${name} ${number}`, identity: '', connector: 1, normalCurrent: 10, fastCurrent: 16, startTags: ['*'], objects: {} }] }
}

/** A copy of a charger behind it: the next connector, and no group addresses, because each is sent by one object only. */
export function duplicateCharger(draft: Draft, index: number): Draft {
  const chargers = chargersOf(draft)
  const original = chargers[index]
  if (original === undefined) return draft
  const taken = chargers.filter(({ identity }) => identity === original['identity']).map(({ connector }) => Number(connector))
  const copy = { ...original, name: `${String(original['name'])} (2)`, connector: Math.max(...taken, 0) + 1, objects: {} }
  return { ...draft, chargers: [...chargers.slice(0, index + 1), copy, ...chargers.slice(index + 1)] }
}

export function removeAt(draft: Draft, list: 'chargers' | 'tags', index: number): Draft {
  const items = list === 'chargers' ? chargersOf(draft) : tagsOf(draft)
  return { ...draft, [list]: items.filter((_, i) => i !== index) }
}

/** What was typed as the file has it: numbers where a number is wanted and is one, so that everything else is told as the mistake it is. */
export function typed(text: string, kind: 'text' | 'number' | 'flag' | 'list'): unknown {
  const trimmed = text.trim()
  if (trimmed === '' && kind !== 'list') return undefined
  if (kind === 'number') return /^-?\d+([.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : trimmed
  if (kind === 'flag') return trimmed === 'true'
  if (kind === 'list') return trimmed.split(',').map((part) => part.trim()).filter((part) => part !== '')
  return text
}

/** A value as it stands in a field. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}
