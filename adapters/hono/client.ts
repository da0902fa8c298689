import type { Hono } from 'hono'
import { hc } from 'hono/client'
import type { BlankEnv } from 'hono/types'
import type * as v from 'valibot'
import type { Operation, OperationName, Operations } from './contract.ts'
import { pageHeader } from './page-header.ts'
import type { ProblemStatus } from './reply.ts'
import type { Problem } from './schemas/common.ts'

/** What a caller gives, as `hono/client` takes it. */
type Input<Op> =
  & (Op extends { readonly params: infer Schema extends v.GenericSchema } ? { param: v.InferInput<Schema> } : object)
  & (Op extends { readonly query: infer Schema extends v.GenericSchema } ? Query<v.InferInput<Schema>> : object)
  & (Op extends { readonly body: infer Schema extends v.GenericSchema } ? { json: v.InferInput<Schema> } : object)

/** A query whose parameters may all be left out may itself be left out. */
type Query<Parameters> = object extends Parameters ? { query?: Parameters } : { query: Parameters }

type Good<Op extends Operation> = Op['answer'] extends v.GenericSchema
  ? { output: v.InferOutput<Op['answer']>; outputFormat: 'json'; status: Op['status'] }
  : { output: string; outputFormat: 'text'; status: Op['status'] }

type Bad = { output: Problem; outputFormat: 'json'; status: ProblemStatus }

type Endpoint<Op extends Operation> = { input: Input<Op> } & (Good<Op> | Bad)

type At<Path extends string> = { [Name in OperationName]: Operations[Name]['path'] extends Path ? Operations[Name] : never }[OperationName]

/** The operations by path and method, as Hono keeps the types of its routes. */
export type Routes = {
  [Path in Operations[OperationName]['path']]: { [Op in At<Path> as `$${Op['method']}`]: Endpoint<Op> }
}

export type Api = Hono<BlankEnv, Routes, '/'>

/**
 * A typed client: `client.api.chargers.$get()`. Programs give a token; a page is authorised by its cookie.
 * An answer that is not `ok` is a `Problem`.
 */
export function createClient(baseUrl: string, { token, fetch }: { readonly token?: string; readonly fetch?: typeof globalThis.fetch } = {}) {
  const headers: Record<string, string> = token === undefined ? { [pageHeader.name]: pageHeader.value } : { Authorization: `Bearer ${token}` }
  return hc<Api>(baseUrl, { headers, ...(fetch && { fetch }) })
}
