import * as v from 'valibot'
import type { Mend, Schema } from './lenient.ts'
import { lenient } from './lenient.ts'
import { parseTimestamp } from './timestamp.ts'

/** A longer text than the standard allows is kept up to this many characters, unless its own limit is higher. */
const longestText = 500

/** OCPP 1.6 §7.15 ff.: a text of at most `limit` characters; a longer one is kept up to `longest`, the rest is cut off. */
export function text(limit: number, longest: number = Math.max(limit, longestText)): Schema<string> {
  return lenient(v.pipe(v.string(), v.maxLength(limit)), cutText(longest))
}

/** A text for people; some chargers write "null" where they have nothing to say, which is absence. */
export function remark(limit: number): Schema<string | undefined> {
  return lenient(lenient(v.pipe(v.string(), v.maxLength(limit), v.notValue('null')), whenNull), cutText(longestText))
}

const whenNull: Mend<undefined> = (input) => (input === 'null' ? { value: undefined } : undefined)

/** A text for which numbers, booleans and null are taken as well. */
export function anyText(limit: number): Schema<string> {
  const cut = cutText(limit)
  return lenient(v.pipe(v.string(), v.maxLength(limit)), (input) => {
    if (input === null) return { value: '' }
    return typeof input === 'number' || typeof input === 'boolean' ? { value: String(input) } : cut(input)
  })
}

function cutText(longest: number): Mend<string> {
  return (input) => (typeof input === 'string' ? { value: input.slice(0, longest) } : undefined)
}

/** One of the standard's words; the case in which it is written does not matter. */
export function enumeration<const Words extends readonly string[]>(words: Words): Schema<Words[number]> {
  const known = new Map<string, Words[number]>(words.map((word) => [word.toLowerCase(), word]))
  return lenient(v.picklist(words), (input) => {
    const word = typeof input === 'string' ? known.get(input.trim().toLowerCase()) : undefined
    return word === undefined ? undefined : { value: word }
  })
}

/** One of the standard's words, or any other text up to 50 characters. */
export function openEnumeration(words: readonly string[]): Schema<string> {
  return lenient(enumeration(words), cutText(50))
}

/** An integer that a number holds exactly; digits in a text are taken as well, what is greater is drawn to the edge. */
export const integer: Schema<number> = lenient(v.pipe(v.number(), v.safeInteger()), (input) => {
  const number = numberIn(input)
  if (number === undefined || (Number.isFinite(number) && !Number.isInteger(number))) return undefined
  return { value: Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER) }
})

/** A meter register in Wh: an integer, to which fractions are rounded. */
export const register: Schema<number> = lenient(integer, (input) => {
  const number = numberIn(input)
  return number === undefined ? undefined : { value: Math.round(number) }
})

/** The number of a connector, where 0 is the Charge Point as a whole (OCPP 1.6 §3.8). */
export const connectorId: Schema<number> = v.pipe(integer, v.minValue(0), v.maxValue(2 ** 31 - 1))

/** A number of which one decimal is of use (OCPP 1.6 §7.13); more are taken as well. */
export const decimal: Schema<number> = lenient(v.pipe(v.number(), v.check(hasOneDecimal)), (input) => {
  const number = numberIn(input)
  return number === undefined || !Number.isFinite(number) ? undefined : { value: number }
})

function hasOneDecimal(number: number): boolean {
  return Math.abs(number) <= 1e9 && Number(number.toFixed(1)) === number
}

/** True or false; the words in a text are taken as well, in any case. */
export const boolean: Schema<boolean> = lenient(v.boolean(), (input) => {
  const word = typeof input === 'string' ? input.trim().toLowerCase() : undefined
  return word === 'true' || word === 'false' ? { value: word === 'true' } : undefined
})

/** An ISO 8601 date and time (OCPP 1.6 §3.15), kept as it is written in any spelling that `parseTimestamp` reads. */
export const timestamp: Schema<string> = lenient(v.pipe(v.string(), v.isoTimestamp()), (input) =>
  typeof input === 'string' && parseTimestamp(input) !== undefined ? { value: input } : undefined)

const numeral = /^\s*[+-]?\d{1,30}(?:[.,]\d{1,30})?\s*$/

function numberIn(input: unknown): number | undefined {
  if (typeof input === 'number') return Number.isNaN(input) ? undefined : input
  return typeof input === 'string' && numeral.test(input) ? Number(input.replace(',', '.')) : undefined
}
