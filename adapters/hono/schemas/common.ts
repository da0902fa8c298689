import * as v from 'valibot'
import { isCalendarInstant } from './instant.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const instant = v.pipe(v.number(), v.description('Milliseconds since 1970-01-01T00:00:00Z'))
/** A */
export const amperes = v.pipe(v.number(), v.description('A'))
/** W */
export const watts = v.pipe(v.number(), v.description('W'))
/** Wh */
export const wattHours = v.pipe(v.number(), v.description('Wh'))

/** A list that nobody changes. */
export function list<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.readonly())
}

/** An object of any names. */
export const fields = v.record(v.string(), v.unknown())

/** Something wrong in a configuration: where it stands, what is there, what would be right. Line and column count from 1. */
export const mistake = v.object({
  path: v.pipe(v.string(), v.description('Such as chargers[0].objects.status; empty for the whole')),
  what: v.string(),
  right: v.string(),
  line: v.nullable(v.number()),
  column: v.nullable(v.number()),
})

/** The body of every answer from 400 on: what is wrong, where, and what to do about it. */
export const problem = v.object({
  what: v.string(),
  where: v.pipe(v.string(), v.description('Name of a field, parameter or header, or the path of the request')),
  remedy: v.string(),
  mistakes: v.optional(list(mistake)),
})
export type Problem = v.InferOutput<typeof problem>

/** An instant in a query: milliseconds since 1970, or ISO 8601 with its zone. */
export const instantQuery = v.pipe(
  v.string(),
  v.check(isCalendarInstant, 'milliseconds since 1970, or ISO 8601 such as 2026-01-31T12:00:00Z'),
  v.description('Milliseconds since 1970, or ISO 8601 with its zone'),
  v.transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text))),
)

/** A whole number in a query, both ends included. */
export function wholeQuery(min: number, max: number) {
  const right = `a whole number from ${min} to ${max}`
  const fits = (text: string) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max
  return v.pipe(v.string(), v.check(fits, right), v.description(right), v.transform(Number))
}

/** True or false in a query. */
export const flagQuery = v.pipe(v.picklist(['true', 'false']), v.transform((text) => text === 'true'))

/** A text of 1 to `max` characters. */
export function textOf(max: number) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(max))
}

export const identityParam = textOf(255)
export const connectorParam = wholeQuery(0, 65_535)
