import type { ConfirmationOf, RequestOf } from '../ocpp/actions.ts'
import type { Event, Instant } from '../site/event.ts'
import { note, type Turn } from '../site/turn.ts'
import { call, type Call } from './calls.ts'
import { amend } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'
import type { Outcome } from './outcome.ts'
import type { Security, Signing } from './security.ts'

/** A certificate that was just signed: PEM, without the root. */
export interface SignedCertificate {
  readonly certificateChain: string
  /** Hexadecimal, in lower case. */
  readonly serialNumber: string
  readonly commonName: string
  readonly expiresAt: Instant
}

/** Milliseconds that the signature may take, and that the certificate may wait for the Charge Point. */
const signingMs = 60_000
const deliveryMs = 300_000

/** The longest certificateChain (security whitepaper §5.1), and the longest name in a subject (X.520). */
const longestChain = 10_000
const longestName = 64

/** A request as PEM has it; what is in it the certificate authority judges. */
const pem = /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----[A-Za-z0-9+/=\s]+-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/

/** Takes a certificate request in; the certificate follows as CertificateSigned (security whitepaper, A02.FR.11 and A02.FR.12). */
export function signCertificate(
  chargePoint: ChargePoint,
  { csr }: RequestOf<'SignCertificate'>,
  turn: Turn,
): readonly [ChargePoint, ConfirmationOf<'SignCertificate'>] {
  const { identity, profile } = chargePoint
  const refusal = refusalOf(chargePoint, csr)
  if (refusal !== undefined) {
    note(turn, 'warning', identity, 0, `the request for a certificate is refused: ${refusal}`)
    return [chargePoint, { status: 'Rejected' }]
  }
  // The common name is the serial number by the whitepaper (A00.FR.511), and the identity by habit.
  const commonNames = [identity, profile.serialNumber].filter((name) => name !== '' && name.length <= longestName)
  turn.effects.push({ type: 'sign', identity, request: turn.at, csr, commonNames })
  return [withSigning(chargePoint, { request: turn.at, stage: 'signing', certificateChain: '', expiresAt: turn.at + signingMs }), { status: 'Accepted' }]
}

/** Whoever is given a certificate has proved to be the Charge Point, where nobody could change what it said. */
function refusalOf({ identity, link, security }: ChargePoint, csr: string): string | undefined {
  if (!link || link.securityProfile < 2) return 'the charger must have come with a password over TLS, security profile 2'
  if (security.signing) return 'another is under way'
  if (identity.length > longestName) return `a certificate carries ${longestName} characters of the identity`
  return pem.test(csr) ? undefined : 'it is not a PEM certificate request'
}

/** Takes in what the certificate authority has made of a request; what comes too late is for nobody. */
export function takeSigned(chargePoint: ChargePoint, { request, result }: Extract<Event, { type: 'signed' }>, turn: Turn): ChargePoint {
  const { signing } = chargePoint.security
  if (signing?.stage !== 'signing' || signing.request !== request) return chargePoint
  if (!result.ok) return fail(chargePoint, `no certificate is issued: ${result.reason}`, turn)
  const { certificateChain, serialNumber, commonName, expiresAt } = result.value
  if (certificateChain.length > longestChain) return fail(chargePoint, 'no certificate is issued: it is too long', turn)
  note(turn, 'info', chargePoint.identity, 0, `certificate ${serialNumber} is issued`)
  return withSigning(chargePoint, { ...signing, stage: 'queued', certificateChain, expiresAt: turn.at + deliveryMs }, {
    certificate: { serialNumber, commonName, expiresAt, installed: false },
  })
}

/** The certificate that waits to be handed over. */
export function certificateCall(chargePoint: ChargePoint): readonly [ChargePoint, Call] | undefined {
  const { signing } = chargePoint.security
  if (signing?.stage !== 'queued') return undefined
  const { certificateChain } = signing
  return [withSigning(chargePoint, { ...signing, stage: 'sent' }), call('CertificateSigned', { certificateChain }, { type: 'certificate' })]
}

/** Takes in what the Charge Point makes of its certificate; it is handed over once. */
export function settleCertificate(chargePoint: ChargePoint, outcome: Outcome, turn: Turn): ChargePoint {
  const { certificate } = chargePoint.security
  if (outcome.status !== 'Accepted') return fail(chargePoint, `the certificate may not be in use: ${outcome.reason}`, turn)
  note(turn, 'info', chargePoint.identity, 0, `certificate ${certificate?.serialNumber ?? ''} is installed`)
  return withSigning(chargePoint, null, { certificate: certificate && { ...certificate, installed: true } })
}

/** Gives up what was not signed, or could not be handed over, in time. */
export function giveUpSigning(chargePoint: ChargePoint, turn: Turn): ChargePoint {
  const { signing } = chargePoint.security
  if (!signing || signing.stage === 'sent' || turn.at < signing.expiresAt) return chargePoint
  return fail(chargePoint, signing.stage === 'signing' ? 'no certificate is issued: it took too long' : 'the certificate could not be handed over in time', turn)
}

function fail(chargePoint: ChargePoint, text: string, turn: Turn): ChargePoint {
  note(turn, 'warning', chargePoint.identity, 0, text)
  return withSigning(chargePoint, null)
}

function withSigning(chargePoint: ChargePoint, signing: Signing | null, change: Partial<Security> = {}): ChargePoint {
  return amend(chargePoint, { security: { ...chargePoint.security, ...change, signing } })
}
