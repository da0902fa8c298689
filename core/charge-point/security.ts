import type { Instant } from '../site/event.ts'

/** Security whitepaper §2: 0 proves nothing, 1 a password, 2 a password over TLS, 3 a client certificate. */
export const securityProfiles = [0, 1, 2, 3] as const
export type SecurityProfile = (typeof securityProfiles)[number]

/** How a Charge Point proved who it is when it connected. */
export interface Proof {
  /** The highest security profile that it met. */
  readonly profile: SecurityProfile
  /** True: by the password that was proposed to it, and not by that in force. */
  readonly byProposed: boolean
}

/** A setting that was changed over OCPP in place of that of the configuration; it holds until the configuration names another. */
export interface Changed<Value> {
  /** In force; null: that of the configuration is. */
  readonly accepted: Value | null
  /** Sent to the Charge Point, which may use it from now on; null: none. */
  readonly proposed: Value | null
  /** What the configuration named then; null: nothing. */
  readonly configured: Value | null
}

/** A client certificate that was issued to the Charge Point. */
export interface IssuedCertificate {
  /** Hexadecimal, in lower case. */
  readonly serialNumber: string
  readonly commonName: string
  readonly expiresAt: Instant
  /** True once the Charge Point has accepted it. */
  readonly installed: boolean
}

/** A request for a certificate under way (security whitepaper, A02 and A03). */
export interface Signing {
  /** When it came, by which the answer of the certificate authority is known again. */
  readonly request: Instant
  readonly stage: 'signing' | 'queued' | 'sent'
  /** PEM; empty while it is signed. */
  readonly certificateChain: string
  readonly expiresAt: Instant
}

/** What was agreed with a Charge Point about how it proves who it is. */
export interface Security {
  readonly password: Changed<string> | null
  readonly profile: Changed<SecurityProfile> | null
  /** The certificate issued last. */
  readonly certificate: IssuedCertificate | null
  readonly signing: Signing | null
}

export const noSecurity: Security = { password: null, profile: null, certificate: null, signing: null }
