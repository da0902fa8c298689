import type { TLSSocket } from 'node:tls'
import type { ClientCertificate } from '../../../core/charge-point/handshake.ts'

const words: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet: look at the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself, and not by our root',
  INVALID_PURPOSE: 'it is not a client certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by another root than ours',
  UNABLE_TO_GET_ISSUER_CERT: 'it is signed by another root than ours',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it is signed by another root than ours',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it is signed by another root than ours',
}

/** The client certificate of a TLS connection, verified by the handshake; undefined when there is none. */
export const readClientCertificate = (socket: TLSSocket): ClientCertificate | undefined => {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  if (!socket.authorized) return { trusted: false, reason: describe(String(socket.authorizationError)) }
  const { CN, OU } = certificate.toLegacyObject().subject
  return { trusted: true, commonName: one(CN), organizationalUnit: one(OU), serialNumber: certificate.serialNumber.toLowerCase() }
}

const describe = (code: string): string => (Object.hasOwn(words, code) ? words[code] : undefined) ?? code.replaceAll('_', ' ').toLowerCase().slice(0, 100)

// A subject with several names of a kind names nobody.
const one = (name: string | readonly string[] | undefined): string => (typeof name === 'string' ? name : '')
