import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { operations } from './contract.ts'
import { createDocument } from './openapi.ts'

interface Part {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: object }[]
  readonly requestBody?: Body
  readonly responses: { readonly [status: string]: Partial<Body> }
}
interface Body {
  readonly content: { readonly [type: string]: { readonly schema: object } }
}

const document = createDocument('1.2.3') as {
  readonly openapi: string
  readonly paths: { readonly [path: string]: { readonly [method: string]: Part } }
  readonly components: { readonly schemas: { readonly [name: string]: object } }
}
const parts = Object.entries(document.paths).flatMap(([path, methods]) => Object.values(methods).map((part) => ({ path, part })))

test('The document is JSON, and describes each operation once.', () => {
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  expect(document.openapi).toBe('3.1.0')
  expect(parts.map(({ part }) => part.operationId).sort()).toEqual(Object.keys(operations).sort())
})

test('Every name in a path is a parameter that must be there, and none is without its place.', () => {
  for (const { path, part } of parts) {
    const inPath = part.parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name).sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
    expect(inPath.every(({ required }) => required), path).toBe(true)
  }
})

test('Every schema is one of JSON Schema 2020-12, and every reference leads somewhere.', () => {
  const ajv = new Ajv2020({ strict: false })
  const schemas = [
    ...Object.values(document.components.schemas),
    ...parts.flatMap(({ part }) => [
      ...part.parameters.map(({ schema }) => schema),
      ...[part.requestBody, ...Object.values(part.responses)].flatMap((body) => Object.values(body?.content ?? {}).map(({ schema }) => schema)),
    ]),
  ]
  for (const schema of schemas) expect(ajv.validateSchema(schema), JSON.stringify(schema)).toBe(true)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference.replace('#/components/schemas/', ''))
  expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([])
})
