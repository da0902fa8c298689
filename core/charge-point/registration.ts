import type { Action } from '../ocpp/actions.ts'
import type { Order } from '../site/command.ts'
import { settingOf } from './authenticate.ts'
import type { ChargePoint } from './charge-point.ts'

/** The words of the configuration. */
export const registrationWords = ['accepted', 'pending', 'rejected'] as const
export type Registration = (typeof registrationWords)[number]

/** An answer to a boot that lets nothing be charged. */
export type Withheld = 'Pending' | 'Rejected'

/** What a boot is answered (OCPP 1.6 §4.2), with seconds: between heartbeats, or until it may boot again. */
export const registrations: { readonly [Word in Registration]: { readonly status: 'Accepted' | Withheld; readonly interval: number } } = {
  // Pings watch the link, so this is only for the charger's clock.
  accepted: { status: 'Accepted', interval: 300 },
  pending: { status: 'Pending', interval: 60 },
  rejected: { status: 'Rejected', interval: 300 },
}

/** What the configuration wants of a Charge Point. */
export function registrationOf(chargePoint: ChargePoint): Registration {
  return settingOf(chargePoint, 'registration') ?? 'accepted'
}

/** True when a Charge Point was told last what the configuration wants now. */
export function isToldItsRegistration(chargePoint: ChargePoint): boolean {
  const told = chargePoint.registered ? 'Accepted' : chargePoint.withheld
  return told === registrations[registrationOf(chargePoint)].status
}

/** True for a Charge Point that may charge, and knows it. */
export function isAccepted(chargePoint: ChargePoint): boolean {
  return chargePoint.registered && registrationOf(chargePoint) === 'accepted'
}

/** True for a Charge Point that is being set up, and knows it. */
export function isPending(chargePoint: ChargePoint): boolean {
  return chargePoint.withheld === 'Pending' && registrationOf(chargePoint) === 'pending'
}

/** What a pending Charge Point may say, for it can be triggered to (OCPP 1.6 §5.17, security whitepaper §5), or follows from that. */
const triggered: readonly Action[] = [
  'DiagnosticsStatusNotification', 'FirmwareStatusNotification', 'Heartbeat', 'LogStatusNotification', 'MeterValues',
  'SecurityEventNotification', 'SignCertificate', 'SignedFirmwareStatusNotification', 'StatusNotification',
]

/** May a Charge Point say this, by what it was told last? What else it says gets a SecurityError (OCPP-J 1.6 errata §3.10). */
export function isHeard(chargePoint: ChargePoint, action: Action): boolean {
  return action === 'BootNotification' || chargePoint.registered || (chargePoint.withheld === 'Pending' && triggered.includes(action))
}

const remoteStarts = ['RemoteStartTransaction', 'RemoteStopTransaction']

/** Why an order cannot be given to a Charge Point that the configuration keeps from charging; undefined when it can. */
export function unacceptedRefusal(chargePoint: ChargePoint, order: Order): string | undefined {
  const registration = registrationOf(chargePoint)
  if (registration === 'accepted') return undefined
  const startsOrStops = order.type === 'start' || order.type === 'stop' || (order.type === 'call' && remoteStarts.includes(order.action))
  if (registration === 'pending' && !startsOrStops) return undefined
  return `the charger is not accepted: its registration is ${registration} in the configuration`
}
