import { isOutgoingAction } from './actions.ts'
import type { Fields } from './fields.ts'
import { printable } from './printable.ts'
import { readRequest } from './receive.ts'

/** Why a Central System must not send such a CALL, in words: what we write is to the letter of the standard, what we read need not be. */
export function mistakeInCall(action: string, payload: Fields): string | undefined {
  if (!isOutgoingAction(action)) return `${action} is no action that a Central System sends`
  const request = readRequest(action, payload)
  return request.ok ? (request.warnings[0] ?? unread(payload, request.value)) : request.description
}

/** Names the first field that reading has left out: one that the schema does not know, or a null. */
function unread(sent: unknown, read: unknown, path: readonly string[] = []): string | undefined {
  if (typeof sent !== 'object' || sent === null || typeof read !== 'object' || read === null) return undefined
  const kept = new Map<string, unknown>(Object.entries(read))
  for (const [name, value] of Object.entries(sent)) {
    const place = [...path, name]
    if (!kept.has(name)) return printable(value === null ? `${place.join('.')}: null; leave out what is not there` : `${place.join('.')}: there is no such field`, 120)
    const mistake = unread(value, kept.get(name), place)
    if (mistake !== undefined) return mistake
  }
  return undefined
}
