/** Where in a configuration, from the outside in: `['chargers', 0, 'objects', 'status']`. */
export type Path = readonly (string | number)[]

/** Something wrong in a configuration: what stands there and what would be right; `on` tells that the name is wrong, not its value. */
export interface Mistake {
  readonly path: Path
  readonly what: string
  readonly right: string
  readonly on?: 'name'
}

const longestShown = 40

/** A value as people wrote it, short enough for one line: texts in quotes, without anything a terminal or page would obey. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a group of names'
  if (typeof value !== 'string') return String(value)
  return quote(value)
}

/** A text in quotes, cut to 40 characters. */
export function quote(text: string): string {
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
  return `"${printable(shown)}"`
}

/** The text with every control, direction and line mark replaced, so that it is harmless where it is printed. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '�')
}

/** A path as people read it: `chargers[0].objects.status`. */
export function pathText(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else {
      const name = /^[\w-]{1,40}$/.test(part) ? part : quote(part)
      text += text === '' ? name : `.${name}`
    }
  }
  return text
}
