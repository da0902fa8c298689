import * as v from 'valibot'
import { isFields } from './fields.ts'

/** A valibot schema whose output is `T`. */
export type Schema<T> = v.GenericSchema<unknown, T>

/** What a schema makes of an input that the standard forbids; undefined refuses it. */
export type Mend<T> = (input: unknown) => { readonly value: T } | undefined

/** A mended issue is kept as one of a transformation: the message is typed all the same, and the issue is a warning. */
export function refuses(issue: v.BaseIssue<unknown>): boolean {
  return issue.kind !== 'transformation'
}

/** Reads what `strict` accepts; of anything else reads what `mend` makes of it, with a warning. */
export function lenient<S, T>(strict: Schema<S>, mend: Mend<T>): Schema<S | T> {
  return {
    ...strict,
    '~run'(dataset, config) {
      const input = dataset.value
      const result = strict['~run'](dataset, config)
      const refusal = result.issues?.find(refuses)
      if (refusal === undefined) return result
      const mended = mend(input)
      return mended === undefined ? result : { typed: true, value: mended.value, issues: [{ ...refusal, kind: 'transformation' }] }
    },
  }
}

/** Reads `fallback`, with a warning, where `schema` can read nothing. */
export function forgiven<S, const T>(schema: Schema<S>, fallback: T): Schema<S | T> {
  return lenient(schema, () => ({ value: fallback }))
}

/** An optional field that is absent, with a warning, where `schema` can read nothing. */
export function spare<S>(schema: Schema<S>) {
  return v.optional(forgiven(schema, undefined))
}

/** An object of known fields: others are ignored, null in an optional field is absence. */
export function fields<const Entries extends v.ObjectEntries>(entries: Entries): v.ObjectSchema<Entries, undefined> {
  const strict = v.object(entries)
  return { ...strict, '~run': (dataset, config) => strict['~run']({ value: knownFields(entries, dataset.value) }, config) }
}

/** The known fields of an input. A missing one is there as undefined, so that its own schema says what that means. */
function knownFields(entries: v.ObjectEntries, input: unknown): unknown {
  if (!isFields(input)) return Array.isArray(input) ? 'Array' : input // valibot would take an array for an object
  const known: { [name: string]: unknown } = {}
  for (const [name, schema] of Object.entries(entries)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined
    if (schema.type !== 'optional' || (value !== undefined && value !== null)) known[name] = value
  }
  return known
}
