import * as v from 'valibot'
import { identityParam, instant, textOf, wholeQuery } from './common.ts'

/** The site as a whole. */
export const site = v.object({
  name: v.string(),
  timeZone: v.string(),
  version: v.string(),
  now: instant,
  since: v.pipe(instant, v.description('Since when this process runs')),
  bus: v.object({ gateway: v.string(), up: v.boolean() }),
  ocpp: v.object({ port: v.number(), secure: v.boolean() }),
  chargers: v.pipe(v.number(), v.description('How many are configured')),
  connected: v.pipe(v.number(), v.description('How many Charge Points are connected')),
})
export type SiteView = v.InferOutput<typeof site>

/** Someone who tried to connect and was turned away, with what to do about it. */
export const attempt = v.object({
  identity: v.string(),
  remote: v.string(),
  reason: v.string(),
  remedy: v.string(),
  addable: v.pipe(v.boolean(), v.description('The identity is unknown: POST /api/chargers adds it')),
  firstAt: instant,
  lastAt: instant,
  attempts: v.number(),
})
export type Attempt = v.InferOutput<typeof attempt>

/** A telegram as it was on the bus. */
export const telegram = v.object({
  at: instant,
  from: v.picklist(['site', 'bus']),
  service: v.picklist(['write', 'read', 'response']),
  address: v.string(),
  title: v.pipe(v.nullable(v.string()), v.description('Charger and group object; null: none of ours')),
  value: v.pipe(v.nullable(v.string()), v.description('Decoded where the datapoint type is known, else in hexadecimal; null for a read')),
})
export type TelegramView = v.InferOutput<typeof telegram>

const address = v.pipe(textOf(16), v.description('Group address, such as 9/7/41'))
/** A telegram to send: a value of a group address of this site, or bytes of any. */
export const busWrite = v.object({
  address,
  value: v.optional(v.union([v.number(), v.boolean(), v.string()])),
  payload: v.optional(v.union([
    v.object({ small: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(63)) }),
    v.object({ bytes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.minLength(1), v.maxLength(14)) }),
  ])),
})
export const busRead = v.object({ address })
/** The bus has confirmed it. */
export const busAnswer = v.object({ address: v.string(), title: v.nullable(v.string()), value: v.nullable(v.string()) })

/** Is it alive? Open to everybody, and says nothing else. */
export const health = v.object({ ok: v.boolean(), since: instant })

export const etsQuery = v.object({ format: v.optional(v.picklist(['xml', 'csv']), 'xml') })

/** What the stream of events carries: chargers, commands, attempts, site and configuration always; the others when asked for. */
export const eventsQuery = v.object({
  telegrams: v.optional(v.picklist(['true', 'false'])),
  frames: v.optional(v.pipe(identityParam, v.description('Identity whose frames are wanted too; administrators only'))),
})

/** A frame of a Charge Point in the stream of events; secrets are ***. */
export const frame = v.object({ at: instant, identity: v.string(), from: v.picklist(['charger', 'central']), text: v.string() })
export type FrameView = v.InferOutput<typeof frame>

export const recentQuery = v.object({ limit: v.optional(wholeQuery(1, 1_000), '200') })
