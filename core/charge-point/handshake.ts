import type { Proof } from './security.ts'

/** What a Charge Point offers when it connects (OCPP-J 1.6 §3.1); `authorization` is the header as sent, `remote` an IP address. */
export type Handshake = {
  readonly identity: string
  readonly path: string
  readonly subprotocols: readonly string[]
  readonly authorization: string | undefined
  readonly secure: boolean
  readonly remote: string
  /** What TLS found out about the client certificate; absent: there was none. */
  readonly certificate?: ClientCertificate
}

/** A client certificate whose chain, time and purpose were verified, with names out of its subject; or why that failed, in words. */
export type ClientCertificate =
  | { readonly trusted: true; readonly commonName: string; readonly organizationalUnit: string; readonly serialNumber: string }
  | { readonly trusted: false; readonly reason: string }

/** Whether a Charge Point may connect; a refusal is an HTTP status with a reason for people, given after `delayMs`. */
export type Verdict =
  | { readonly accept: true; readonly subprotocol: string; readonly proof?: Proof }
  | {
      readonly accept: false
      readonly status: number
      readonly reason: string
      readonly retryAfterSeconds?: number
      readonly delayMs?: number
    }

/** The identity in a connection URL, or why there is none to be read. */
export type IdentityReading = { readonly ok: true; readonly identity: string } | { readonly ok: false; readonly reason: string }

const maxIdentityLength = 255
const malformed = { ok: false, reason: 'The identity in the URL is not percent-encoded as it should be' } as const
const tooLong = { ok: false, reason: `The identity in the URL is longer than ${maxIdentityLength} characters` } as const

/**
 * Reads the last non-empty segment of a request target as percent-encoded identity (OCPP-J 1.6 §3.1.1): `///id`, `/ocpp/id` and `/id/`
 * are `id`, `/` is the empty identity, and what is not percent-encoded UTF-8 or longer than 255 characters is an error.
 */
export const readIdentity = (path: string): IdentityReading => {
  const segments = path.replace(/[?#].*$/s, '').split('/')
  const segment = segments.findLast((part) => part !== '') ?? ''
  const identity = percentDecode(segment)
  if (identity === undefined) return malformed
  return identity.length > maxIdentityLength ? tooLong : { ok: true, identity }
}

const percentDecode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
