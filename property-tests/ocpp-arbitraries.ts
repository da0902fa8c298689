import fc from 'fast-check'
import type * as v from 'valibot'
import { actions, type Action, type ConfirmationOf, type RequestOf } from '../core/ocpp/actions.ts'
import { isFields } from '../core/ocpp/fields.ts'

/** Any request of an action that is to the letter of the standard. */
export function requestOf<A extends Action>(action: A): fc.Arbitrary<RequestOf<A>> {
  return payloadOf(actions[action].request) as fc.Arbitrary<RequestOf<A>> // made from the schema that gives the type
}

/** Any confirmation of an action that is to the letter of the standard. */
export function confirmationOf<A extends Action>(action: A): fc.Arbitrary<ConfirmationOf<A>> {
  return payloadOf(actions[action].confirmation) as fc.Arbitrary<ConfirmationOf<A>> // made from the schema that gives the type
}

/** An instant between 2000 and 2100, in UTC. */
export const timestamps: fc.Arbitrary<string> = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

/** Texts of at most `limit` characters, that length itself among them; all printable, none too long to read in a report. */
export function texts(limit: number): fc.Arbitrary<string> {
  const short = fc.string({ maxLength: Math.min(limit, 40) })
  return fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: fc.constant('x'.repeat(limit)) })
}

/** Texts of any UTF-16 code units, halves of surrogate pairs among them. */
export function wildTexts(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength })
}

/** Where files can be brought to or fetched from. */
export const locations: fc.Arbitrary<string> = fc.constantFrom('ftp://user:secret@example.com/log', 'https://example.com:80/a?b=c')

/** Numbers of one decimal. */
export const decimals: fc.Arbitrary<number> = fc.integer({ min: 0, max: 1_000_000 }).map((tenths) => tenths / 10)

/** Any JSON value, and the names and values that trip the unwary. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null, '', ' ', 'null', 'NaN', '1,5', '1', ' 7 ', 'TRUE', 'charging', '__proto__', 'constructor', '0000-00-00', '1970-01-01T00:00:00Z',
    '2024-02-26T09:10:45.500', 'x'.repeat(600), 'x'.repeat(10_001), '<b>\r\n\u001b[31m', '\ud800',
    0, -1, 1.5, 2 ** 31, 2 ** 53, Infinity, -Infinity, [], {}, [[]],
    JSON.parse('{"__proto__":{"status":"Charging"},"constructor":1}'),
  ),
)

/** A payload with something hostile, something more or something less in one place, however deep. */
export function spoiled(payloads: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(payloads, hostileValues, fc.nat(), fc.string()).map(([payload, value, pick, name]) => spoil(payload, value, pick, name))
}

function spoil(json: unknown, value: unknown, pick: number, name: string): unknown {
  const deeper = Math.floor(pick / 8)
  if (Array.isArray(json)) return json.toSpliced(0, 1, pick % 2 === 0 ? value : spoil(json[0], value, deeper, name))
  if (!isFields(json) || pick % 8 === 0) return value
  const names = Object.keys(json)
  const chosen = names[deeper % names.length] ?? name
  const rest = Object.entries(json).filter(([other]) => other !== chosen)
  if (pick % 8 === 1) return Object.fromEntries(rest)
  if (pick % 8 === 2) return Object.fromEntries([...Object.entries(json), [name, value]])
  return Object.fromEntries([...rest, [chosen, spoil(json[chosen], value, deeper, name)]])
}

/** The parts of a schema that say what its values look like. */
type Shape = v.GenericSchema & {
  readonly wrapped?: Shape
  readonly entries?: { readonly [name: string]: Shape }
  readonly item?: Shape
  readonly options?: readonly string[]
  readonly pipe?: readonly Step[]
}
interface Step {
  readonly type: string
  readonly requirement?: unknown
  readonly pipe?: readonly Step[]
}

/** Any value that a schema accepts without mending it. */
export function payloadOf(schema: v.GenericSchema): fc.Arbitrary<unknown> {
  const { type, wrapped, entries, item, options, pipe = [] } = schema as Shape // every schema of the table is one of these
  const limits = new Map(flatten(pipe).map((step) => [step.type, step.requirement]))
  switch (type) {
    case 'optional': return payloadOf(wrapped ?? schema)
    case 'object': return recordOf(entries ?? {})
    case 'array': return fc.array(payloadOf(item ?? schema), { minLength: Number(limits.get('min_length') ?? 0), maxLength: 3 })
    case 'picklist': return fc.constantFrom(...(options ?? []))
    case 'boolean': return fc.boolean()
    case 'number': return limits.has('safe_integer') ? integers(limits) : decimals
    case 'string': return stringsOf(limits)
    default: throw new Error(`no values for ${type}`)
  }
}

function recordOf(entries: { readonly [name: string]: Shape }): fc.Arbitrary<unknown> {
  const arbitraries = Object.entries(entries).map(([name, entry]) => [name, payloadOf(entry)] as const)
  const requiredKeys = Object.keys(entries).filter((name) => entries[name]?.type !== 'optional')
  return fc.record<{ [name: string]: unknown }>(Object.fromEntries(arbitraries), { requiredKeys, noNullPrototype: true })
}

function integers(limits: ReadonlyMap<string, unknown>): fc.Arbitrary<number> {
  return fc.integer({ min: Number(limits.get('min_value') ?? -(2 ** 31)), max: Number(limits.get('max_value') ?? 2 ** 31 - 1) })
}

function stringsOf(limits: ReadonlyMap<string, unknown>): fc.Arbitrary<string> {
  if (limits.has('iso_timestamp')) return timestamps
  return limits.has('url') ? locations : texts(Number(limits.get('max_length') ?? 1000))
}

/** A pipe may begin with a schema that has one of its own. */
function flatten(pipe: readonly Step[]): readonly Step[] {
  return pipe.flatMap((step) => [...flatten(step.pipe ?? []), step])
}
