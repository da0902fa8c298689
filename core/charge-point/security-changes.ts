import type { ChargerConfig } from '../config/site-config.ts'
import type { Order } from '../site/command.ts'
import { note, type Turn } from '../site/turn.ts'
import { demandedProfile, settingOf } from './authenticate.ts'
import type { Call } from './calls.ts'
import { amend } from './amend.ts'
import type { ChargePoint, Purpose } from './charge-point.ts'
import type { Outcome } from './outcome.ts'
import { securityProfiles, type Changed, type Proof, type Security, type SecurityProfile } from './security.ts'

type Setting = 'password' | 'profile'

/** The configuration keys that change how a Charge Point proves who it is (security whitepaper §7.2, §7.6), in lower case. */
const settings: { readonly [key: string]: Setting } = { authorizationkey: 'password', securityprofile: 'profile' }

/** Characters of an AuthorizationKey: 16 bytes at least, 40 hexadecimal digits at most (security whitepaper §7.2). */
const keyLength = { least: 16, most: 40 } as const

interface Change {
  readonly setting: Setting
  readonly value: unknown
}

/** What a CALL changes about security; undefined: nothing. */
function changeIn({ action, payload }: Pick<Call, 'action' | 'payload'>): Change | undefined {
  if (action !== 'ChangeConfiguration') return undefined
  const { key, value } = payload
  const name = typeof key === 'string' ? key.toLowerCase() : ''
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
  return setting && { setting, value }
}

function changeOf({ errands }: ChargePoint, command: string): Change | undefined {
  const order = errands.find((errand) => errand.command === command)?.order
  return order?.type === 'call' ? changeIn(order) : undefined
}

/** Why such a change must not be asked for; the words never hold a password. */
export function changeMistake(chargePoint: ChargePoint, order: Order): string | undefined {
  const change = order.type === 'call' ? changeIn(order) : undefined
  if (change?.setting === 'password') {
    const { least, most } = keyLength
    return typeof change.value === 'string' && change.value.length >= least && change.value.length <= most ? undefined : `an AuthorizationKey has ${least} to ${most} characters`
  }
  if (change?.setting !== 'profile') return undefined
  const profile = profileIn(change.value)
  if (profile === undefined) return 'a SecurityProfile is 0, 1, 2 or 3'
  // Security whitepaper, A00.FR.005.
  return profile < demandedProfile(chargePoint) ? 'a security profile is never lowered over OCPP: do it at the charger, and in the configuration' : undefined
}

function profileIn(value: unknown): SecurityProfile | undefined {
  return securityProfiles.find((profile) => String(profile) === value)
}

/** The Charge Point once such a change is on its way: from now on it may use the new value. */
export function propose(chargePoint: ChargePoint, call: Call): ChargePoint {
  const change = changeIn(call)
  const { security } = chargePoint
  if (change?.setting === 'password' && typeof change.value === 'string') {
    return withSecurity(chargePoint, { password: { ...present(security.password, settingOf(chargePoint, 'password')), proposed: change.value } })
  }
  const profile = change?.setting === 'profile' ? profileIn(change.value) : undefined
  if (profile === undefined) return chargePoint
  return withSecurity(chargePoint, { profile: { ...present(security.profile, settingOf(chargePoint, 'securityProfile')), proposed: profile } })
}

function present<Value>(changed: Changed<Value> | null, configured: Value | undefined): Changed<Value> {
  return changed ?? { accepted: null, proposed: null, configured: configured ?? null }
}

/** A clear no leaves the old value; a clear yes puts a password in force at once. Of anything else the next connection tells. */
export function settleChange(chargePoint: ChargePoint, command: string, outcome: Outcome): ChargePoint {
  const change = changeOf(chargePoint, command)
  if (!change) return chargePoint
  const { password, profile } = chargePoint.security
  const refused = outcome.status === 'Rejected' || outcome.status === 'NotSupported'
  if (change.setting === 'profile') return refused ? withSecurity(chargePoint, { profile: withdrawn(profile) }) : chargePoint
  if (refused) return withSecurity(chargePoint, { password: withdrawn(password) })
  return outcome.status === 'Accepted' ? withSecurity(chargePoint, { password: fulfilled(password) }) : chargePoint
}

function withdrawn<Value>(changed: Changed<Value> | null): Changed<Value> | null {
  return changed?.accepted === null ? null : changed && { ...changed, proposed: null }
}

function fulfilled<Value>(changed: Changed<Value> | null): Changed<Value> | null {
  return changed?.proposed === null ? changed : changed && { ...changed, accepted: changed.proposed, proposed: null }
}

/** What a connection proves: that the Charge Point uses the new password, or meets the new security profile. */
export function proved(chargePoint: ChargePoint, proof: Proof, turn: Turn): ChargePoint {
  const { password, profile } = chargePoint.security
  const upgraded = typeof profile?.proposed === 'number' && proof.profile >= profile.proposed
  if (!proof.byProposed && !upgraded) return chargePoint
  if (upgraded) note(turn, 'info', chargePoint.identity, 0, `security profile ${profile.proposed} is in use; lower ones are refused from now on`)
  return withSecurity(chargePoint, {
    ...(proof.byProposed && { password: fulfilled(password) }),
    ...(upgraded && { profile: fulfilled(profile) }),
  })
}

/** A configuration that names another value than when it was changed is newer, and wins. */
export function heedConfiguration(chargePoint: ChargePoint, chargers: readonly ChargerConfig[]): ChargePoint {
  if (chargers.length === 0) return chargePoint
  const { security } = chargePoint
  const password = stillMeant(security.password, settingOf(chargePoint, 'password'))
  const profile = stillMeant(security.profile, settingOf(chargePoint, 'securityProfile'))
  return password === security.password && profile === security.profile ? chargePoint : withSecurity(chargePoint, { password, profile })
}

function stillMeant<Value>(changed: Changed<Value> | null, configured: Value | undefined): Changed<Value> | null {
  return changed?.configured === (configured ?? null) ? changed : null
}

function withSecurity(chargePoint: ChargePoint, change: Partial<Security>): ChargePoint {
  return amend(chargePoint, { security: { ...chargePoint.security, ...change } })
}

/** What came of a CALL, without the passwords that an angry Charge Point repeats in its words. */
export function discreet(chargePoint: ChargePoint, purpose: Purpose, outcome: Outcome): Outcome {
  if (outcome.status !== 'Refused') return outcome
  if (purpose.type === 'errand' && changeOf(chargePoint, purpose.command)?.setting === 'password') return { ...outcome, reason: 'the charger answered an error' }
  const { password } = chargePoint.security
  const known = [settingOf(chargePoint, 'password'), password?.accepted, password?.proposed].filter((word) => typeof word === 'string')
  return { ...outcome, reason: known.reduce((reason, word) => reason.replaceAll(word, '***'), outcome.reason) }
}
