import * as v from 'valibot'
import type { ErrorCode } from './error-code.ts'
import type { Schema } from './lenient.ts'
import { refuses } from './lenient.ts'
import { printable } from './printable.ts'

/** A payload that could be read; each warning names a field that the standard would have otherwise. */
export interface Read<T> {
  readonly ok: true
  readonly value: T
  readonly warnings: readonly string[]
}

/** A payload that could not be read, and what a CALLERROR says of it. */
export interface Refused {
  readonly ok: false
  readonly code: ErrorCode
  readonly description: string
}

/** More warnings than these say nothing new. */
const mostWarnings = 16

/** Reads a JSON value by a schema. */
export function read<T>(schema: Schema<T>, payload: unknown): Read<T> | Refused {
  const { output, issues = [] } = v.safeParse(schema, payload)
  const refusal = issues.find(refuses)
  if (refusal !== undefined) return { ok: false, code: codeOf(refusal), description: describe(refusal) }
  // Where nothing is refused the output is typed: every issue of the schema itself was mended.
  return { ok: true, value: output as T, warnings: issues.slice(0, mostWarnings).map(describe) }
}

function codeOf({ kind, type, input, received }: v.BaseIssue<unknown>): ErrorCode {
  if (received === 'undefined' || received === 'null') return 'OccurenceConstraintViolation'
  const unknownWord = type === 'picklist' && typeof input === 'string'
  const wrongType = kind === 'schema' || type === 'safe_integer'
  return wrongType && !unknownWord ? 'TypeConstraintViolation' : 'PropertyConstraintViolation'
}

function describe(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue) ?? 'payload'
  const found = issue.received === 'undefined' ? 'missing' : `${issue.type === 'max_length' ? 'length' : 'received'} ${issue.received}`
  return printable(`${field}: ${printable(found, 80)}, expected ${issue.expected ?? issue.type}`)
}
