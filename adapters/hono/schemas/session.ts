import * as v from 'valibot'
import { connectorParam, flagQuery, instant, instantQuery, list, textOf, wattHours, wholeQuery } from './common.ts'

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
  limit: v.optional(wholeQuery(1, 1_000)),
  cursor: v.optional(v.pipe(textOf(64), v.description('`next` of the page before'))),
})
export type SessionQuery = v.InferOutput<typeof sessionQuery>

export const sessionPage = v.object({ sessions: list(session), next: v.pipe(v.nullable(v.string()), v.description('Cursor of the next page; null: this was the last')) })

/** Which totals: of sessions that ended, and started in [from, until). */
export const totalsQuery = v.object({ from: v.optional(instantQuery), until: v.optional(instantQuery), identity: v.optional(textOf(255)) })

/** Energy of the ended sessions of one tag in one month of the site's time zone. */
export const total = v.object({
  month: v.pipe(v.string(), v.description('Such as 2026-01, in the time zone of the site')),
  tag: v.string(),
  tagName: v.nullable(v.string()),
  sessions: v.number(),
  energy: wattHours,
})
export type Total = v.InferOutput<typeof total>

/** Which samples: of one connector in [from, until), thinned to about `points`. */
export const sampleQuery = v.object({
  identity: textOf(255),
  connector: v.optional(connectorParam, '1'),
  from: v.optional(instantQuery),
  until: v.optional(instantQuery),
  points: v.optional(wholeQuery(1, 2_000), '500'),
})
export type SampleQuery = v.InferOutput<typeof sampleQuery>

/** What a connector measured at an instant; null where it said nothing. */
export const sample = v.object({ at: instant, current: v.nullable(v.number()), power: v.nullable(v.number()), energy: v.nullable(v.number()) })
export type Sample = v.InferOutput<typeof sample>

/** What is known about an RFID tag; edited in the configuration. */
export const tag = v.object({
  tag: v.string(),
  name: v.optional(v.string()),
  parent: v.optional(v.string()),
  blocked: v.optional(v.boolean()),
  expires: v.optional(v.string()),
})
