import type { Context } from 'hono'
import * as v from 'valibot'
import type { Operation } from './contract.ts'
import { isRefused, refuse, type Env, type Refused } from './reply.ts'

/** Reads path, query and body of a request by the schemas of its operation; what does not fit is refused with its place. */
export async function readInput({ params, query, body }: Operation, { req }: Context<Env>): Promise<Refused | { readonly params: unknown; readonly query: unknown; readonly body: unknown }> {
  const sent = body && (await readBody(req.raw))
  if (isRefused(sent)) return sent
  const parts = { params: read(params, req.param()), query: read(query, req.query()), body: read(body, sent?.value) }
  return Object.values(parts).find(isRefused) ?? parts
}

function read(schema: v.GenericSchema | undefined, input: unknown): unknown {
  if (!schema) return undefined
  const { success, output, issues } = v.safeParse(schema, input, { abortPipeEarly: true })
  if (success) return output
  const [issue] = issues
  return refuse(400, issue.message, v.getDotPath(issue) ?? 'body', `it must be ${issue.expected ?? 'as the schema says'}; see /api/openapi.json`)
}

async function readBody(request: Request): Promise<Refused | { readonly value: unknown }> {
  if (!/^application\/json\b/i.test(request.headers.get('Content-Type') ?? '')) {
    return refuse(415, 'the body is not declared as JSON', 'Content-Type', 'send Content-Type: application/json')
  }
  try {
    return { value: await request.json() }
  } catch {
    return refuse(400, 'the body is not JSON', 'body', 'send one JSON value in UTF-8')
  }
}
