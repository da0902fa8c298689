import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { events, nothing, operations, type MediaType, type Operation } from './contract.ts'
import { problem } from './schemas/common.ts'

type Json = { readonly [name: string]: unknown }

/** What JSON Schema has no word for is told by its description. */
const conversion: ConversionConfig = { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore', ignoreActions: ['readonly', 'transform', 'check', 'partial_check'] }

/** The API as an OpenAPI 3.1 document, made from the table of operations. */
export function createDocument(version: string): Json {
  const paths: { [path: string]: { [method: string]: Json } } = {}
  for (const [name, operation] of Object.entries(operations) as (readonly [string, Operation])[]) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(name, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'wallbus', version, description: 'Chargers with OCPP 1.6J on KNX. Instants are milliseconds since 1970; units are A, W and Wh.', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'wb_…' }, login: { type: 'apiKey', in: 'cookie', name: 'wallbus', description: 'with the header X-Requested-With: wallbus on all but GET' } },
      schemas: { Problem: schemaOf(problem), ...Object.fromEntries(Object.entries(events).map(([name, schema]) => [`Event_${name}`, schemaOf(schema)])) },
    },
  }
}

function describe(name: string, { access, summary, params, query, body, status, answer, problems = [] }: Operation): Json {
  const usual = access === 'open' ? [400] : [400, 401, 403]
  const no = [...new Set([...usual, ...problems])].map((code) => [code, { description: 'See what, where and remedy', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }] as const)
  return {
    operationId: name,
    summary,
    description: access === 'open' ? 'Open to everybody.' : access === 'local' ? 'Takes the role look, or is asked from this machine.' : `Takes the role ${access}.`,
    security: access === 'open' ? [] : [{ token: [] }, { login: [] }],
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: Object.fromEntries([[status, { description: summary, ...(answer !== nothing && { content: contentOf(answer) }) }] as const, ...no]),
  }
}

function contentOf(answer: v.GenericSchema | MediaType): Json {
  return typeof answer === 'string' ? { [answer]: { schema: { type: 'string' } } } : { 'application/json': { schema: schemaOf(answer) } }
}

function parameters(schema: v.GenericSchema | undefined, place: 'path' | 'query'): readonly Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = toJsonSchema(schema, conversion)
  return Object.entries(properties).map(([name, part]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: part }))
}

function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, conversion)
  return rest
}
