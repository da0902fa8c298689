import * as v from 'valibot'
import type { Result } from '../result.ts'
import { quote, show } from './mistake.ts'
import { nearest } from './spelling.ts'

const empty = 'nothing is written here'

/** What one value may be: its kind in words with an article, and the function that reads it; a refusal says what would be right. */
export interface Kind<Value> {
  readonly noun: string
  /** True: a mistake does not repeat what was written. */
  readonly secret?: boolean
  readonly read: (input: unknown) => Result<Value>
}

/** A schema for one value; an issue's `received` tells what stands there, its `message` what would be right. */
export function one<Value>({ noun, secret, read }: Kind<Value>) {
  return v.pipe(v.unknown(), v.rawTransform<unknown, Value>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value
    if (input === null || input === undefined) {
      addIssue({ received: empty, message: `give ${noun}` })
      return NEVER
    }
    const result = read(input)
    if (result.ok) return result.value
    addIssue({ received: `${secret === true ? 'this' : show(input)} is not ${noun}`, message: result.reason })
    return NEVER
  }))
}

/** A schema for a list of at most `max` items; nothing inside a longer list is looked at. */
export function list<Item extends v.GenericSchema<unknown, unknown>>(noun: string, max: number, item: Item) {
  return v.pipe(v.unknown(), v.rawTransform<unknown, readonly unknown[]>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value
    if (Array.isArray(input) && input.length <= max) return input
    if (Array.isArray(input)) addIssue({ received: `${input.length} ${noun} are too many`, message: `at most ${max}` })
    else {
      const items = typeof input === 'string' ? quote(input) : 'one, two'
      addIssue({ received: `${show(input)} is not a list of ${noun}`, message: `write [${items}]` })
    }
    return NEVER
  }), v.array(item))
}

/** What a schema of these entries gives: empty values are absent. */
export type Named<Entries extends v.ObjectEntries> = Written<v.InferOutput<v.ObjectSchema<Entries, undefined>>>

/** A schema for names with values; a name that is not one of the entries is a mistake, what is not written stays out of the output. */
export function named<Entries extends v.ObjectEntries>(noun: string, entries: Entries): v.GenericSchema<unknown, Named<Entries>> {
  const record = v.rawTransform<unknown, unknown>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value
    if (isRecord(input)) return input
    const received = input === null || input === undefined ? empty : `${show(input)} is not ${noun}`
    addIssue({ received, message: `write its names: ${Object.keys(entries).join(', ')}` })
    return NEVER
  })
  const values: v.GenericSchema<unknown, object> = v.intersect([onlyNames(Object.keys(entries)), v.object(entries)])
  return v.pipe(v.unknown(), record, values, v.transform<object, Named<Entries>>(withoutEmpty))
}

/** A value that may be left out, or left empty, for its default. */
export const or = v.nullish

/** A value that may be left out or left empty. */
export function maybe<Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema) {
  return v.nullish(schema)
}

/** A value that must be there. */
export function must<Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema) {
  // Null stands in for what is absent, so that the schema itself says what is missing.
  return v.optional(schema, null)
}

/** Whether the input is a plain object, as JSON has them. */
export function isRecord(input: unknown): input is Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null) return false
  const prototype: unknown = Object.getPrototypeOf(input)
  return prototype === Object.prototype || prototype === null
}

/** What of a schema's entries is there when some are wrong. */
export type Sound<Entries extends v.ObjectEntries> = { readonly [Name in keyof Entries]?: v.InferOutput<Entries[Name]> }

/** The parts of an input that are right, each name by itself: rules between names then speak even while other names are wrong. */
export function sound<Entries extends v.ObjectEntries>(entries: Entries, input: unknown): Sound<Entries> {
  const parts: [string, unknown][] = []
  for (const [name, schema] of Object.entries(entries)) {
    const result = v.safeParse(schema, isRecord(input) && Object.hasOwn(input, name) ? input[name] : undefined)
    if (result.success) parts.push([name, result.output])
  }
  // Object.fromEntries forgets which name has which type; the loop above keeps them together.
  return Object.fromEntries(parts) as Sound<Entries>
}

function onlyNames(names: readonly string[]) {
  return v.pipe(v.unknown(), v.rawTransform(({ dataset, addIssue }) => {
    const input = dataset.value
    for (const key of isRecord(input) ? Object.keys(input) : []) {
      if (names.includes(key)) continue
      const near = nearest(key, names)
      addIssue({
        received: `unknown name ${quote(key)}`,
        message: near === undefined ? `known here: ${names.join(', ')}` : `did you mean \`${near}\`?`,
        path: [{ type: 'unknown', origin: 'key', input, key, value: key }],
      })
    }
    return {}
  }))
}

type Written<T> =
  & { [K in keyof T as null extends T[K] ? never : undefined extends T[K] ? never : K]: T[K] }
  & { [K in keyof T as null extends T[K] ? K : undefined extends T[K] ? K : never]?: NonNullable<T[K]> }

function withoutEmpty<Output>(record: object): Output {
  const entries = Object.entries(record).filter(([, value]) => value !== null && value !== undefined)
  // Only names whose value can be empty go missing, and those are optional in Written.
  return Object.fromEntries(entries) as Output
}
