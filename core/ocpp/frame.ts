import { encodeFields, encodeText } from './encode-json.ts'
import type { ErrorCode } from './error-code.ts'
import { parseErrorCode } from './error-code.ts'
import type { Fields } from './fields.ts'
import { isFields } from './fields.ts'
import { nestsTooDeep } from './nesting.ts'
import { printable } from './printable.ts'

/** A text message as OCPP-J 1.6 §4.2 understands it. A malformed CALL is owed a CALLERROR; what is ignored is owed nothing. */
export type Frame =
  | { readonly type: 'call'; readonly id: string; readonly action: string; readonly payload: Fields }
  | { readonly type: 'result'; readonly id: string; readonly payload: Fields }
  | { readonly type: 'error'; readonly id: string; readonly code: ErrorCode; readonly description: string; readonly details: Fields }
  | { readonly type: 'malformed'; readonly id: string; readonly code: ErrorCode; readonly description: string }
  | { readonly type: 'ignored'; readonly reason: string }

/** The longest message id (OCPP-J 1.6 §4.1.4). */
const longestId = 36

/** The longest id that breaks the rules and is sent back all the same. */
const longestEcho = 255

/** The id of an answer to a CALL that has none to send back; the standard names no other. */
const unknownId = '-1'

/** The beginning of a CALL or CALLRESULT whose rest is not JSON: enough to know what it was about. */
const beginning = /^\s*\[\s*([23])\s*,\s*"([^"\\]{1,36})"/

/** Reads a text message; no text makes it throw. */
export function parseFrame(text: string): Frame {
  const message = parseJson(text)
  if (!Array.isArray(message)) return parseBeginning(text)
  const elements: readonly unknown[] = message
  switch (elements[0]) {
    case 2: return parseCall(elements)
    case 3: return parseResult(elements)
    case 4: return parseError(elements)
    default: return { type: 'ignored', reason: typeof elements[0] === 'number' ? `message type ${elements[0]}` : 'not a message' }
  }
}

function parseJson(text: string): unknown {
  if (nestsTooDeep(text)) return undefined
  try {
    return JSON.parse(bare(text))
  } catch {
    return undefined
  }
}

/** A text without what some senders leave around it: a byte order mark, or the zero that ends a string in C. */
function bare(text: string): string {
  if (!text.startsWith('\ufeff') && !text.endsWith('\0')) return text
  let end = text.length
  while (end > 0 && text[end - 1] === '\0') end -= 1
  return text.slice(text.startsWith('\ufeff') ? 1 : 0, end)
}

function parseBeginning(text: string): Frame {
  const [, type, id] = beginning.exec(text) ?? []
  if (id === undefined) return { type: 'ignored', reason: 'not a message' }
  return type === '2' ? malformed(id, 'the CALL is not JSON') : unreadable(id, 'the CALLRESULT is not JSON')
}

function parseCall(elements: readonly unknown[]): Frame {
  const [, id, action, payload] = elements
  if (!isId(id)) return malformed(echoOf(id), `the message id is no text of 1 to ${longestId} characters`)
  if (elements.length !== 4) return malformed(id, `a CALL has 4 elements, not ${elements.length}`)
  if (typeof action !== 'string') return malformed(id, 'the action is not a string')
  if (payload === null) return { type: 'call', id, action, payload: {} }
  return isFields(payload) ? { type: 'call', id, action, payload } : malformed(id, 'the payload is not an object')
}

function parseResult(elements: readonly unknown[]): Frame {
  const [, id, payload] = elements
  if (!isId(id)) return { type: 'ignored', reason: 'a CALLRESULT without an id' }
  if (payload === null || payload === undefined) return { type: 'result', id, payload: {} }
  return isFields(payload) ? { type: 'result', id, payload } : unreadable(id, 'the payload of the CALLRESULT is not an object')
}

function parseError(elements: readonly unknown[]): Frame {
  const [, id, code, description, details] = elements
  if (!isId(id)) return { type: 'ignored', reason: 'a CALLERROR without an id' }
  const known = typeof code === 'string' ? parseErrorCode(code) : undefined
  const said = [known === undefined ? code : '', description].filter((part) => typeof part === 'string' && part !== '').join(': ')
  return { type: 'error', id, code: known ?? 'GenericError', description: printable(said), details: isFields(details) ? details : {} }
}

/** An answer bears the very id of its CALL, even one that breaks the rules (OCPP-J 1.6 §4.2.3). */
function echoOf(id: unknown): string {
  return typeof id === 'string' && id.length <= longestEcho ? id : unknownId
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= longestId
}

function malformed(id: string, description: string): Frame {
  return { type: 'malformed', id, code: 'FormationViolation', description }
}

/** An answer that cannot be read: the CALL it names has failed, as by a CALLERROR. */
function unreadable(id: string, description: string): Frame {
  return { type: 'error', id, code: 'FormationViolation', description, details: {} }
}

/** A CALL as text (OCPP-J 1.6 §4.2.1); `id` has 1 to 36 characters and is never used again. */
export function encodeCall(id: string, action: string, payload: Fields): string {
  return JSON.stringify([2, id, action, payload])
}

/** A CALLRESULT as text (OCPP-J 1.6 §4.2.2). */
export function encodeResult(id: string, payload: Fields): string {
  return `[3,${encodeText(id)},${encodeFields(payload)}]`
}

/** A CALLERROR as text, always of five elements, its description at most 255 printable characters (OCPP-J 1.6 §4.2.3). */
export function encodeError(id: string, code: ErrorCode, description: string, details: Fields = {}): string {
  return JSON.stringify([4, id, code, printable(description), details])
}
