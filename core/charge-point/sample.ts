import type { Instant } from '../site/event.ts'
import type { ChargePoint } from './charge-point.ts'
import type { Connector } from './connector.ts'
import { liveValue, meterLifetime } from './live.ts'
import { energyOf } from './transaction.ts'

/** What is live on a connector once its meter has spoken; null where nothing is known. */
export interface Sample {
  readonly identity: string
  readonly connector: number
  readonly at: Instant
  /** The id of the running transaction. */
  readonly transaction: number | null
  /** A, the highest phase */
  readonly current: number | null
  /** W, all phases */
  readonly power: number | null
  /** Wh */
  readonly register: number | null
  /** Wh of the running transaction so far */
  readonly energy: number | null
  /** V between a phase and neutral, the mean */
  readonly voltage: number | null
  /** % of the car's battery */
  readonly soc: number | null
}

/** The sample of a connector at an instant. */
export function sampleOf(chargePoint: ChargePoint, connector: Connector, at: Instant): Sample {
  const { meter, transaction } = connector
  const lifetimeMs = meterLifetime(chargePoint)
  return {
    identity: chargePoint.identity,
    connector: connector.id,
    at,
    transaction: transaction && transaction.id,
    current: liveValue(chargePoint, connector, 'current', meter.current, at, lifetimeMs),
    power: liveValue(chargePoint, connector, 'power', meter.power, at, lifetimeMs),
    register: liveValue(chargePoint, connector, 'register', meter.register, at, lifetimeMs),
    energy: transaction && energyOf(transaction),
    voltage: liveValue(chargePoint, connector, 'voltage', meter.voltage, at, lifetimeMs),
    soc: liveValue(chargePoint, connector, 'soc', meter.soc, at, lifetimeMs),
  }
}
