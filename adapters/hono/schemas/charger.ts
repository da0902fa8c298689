import * as v from 'valibot'
import { statuses } from '../../../core/charge-point/connector.ts'
import { amperes, fields, instant, list, textOf, wattHours, watts } from './common.ts'

export const mode = v.picklist(['normal', 'fast'])
export const source = v.picklist(['knx', 'panel', 'api', 'relay', 'energy'])

/** The limit of a charger: what is wanted, by whom, how far it got, and in words why it waits. */
export const limit = v.object({
  wanted: v.pipe(amperes, v.description('A that are wanted now; 0: no current may flow')),
  accepted: v.pipe(v.nullable(amperes), v.description('A, the newest wanted value that the charger has accepted')),
  effective: v.pipe(v.nullable(amperes), v.description('A, what the charger was told for it; not every charger takes tenths')),
  normal: amperes,
  fast: amperes,
  most: v.pipe(amperes, v.description('A, the fuse: no more is ever asked for')),
  holder: v.pipe(v.picklist(['normal', 'fast', 'override', 'paused']), v.description('What decides the wanted value now')),
  words: v.pipe(v.string(), v.description('The holder as a sentence: `normal mode: 10 A`')),
  waits: v.pipe(v.nullable(v.string()), v.description('Why the wanted value is not in force yet; null: it is')),
  waitsUntil: v.pipe(v.nullable(instant), v.description('When it is tried again, where that is known')),
})

/** A transaction that runs. */
export const running = v.object({
  id: v.number(),
  startedAt: instant,
  tag: v.string(),
  tagName: v.nullable(v.string()),
  energy: v.pipe(v.nullable(wattHours), v.description('Wh so far; null while no meter value was heard')),
})

/** A command that is under way on a charger. */
export const underWay = v.object({ id: v.string(), source, order: v.string(), stage: v.string(), expiresAt: instant })

/** One configured connector: everything that a charger element shows. What is not known is null. */
export const charger = v.object({
  name: v.string(),
  identity: v.string(),
  connector: v.number(),
  connected: v.boolean(),
  heardAt: v.pipe(v.nullable(instant), v.description('When the charger last said something on its present connection')),
  status: v.pipe(v.nullable(v.picklist(statuses)), v.description('As the bus is told: Unavailable after a minute without connection')),
  error: v.pipe(v.nullable(v.object({ code: v.string(), info: v.string(), vendorCode: v.string() })), v.description('Null: no error')),
  charging: v.nullable(v.boolean()),
  current: v.nullable(amperes),
  power: v.nullable(watts),
  session: v.nullable(running),
  last: v.nullable(v.object({ id: v.number(), startedAt: instant, endedAt: instant, energy: wattHours })),
  mode,
  limit,
  availability: v.object({ wanted: v.nullable(v.boolean()), accepted: v.nullable(v.boolean()) }),
  reservation: v.nullable(v.object({ tag: v.string(), stage: v.picklist(['wanted', 'held', 'freeing']), until: v.nullable(instant) })),
  commands: list(underWay),
})
export type Charger = v.InferOutput<typeof charger>

/** A connector as its Charge Point reports it, configured or not. */
export const connector = v.object({ id: v.number(), name: v.pipe(v.nullable(v.string()), v.description('Null: not configured')), status: v.nullable(v.string()), errorCode: v.string() })

/** A Charge Point in a list. */
export const chargePoint = v.object({
  identity: v.string(),
  link: v.pipe(v.nullable(v.object({ remote: v.string(), since: instant, heardAt: instant })), v.description('Null: not connected')),
  offlineSince: v.nullable(instant),
  registered: v.pipe(v.boolean(), v.description('A BootNotification was accepted')),
  profile: v.object({ vendor: v.string(), model: v.string(), serialNumber: v.string(), firmwareVersion: v.string(), unsupported: list(v.string()) }),
  connectors: list(connector),
})

/** How far an update or upload has come, in the standard's word. */
const statusReport = v.nullable(v.object({ status: v.string(), at: instant, requestId: v.nullable(v.number()) }))

/** A Charge Point by itself; what it has told of its own accord is newest first. */
export const chargePointDetail = v.object({
  ...chargePoint.entries,
  configuration: v.pipe(v.record(v.string(), v.string()), v.description('Those of its configuration keys that are used here')),
  pending: v.pipe(v.nullable(v.object({ action: v.string(), expiresAt: instant })), v.description('The CALL in flight')),
  commands: list(underWay),
  capabilities: v.pipe(fields, v.description('What it can do, and how that is known')),
  securityProfile: v.pipe(v.nullable(v.number()), v.description('That its connection has met; null: not connected')),
  certificate: v.pipe(v.nullable(v.object({ serialNumber: v.string(), commonName: v.string(), expiresAt: instant, installed: v.boolean() })), v.description('The client certificate issued last')),
  securityEvents: list(v.object({ type: v.string(), at: instant, techInfo: v.string() })),
  firmware: statusReport,
  diagnostics: statusReport,
  log: statusReport,
  dataTransfers: list(v.object({ vendorId: v.string(), messageId: v.string(), data: v.string(), at: instant })),
})
export type ChargePointView = v.InferOutput<typeof chargePoint>
export type ChargePointDetail = v.InferOutput<typeof chargePointDetail>

/** A CALL as it stands (OCPP-J 1.6 §4.2.1): any action that a Central System sends. */
export const callRequest = v.object({ action: textOf(50), payload: v.optional(fields, {}) })
/** What the Charge Point answered: CALLRESULT or CALLERROR. */
export const callAnswer = v.variant('type', [
  v.object({ type: v.literal('result'), payload: v.unknown() }),
  v.object({ type: v.literal('error'), code: v.string(), description: v.string(), details: v.unknown() }),
])
export type CallAnswer = v.InferOutput<typeof callAnswer>

const idTag = v.pipe(v.optional(v.nullable(textOf(20)), null), v.description('RFID tag; null: the bridge’s own'))

/** What can be asked of a charger. */
export const order = v.variant('type', [
  v.object({ type: v.literal('start'), idTag }),
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.literal('unlock') }),
  v.object({ type: v.literal('reset'), hard: v.optional(v.boolean(), false) }),
  v.object({ type: v.literal('reserve'), idTag }),
  v.object({ type: v.literal('free') }),
  v.object({ type: v.literal('availability'), operative: v.boolean() }),
  v.object({ type: v.literal('limit'), amperes: v.pipe(v.number(), v.minValue(0), v.maxValue(80), v.description('A; overrides normal and fast until a mode is given; below 6 is 0')) }),
  v.object({ type: v.literal('mode'), mode }),
])

/** A command: the same id twice is one command. `expiresIn` in seconds: after that nobody wants it any more. */
export const commandRequest = v.object({
  id: v.optional(v.pipe(v.string(), v.regex(/^(?!knx-)[\w.:-]{1,64}$/, '1 to 64 letters, digits and . : _ -; not knx- in front'))),
  order,
  expiresIn: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(86_400), v.description('Seconds'))),
})

export const stage = v.picklist(['sent', 'accepted', 'observed', 'rejected', 'expired', 'superseded', 'uncertain'])

/** A command and how far it has come. Without stages it waits to be sent; `ended` when nothing more will come. */
export const command = v.object({
  id: v.string(),
  source,
  identity: v.string(),
  connector: v.number(),
  order: v.pipe(v.looseObject({ type: v.string() }), v.description('As it was given; of a call its action alone')),
  at: instant,
  ended: v.boolean(),
  stages: list(v.object({ stage, at: instant, reason: v.string() })),
})
export type CommandView = v.InferOutput<typeof command>
