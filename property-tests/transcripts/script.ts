import { parse } from 'yaml'

/** A step of a script: what is done, and the words after it. */
export interface Step {
  readonly verb: string
  /** Words up to the options. */
  readonly words: readonly string[]
  /** What stands in braces: a YAML flow mapping. */
  readonly options: { readonly [name: string]: unknown }
}

/** Reads `write 9/7/2 1` or `says Authorize { idTag: 04A1 }`; one that cannot be read throws. */
export function parseStep(text: string): Step {
  const brace = text.indexOf('{')
  const [verb = '', ...words] = (brace < 0 ? text : text.slice(0, brace)).trim().split(/ +/)
  const options: unknown = brace < 0 ? {} : parse(text.slice(brace))
  if (typeof options !== 'object' || options === null) throw new Error('what stands in braces is no mapping')
  return { verb, words, options: { ...options } }
}

/** Milliseconds of `250ms`, `10s`, `5m` or `2h`. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? []
  if (amount === undefined) throw new Error(`${text} is no time: write 250ms, 10s, 5m or 2h`)
  return Number(amount) * ({ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit ?? ''] ?? 0)
}
