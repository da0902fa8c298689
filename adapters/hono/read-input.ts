import type { Context } from 'hono'
import * as v from 'valibot'
import type { Operation } from './contract.ts'
import { isRefused, refuse, type Env, type Refused } from './reply.ts'

/** Reads path, query and body, of so many bytes at most, of a request by the schemas of its operation; what does not fit is refused with its place. */
export async function readInput({ params, query, body }: Operation, { req }: Context<Env>, longest: number): Promise<Refused | { readonly params: unknown; readonly query: unknown; readonly body: unknown }> {
  const sent = body && (await readBody(req.raw, longest))
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

async function readBody(request: Request, longest: number): Promise<Refused | { readonly value: unknown }> {
  if (!/^application\/json\b/i.test(request.headers.get('Content-Type') ?? '')) {
    return refuse(415, 'the body is not declared as JSON', 'Content-Type', 'send Content-Type: application/json')
  }
  try {
    const text = await readText(request.body, longest)
    return text === undefined ? refuse(413, `more than ${longest} bytes`, 'body', 'send less') : { value: JSON.parse(text) }
  } catch {
    return refuse(400, 'the body is not JSON', 'body', 'send one JSON value in UTF-8')
  }
}

/** Reads no more than it must, whatever length was declared; undefined when it is longer. */
async function readText(body: Request['body'], longest: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > longest) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
