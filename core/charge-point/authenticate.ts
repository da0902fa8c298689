import type { ChargerConfig } from '../config/site-config.ts'
import { printable } from '../ocpp/printable.ts'
import type { ChargePoint } from './charge-point.ts'
import type { ClientCertificate, Handshake } from './handshake.ts'
import { passwordFits } from './password.ts'
import type { Proof, SecurityProfile } from './security.ts'

/** A setting of the Charge Point as a whole, which its connectors share. */
export function settingOf<Name extends 'password' | 'securityProfile' | 'registration'>({ connectors }: ChargePoint, name: Name): ChargerConfig[Name] | undefined {
  for (const { charger } of connectors) if (charger?.[name] !== undefined) return charger[name]
  return undefined
}

/** The security profile that a Charge Point must meet: the configuration's, or a higher one it has come with since. */
export function demandedProfile(chargePoint: ChargePoint): SecurityProfile {
  const configured = settingOf(chargePoint, 'securityProfile') ?? (settingOf(chargePoint, 'password') === undefined ? 0 : 1)
  const accepted = chargePoint.security.profile?.accepted ?? 0
  return accepted > configured ? accepted : configured
}

/** May this Charge Point come without TLS to a port that is secure? Only one that is known to be on its way there. */
export function mayComePlain(chargePoint: ChargePoint): boolean {
  return settingOf(chargePoint, 'securityProfile') !== undefined && demandedProfile(chargePoint) < 2
}

/** How a Charge Point proves who it is, or why that is not enough: an HTTP status, with what to do. */
export type Authentication =
  | { readonly ok: true; readonly proof: Proof }
  | { readonly ok: false; readonly status: number; readonly reason: string }

/** Judges a handshake by the security profile that is demanded; a higher one will do as well (security whitepaper, A00). */
export function authenticate(chargePoint: ChargePoint, handshake: Handshake): Authentication {
  const proof = proofOf(chargePoint, handshake)
  const demanded = demandedProfile(chargePoint)
  if (proof.profile >= demanded) return { ok: true, proof }
  if (demanded > 1 && !handshake.secure) return { ok: false, status: 403, reason: `plain instead of secure: security profile ${demanded} wants wss` }
  if (demanded === 3) return { ok: false, status: 403, reason: certificateRefusal(handshake.certificate) }
  return { ok: false, status: 401, reason: handshake.authorization === undefined ? noPassword : wrongPassword }
}

const noPassword = 'no password: set the password of the configuration in the charger'
const wrongPassword = 'wrong password: set the same in the charger and the configuration'

function proofOf(chargePoint: ChargePoint, { identity, authorization, secure, certificate }: Handshake): Proof {
  const { password } = chargePoint.security
  // Both are compared, whatever comes of the first: time must not tell which was meant.
  const fits = isPassword(password?.accepted ?? settingOf(chargePoint, 'password'), identity, authorization)
  const fitsProposed = isPassword(password?.proposed, identity, authorization)
  const byPassword = fits || fitsProposed ? (secure ? 2 : 1) : 0
  return { profile: secure && isOf(identity, certificate) ? 3 : byPassword, byProposed: fitsProposed && !fits }
}

function isPassword(password: string | null | undefined, identity: string, authorization: string | undefined): boolean {
  return typeof password === 'string' && passwordFits(identity, password, authorization)
}

/** Ours name the identity as organizational unit, for their common name may be a serial number (security whitepaper, A00.FR.511). */
function isOf(identity: string, certificate: ClientCertificate | undefined): boolean {
  return certificate?.trusted === true && ownerOf(certificate) === identity
}

function ownerOf({ organizationalUnit, commonName }: Extract<ClientCertificate, { trusted: true }>): string {
  return organizationalUnit === '' ? commonName : organizationalUnit
}

function certificateRefusal(certificate: ClientCertificate | undefined): string {
  if (!certificate) return 'no client certificate: security profile 3 wants one of ours in the charger'
  if (!certificate.trusted) return `the client certificate is not accepted: ${printable(certificate.reason, 200)}`
  return `the client certificate is that of "${printable(ownerOf(certificate), 64)}": give each charger its own`
}
