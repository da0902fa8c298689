/** The error codes of a CALLERROR, in their historic spellings (OCPP-J 1.6 §4.2.3). */
export const errorCodes = [
  'NotImplemented', 'NotSupported', 'InternalError', 'ProtocolError', 'SecurityError', 'FormationViolation',
  'PropertyConstraintViolation', 'OccurenceConstraintViolation', 'TypeConstraintViolation', 'GenericError',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What other versions of the standard and their readers write for the historic spellings. */
const otherSpellings: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['FormatViolation', 'FormationViolation'],
  ['OccurrenceConstraintViolation', 'OccurenceConstraintViolation'],
])

/** The error code a peer means by a text, undefined when it is none of OCPP-J 1.6 §4.2.3. */
export function parseErrorCode(text: string): ErrorCode | undefined {
  return errorCodes.find((code) => code === text) ?? otherSpellings.get(text)
}
