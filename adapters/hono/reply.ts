import type { Context } from 'hono'
import type * as v from 'valibot'
import type { Operation, OperationName, Operations } from './contract.ts'
import type { Caller } from './access/caller.ts'
import type { Problem } from './schemas/common.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 421 | 422 | 428 | 429 | 500 | 503 | 504

/** A no: its status and what people are told. */
export interface Refused {
  readonly refused: ProblemStatus
  readonly problem: Problem
  readonly headers?: { readonly [name: string]: string }
}

/** Says no in words: what is wrong, where, and what to do. */
export function refuse(refused: ProblemStatus, what: string, where: string, remedy: string, more: Pick<Problem, 'mistakes'> = {}): Refused {
  return { refused, problem: { what, where, remedy, ...more } }
}

export function isRefused(reply: unknown): reply is Refused {
  return typeof reply === 'object' && reply !== null && 'refused' in reply && 'problem' in reply
}

/** A problem as an answer. */
export function problemResponse({ refused, problem, headers = {} }: Refused): Response {
  return Response.json(problem, { status: refused, headers: { ...headers, 'Content-Type': 'application/problem+json' } })
}

/** What the app is given with each request by what serves it. */
export interface Env {
  Bindings: { readonly remote?: string }
}

/** A request that was read, checked and authorised. */
export interface Asked<Op extends Operation> {
  readonly params: Part<Op, 'params'>
  readonly query: Part<Op, 'query'>
  readonly body: Part<Op, 'body'>
  readonly caller: Caller
  readonly context: Context<Env>
}

type Part<Op, Name extends string> = Op extends { readonly [N in Name]: infer Schema extends v.GenericSchema } ? v.InferOutput<Schema> : undefined

type Answer<Op extends Operation> = Op['answer'] extends v.GenericSchema ? v.InferOutput<Op['answer']> | Refused | Response : Refused | Response

export type Handler<Name extends OperationName> = (asked: Asked<Operations[Name]>) => Answer<Operations[Name]> | Promise<Answer<Operations[Name]>>

export type Handlers = { readonly [Name in OperationName]: Handler<Name> }
