import type { ClientResponse } from 'hono/client'
import { createClient } from '../../hono/client.ts'
import type { Problem } from '../../hono/schemas/common.ts'

/** What came of a request: what was asked for, or what is wrong and what to do about it. */
export type Reply<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly status: number; readonly problem: Problem }

type AnyResponse = Pick<ClientResponse<unknown>, 'ok' | 'status' | 'json' | 'text'>
type Good<Response extends AnyResponse> = Exclude<Awaited<ReturnType<Response['json']>>, Problem>

/** The API as this page uses it: authorised by its cookie. */
export const { api } = createClient('/')

const listeners = new Set<() => void>()

/** Calls back when an answer says that one is not logged in. */
export function onUnauthorised(listener: () => void): void {
  listeners.add(listener)
}

/** Waits for an answer; never rejects. Status 0: there was none. */
export async function ask<Response extends AnyResponse>(request: Promise<Response>): Promise<Reply<Good<Response>>> {
  try {
    const response = await request
    if (response.status === 401) for (const listener of listeners) listener()
    if (!response.ok) return { ok: false, status: response.status, problem: await problemOf(response) }
    // The contract says what a good answer is; 204 has none.
    const value = (response.status === 204 ? undefined : await response.json()) as Good<Response>
    return { ok: true, value }
  } catch {
    return { ok: false, status: 0, problem: { what: '', where: '', remedy: '' } }
  }
}

/** The same for an answer that is text. */
export async function askText(path: string): Promise<Reply<string>> {
  try {
    const response = await fetch(path)
    return response.ok ? { ok: true, value: await response.text() } : { ok: false, status: response.status, problem: await problemOf(response) }
  } catch {
    return { ok: false, status: 0, problem: { what: '', where: '', remedy: '' } }
  }
}

async function problemOf(response: { readonly status: number; readonly json: () => Promise<unknown> }): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) return body
  return { what: `HTTP ${response.status}`, where: '', remedy: '' }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'what' in body && typeof body.what === 'string' && 'remedy' in body && typeof body.remedy === 'string'
}
