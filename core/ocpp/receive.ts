import type { Action, ConfirmationOf, IncomingAction, RequestOf } from './actions.ts'
import { actions, isAction, isIncomingAction } from './actions.ts'
import { isFields } from './fields.ts'
import { guards } from './hot/guards.ts'
import type { Schema } from './lenient.ts'
import { printable } from './printable.ts'
import type { Read, Refused } from './read.ts'
import { read } from './read.ts'

/** A request of a Charge Point that could be read. */
export type Request = { readonly [A in IncomingAction]: Read<RequestOf<A>> & { readonly action: A } }[IncomingAction]

const schemas: {
  readonly [A in Action]: { readonly request: Schema<RequestOf<A>>; readonly confirmation: Schema<ConfirmationOf<A>> }
} = actions

const none: readonly string[] = []

/** Reads the payload of a Charge Point's CALL; an unknown action is NotImplemented, one of a Central System NotSupported. */
export function parseRequest(action: string, payload: unknown): Request | Refused {
  if (isIncomingAction(action)) {
    const result = readRequest(action, payload)
    // The value is that of the action, which TypeScript does not follow through the union.
    return (result.ok ? { ok: true, action, value: result.value, warnings: result.warnings } : result) as Request | Refused
  }
  return isAction(action)
    ? { ok: false, code: 'NotSupported', description: `${action} is sent by a Central System` }
    : { ok: false, code: 'NotImplemented', description: printable(`unknown action ${action}`) }
}

/** Reads the payload of a CALL of any action, whoever sent it. */
export function readRequest<A extends Action>(action: A, payload: unknown): Read<RequestOf<A>> | Refused {
  const isPlain = guards[action]
  if (isPlain !== undefined && isFields(payload) && isPlain(payload)) return { ok: true, value: payload, warnings: none }
  return read(schemas[action].request, payload)
}

/** Reads the payload of the CALLRESULT to a CALL of `action`. */
export function parseConfirmation<A extends Action>(action: A, payload: unknown): Read<ConfirmationOf<A>> | Refused {
  return read(schemas[action].confirmation, payload)
}
