import type { ChargerConfig } from '../config/site-config.ts'
import type { Instant } from '../site/event.ts'
import type { Rules } from '../site/turn.ts'
import type { ChargePoint } from './charge-point.ts'
import type { Connector } from './connector.ts'
import { smartCharging, waitsForTransaction, wantedAmperes } from './limit.ts'

/** The limit of a charger in A, who holds it there, and why the charger has not taken it yet. */
export interface LimitView {
  readonly wanted: number
  readonly accepted: number | null
  readonly effective: number | null
  readonly normal: number
  readonly fast: number
  readonly most: number
  readonly holder: 'normal' | 'fast' | 'override' | 'paused'
  /** The holder as a sentence. */
  readonly words: string
  /** Null: the charger has accepted what is wanted. */
  readonly waits: string | null
  /** When it is tried again, where that is known. */
  readonly waitsUntil: Instant | null
}

export function describeLimit(chargePoint: ChargePoint, connector: Connector, charger: ChargerConfig, at: Instant, rules: Rules): LimitView {
  const { limit } = connector
  const wanted = wantedAmperes(connector)
  const holder = holderOf(connector)
  const [waits, waitsUntil] = limit.accepted === wanted ? [null, null] : reasonToWait(chargePoint, connector, at, rules)
  return {
    wanted, accepted: limit.accepted, effective: limit.effective,
    normal: charger.normalCurrent, fast: charger.fastCurrent, most: charger.fuseCurrent,
    holder, words: holderWords[holder](wanted), waits, waitsUntil,
  }
}

function holderOf({ wanted }: Connector): LimitView['holder'] {
  if (wanted.paused) return 'paused'
  return wanted.override === null ? wanted.mode : 'override'
}

const holderWords: { readonly [Holder in LimitView['holder']]: (amperes: number) => string } = {
  normal: (amperes) => `normal mode: ${amperes} A`,
  fast: (amperes) => `fast mode: ${amperes} A`,
  override: (amperes) => `a limit of ${amperes} A was given; it holds until normal or fast is chosen`,
  paused: () => 'stopped: the charger is held at 0 A until it is started again',
}

type Waiting = readonly [words: string, until: Instant | null]

/** The first thing that stands in the way, in the order in which limit.ts looks at them. */
function reasonToWait(chargePoint: ChargePoint, connector: Connector, at: Instant, { limitIntervalMs }: Rules): Waiting {
  const { link, registered, pending } = chargePoint
  const { restsUntil, failures, accepted } = connector.limit
  if (!link) return ['the charger is not connected', null]
  if (!registered) return ['the charger has not booted yet', null]
  if (!smartCharging(chargePoint)) return ['the charger cannot be limited', null]
  if (pending?.purpose.type === 'limit' && pending.purpose.connector === connector.id) return ['the charger has been asked and has not answered yet', null]
  if (restsUntil > at) {
    if (failures > 0) return ['the charger refused; it is asked in another form', restsUntil]
    if (accepted === null && restsUntil > at + limitIntervalMs) return ['the charger did not accept it; it is asked again', restsUntil]
    return [`limits of one charger are at least ${limitIntervalMs / 1_000} s apart`, restsUntil]
  }
  if (waitsForTransaction(connector)) return ['the charger takes a limit only while it charges', null]
  return ['the charger is busy with something else', null]
}
