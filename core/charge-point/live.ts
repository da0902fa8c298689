import type { Instant } from '../site/event.ts'
import type { ChargePoint } from './charge-point.ts'
import type { Connector, Status } from './connector.ts'
import { configured } from './configuration-keys.ts'
import type { Metered } from './meter.ts'

/** How often a meter may miss its interval before its last word is no longer live. */
const patience = 3
/** ms that a value is live where the charger does not say how often it measures, and bounds where it does. */
const usualLifetime = 5 * 60_000
const shortestLifetime = 60_000
const longestLifetime = 3_600_000
/** ms a link may be gone before what was measured on it is not live. */
const absenceMs = 60_000

/** Configuration keys that say how often a charger measures, in seconds; 0: never (OCPP 1.6 §9.1). */
export const intervalKeys = ['MeterValueSampleInterval', 'ClockAlignedDataInterval'] as const

/** Milliseconds for which a meter value of this Charge Point is live: three of its intervals, or five minutes if it names none. */
export function meterLifetime(chargePoint: ChargePoint): number {
  let interval = 0
  for (const key of intervalKeys) {
    const seconds = Number(configured(chargePoint, key))
    if (seconds > 0 && (interval === 0 || seconds < interval)) interval = seconds
  }
  return interval === 0 ? usualLifetime : Math.min(Math.max(interval * 1_000 * patience, shortestLifetime), longestLifetime)
}

/** Is a value live: measured on this link, or one just lost, and not too long ago? */
function isLive({ link, offlineSince }: ChargePoint, since: Instant, at: Instant, lifetimeMs: number): boolean {
  const isHere = link ? since >= link.since : offlineSince !== null && at - offlineSince < absenceMs
  return isHere && at - since < lifetimeMs
}

/** A value of a connector's meter if it is live, whatever the connector's state; null when it is not. */
export function liveValue<Value>(chargePoint: ChargePoint, { meter }: Connector, name: Metered, value: Value, at: Instant, lifetimeMs = meterLifetime(chargePoint)): Value | null {
  return isLive(chargePoint, meter.since[name], at, lifetimeMs) ? value : null
}

/** What flows, of a current or power that was measured; in a state, if it is known, that does not charge nothing flows unless it is measured. */
export function flowing(chargePoint: ChargePoint, connector: Connector, name: 'current' | 'power', measured: number | null, status: Status | undefined, at: Instant): number | null {
  return liveValue(chargePoint, connector, name, measured, at) ?? (status === undefined || status === 'Charging' ? null : 0)
}

/** The register in Wh: while it charges, only as long as it is live; otherwise it stands still where it was seen last. */
export function standing(chargePoint: ChargePoint, connector: Connector, status: Status | undefined, at: Instant): number | null {
  if (status === undefined) return null
  return status === 'Charging' ? liveValue(chargePoint, connector, 'register', connector.meter.register, at) : connector.meter.register
}

const metered: readonly Metered[] = ['current', 'power', 'voltage', 'register', 'soc']

/** When the next value of a connector's meter ceases to be live; null: none does. */
export function nextExpiry(chargePoint: ChargePoint, { meter }: Connector, at: Instant): Instant | null {
  const lifetime = meterLifetime(chargePoint)
  let next: Instant | null = null
  for (const name of metered) {
    const expiry = meter.since[name] + lifetime
    if (expiry > at && (next === null || expiry < next)) next = expiry
  }
  return next
}
