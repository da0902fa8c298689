import * as v from 'valibot'
import { isFields } from './fields.ts'

/** A valibot schema whose output is `T`. */
export type Schema<T> = v.GenericSchema<unknown, T>

/** What a schema makes of an input that the standard forbids; undefined refuses it. */
export type Mend<T> = (input: unknown) => { readonly value: T } | undefined

/** Whether an issue stands in the way of reading; a mended one is kept as one of a transformation, and is but a warning. */
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
      if (mended === undefined) return result
      return { typed: true, value: mended.value, issues: [Object.assign(refusal, { kind: 'transformation' as const })] }
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
  const known = Object.entries(entries).map(([name, schema]) => ({ name, required: schema.type !== 'optional' }))
  return { ...strict, '~run': (dataset, config) => strict['~run']({ value: pick(known, dataset.value) }, config) }
}

/** The known fields of an input. A required one that is missing is there as undefined, so that its own schema says what that means. */
function pick(known: readonly { readonly name: string; readonly required: boolean }[], input: unknown): unknown {
  if (!isFields(input)) return Array.isArray(input) ? 'Array' : input // valibot would take an array for an object
  const picked: { [name: string]: unknown } = {}
  for (const { name, required } of known) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined
    if (required || (value !== undefined && value !== null)) picked[name] = value
  }
  return picked
}
