import fc from 'fast-check'
import type { JsonSchema } from '../fixtures/schemas/official.ts'
import { decimals, locations, texts, timestamps } from './ocpp-arbitraries.ts'

/** A field somewhere in a message; in lists the first element stands for all. */
export interface Field {
  readonly path: readonly string[]
  readonly schema: JsonSchema
  readonly required: boolean
}

/** Any value that a schema accepts. */
export function valuesOf(schema: JsonSchema, root: JsonSchema = schema): fc.Arbitrary<unknown> {
  const { type, properties = {}, required = [], items, minItems = 0, ...rest } = resolve(schema, root)
  switch (type) {
    case 'object': {
      const arbitraries = Object.entries(properties).map(([name, property]) => [name, valuesOf(property, root)] as const)
      return fc.record<{ [name: string]: unknown }>(Object.fromEntries(arbitraries), { requiredKeys: [...required], noNullPrototype: true })
    }
    case 'array': return fc.array(valuesOf(items ?? {}, root), { minLength: minItems, maxLength: 3 })
    case 'integer': return fc.integer({ min: 0, max: 2 ** 31 - 1 })
    case 'number': return decimals
    case 'boolean': return fc.boolean()
    case 'string': return strings(rest)
    default: throw new Error(`no values for ${type}`)
  }
}

function strings({ enum: words, format, maxLength = 1000 }: JsonSchema): fc.Arbitrary<string> {
  if (words !== undefined) return fc.constantFrom(...words)
  if (format === 'date-time') return timestamps
  return format === 'uri' ? locations : texts(maxLength)
}

/** One value with every field there is, each list of one element. */
export function fullest(schema: JsonSchema, root: JsonSchema = schema): unknown {
  const { type, format, enum: words, properties = {}, items = {} } = resolve(schema, root)
  switch (type) {
    case 'object': return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, fullest(property, root)]))
    case 'array': return [fullest(items, root)]
    case 'integer':
    case 'number': return 1
    case 'boolean': return true
    default: return words?.[0] ?? (format === 'date-time' ? '2026-11-23T10:11:12Z' : format === 'uri' ? 'ftp://example.com/' : 'x')
  }
}

/** All fields of a schema, to its depth. */
export function fieldsOf(schema: JsonSchema, root: JsonSchema = schema, path: readonly string[] = []): readonly Field[] {
  const { properties = {}, required = [], items } = resolve(schema, root)
  if (items !== undefined) return fieldsOf(items, root, [...path, '0'])
  const fields: Field[] = []
  for (const [name, property] of Object.entries(properties)) {
    const here = [...path, name]
    fields.push({ path: here, schema: resolve(property, root), required: required.includes(name) }, ...fieldsOf(property, root, here))
  }
  return fields
}

/** A JSON value in which what is at a path is another, or is missing where that is undefined. */
export function withValueAt(json: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  const copy = Array.isArray(json) ? [...json] : { ...(json as object) } // a path leads through objects and arrays only
  const entries = copy as { [name: string]: unknown }
  entries[name] = withValueAt(entries[name], rest, value)
  if (entries[name] === undefined) delete entries[name]
  return copy
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {})
}
