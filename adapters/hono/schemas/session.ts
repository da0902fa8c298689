import * as v from 'valibot'
import { amperes, connectorParam, flagQuery, instant, instantQuery, list, textOf, wattHours, watts, wholeQuery } from './common.ts'

/** A transaction as the books have it: a charging session. */
export const session = v.object({
  id: v.number(),
  identity: v.string(),
  connector: v.number(),
  charger: v.pipe(v.nullable(v.string()), v.description('Name of the charger, if it is still configured')),
  tag: v.string(),
  tagName: v.nullable(v.string()),
  startedAt: instant,
  endedAt: v.pipe(v.nullable(instant), v.description('Null: it runs')),
  energy: v.pipe(v.nullable(wattHours), v.description('Wh; null while it runs')),
  meterStart: wattHours,
  meterStop: v.nullable(wattHours),
  reason: v.pipe(v.nullable(v.string()), v.description('OCPP’s stop reason, or Lost when the end was never reported')),
  state: v.pipe(v.picklist(['running', 'ended', 'lost']), v.description('lost: the end was never reported')),
})
export type Session = v.InferOutput<typeof session>

/** Which sessions: started in [from, until), newest first. */
export const sessionQuery = v.object({
  identity: v.optional(textOf(255)),
  connector: v.optional(connectorParam),
  tag: v.optional(textOf(36)),
  from: v.optional(instantQuery),
  until: v.optional(instantQuery),
  ended: v.optional(flagQuery),
  search: v.optional(v.pipe(textOf(255), v.description('Part of a tag or identity'))),
  limit: v.optional(wholeQuery(1, 500)),
  cursor: v.optional(v.pipe(textOf(64), v.description('`next` of the page before'))),
})
export type SessionQuery = v.InferOutput<typeof sessionQuery>

export const sessionPage = v.object({ sessions: list(session), next: v.pipe(v.nullable(v.string()), v.description('Cursor of the next page; null: this was the last')) })

/** What totals can be told apart by. */
export const totalsBy = ['month', 'tag', 'identity', 'connector'] as const
export type TotalsBy = (typeof totalsBy)[number]

/** Which totals: of sessions that ended, and started in [from, until). */
export const totalsQuery = v.object({
  from: v.optional(instantQuery),
  until: v.optional(instantQuery),
  identity: v.optional(textOf(255)),
  by: v.optional(v.pipe(v.string(), v.description(`Some of ${totalsBy.join(', ')}, with commas`), v.transform((text) => text.split(',')), v.array(v.picklist(totalsBy))), 'month,tag'),
})
export type TotalsQuery = v.InferOutput<typeof totalsQuery>

/** Sums of ended sessions; null where they are not told apart. A session counts in the month in which it began. */
export const total = v.object({
  month: v.pipe(v.nullable(v.string()), v.description('Such as 2026-01, in the time zone of the site')),
  tag: v.nullable(v.string()),
  tagName: v.nullable(v.string()),
  identity: v.nullable(v.string()),
  connector: v.nullable(v.number()),
  sessions: v.number(),
  energy: wattHours,
  duration: v.pipe(v.number(), v.description('Milliseconds')),
})
export type Total = v.InferOutput<typeof total>

/** Which samples: of one connector in [from, until), the last day unless told, in at most so many points. */
export const sampleQuery = v.object({
  identity: textOf(255),
  connector: v.optional(connectorParam, '1'),
  from: v.optional(instantQuery),
  until: v.optional(instantQuery),
  points: v.optional(wholeQuery(1, 2_000), '500'),
})
export type SampleQuery = v.InferOutput<typeof sampleQuery>

/** What a connector measured from `at` to the next: means of current, power and voltage, of the others the last; null where it said nothing. */
export const sample = v.object({
  at: instant,
  transaction: v.pipe(v.nullable(v.number()), v.description('Id of the session that ran')),
  current: v.nullable(amperes),
  power: v.nullable(watts),
  register: v.nullable(wattHours),
  energy: v.pipe(v.nullable(wattHours), v.description('Wh of the session so far')),
  voltage: v.pipe(v.nullable(v.number()), v.description('V between a phase and neutral')),
  soc: v.pipe(v.nullable(v.number()), v.description('% of the car’s battery')),
})
export type Sample = v.InferOutput<typeof sample>

/** What is known about an RFID tag; edited in the configuration. */
export const tag = v.object({
  tag: v.string(),
  name: v.optional(v.string()),
  parent: v.optional(v.string()),
  blocked: v.optional(v.boolean()),
  expires: v.optional(v.string()),
})
