import { authenticate, mayComePlain } from '../charge-point/authenticate.ts'
import type { Handshake, Verdict } from '../charge-point/handshake.ts'
import type { Instant } from './event.ts'
import { findMember } from './population.ts'
import type { Site } from './site.ts'

/** The one subprotocol spoken here (OCPP-J 1.6 §3.1). */
const subprotocol = 'ocpp1.6'

/** Takeovers in a row, and milliseconds since the last, that make a quarrel of two with one identity. */
const quarrel = { takeovers: 5, calmMs: 5_000 } as const

/** Milliseconds a refused password costs, by attempt. */
const delayPerAttempt = 1_000
const longestDelay = 10_000

/** May this Charge Point connect? What is refused says why and what to do (OCPP-J 1.6 §3.2, §6.2). */
export function admit(site: Site, handshake: Handshake, at: Instant): Verdict {
  const { identity, subprotocols } = handshake
  const chargePoint = findMember(site.population, identity)
  const chargers = chargePoint?.connectors.flatMap(({ charger }) => charger ?? []) ?? []
  if (!chargePoint || chargers.length === 0) {
    const reason = identity === '' ? 'no identity: end the URL with the identity of the charger' : 'unknown identity: add the charger to the configuration'
    return { accept: false, status: 404, reason }
  }
  if (subprotocols.length > 0 && !subprotocols.includes(subprotocol)) {
    return { accept: false, status: 400, reason: `no common subprotocol: set the charger to OCPP 1.6J (it offers ${subprotocols.join(', ')})` }
  }
  const authentication = authenticate(chargePoint, handshake)
  if (!authentication.ok) {
    const { status, reason } = authentication
    // Only a password can be guessed.
    const delayMs = status === 401 ? Math.min(attempts(site, handshake) * delayPerAttempt, longestDelay) : 0
    return { accept: false, status, reason, delayMs }
  }
  const { link } = chargePoint
  if (link && link.takeovers >= quarrel.takeovers && at - link.since < quarrel.calmMs) {
    return { accept: false, status: 503, reason: 'two chargers use this identity in turn: give each its own', retryAfterSeconds: 5 }
  }
  return { accept: true, subprotocol: subprotocols.includes(subprotocol) ? subprotocol : '', proof: authentication.proof }
}

/** May this identity come without TLS while the port is secure? */
export function admitsPlain(site: Site, identity: string): boolean {
  const chargePoint = findMember(site.population, identity)
  return chargePoint !== undefined && mayComePlain(chargePoint)
}

function attempts(site: Site, { identity, remote }: Handshake): number {
  return site.strangers.filter((stranger) => stranger.identity === identity && stranger.remote === remote).reduce((sum, stranger) => sum + stranger.attempts, 0)
}
