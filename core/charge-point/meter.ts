import type { Instant } from '../site/event.ts'
import { leastVolts, usualVolts, type Phases, type Reading } from './reading.ts'

/** What the meter of a connector last said on a live link; null where it said nothing. Whether a value is still live, `live.ts` says. */
export interface Meter {
  /** A, the highest phase */
  readonly current: number | null
  /** A */
  readonly currents: Phases
  /** W, all phases */
  readonly power: number | null
  /** W */
  readonly powers: Phases
  /** V between a phase and neutral, the mean */
  readonly voltage: number | null
  /** V */
  readonly voltages: Phases
  /** Wh, Energy.Active.Import.Register */
  readonly register: number | null
  /** % of the car's battery */
  readonly soc: number | null
  /** A that the charger offers the car; believed only once it was above 0. */
  readonly offered: number | null
  /** Which of current and power was not measured, but computed from the other; both where nothing flows by the connector's state. */
  readonly computed: 'current' | 'power' | 'both' | null
  /** Wh for each unit of a register that is not named in kWh: 1000 where the charger was found to count in kWh all the same. */
  readonly wattHours: 1 | 1_000
  /** How good the place was where the register was measured; see `placeOf`. */
  readonly place: number
  /** When each value came. */
  readonly since: { readonly [Name in Metered]: Instant }
  /** When the last of them came. */
  readonly at: Instant
}

/** The values of a meter that are live for a while only. */
export type Metered = 'current' | 'power' | 'voltage' | 'register' | 'soc'

const none: Phases = [null, null, null]

export const emptyMeter: Meter = {
  current: null,
  currents: none,
  power: null,
  powers: none,
  voltage: null,
  voltages: none,
  register: null,
  soc: null,
  offered: null,
  computed: null,
  wattHours: 1,
  place: 0,
  since: { current: 0, power: 0, voltage: 0, register: 0, soc: 0 },
  at: 0,
}

/** The meter of a connector through which nothing flows. */
export function stillMeter(meter: Meter, at: Instant): Meter {
  const { voltage, register, soc } = meter.since
  return {
    current: 0,
    currents: zeros(meter.currents),
    power: 0,
    powers: zeros(meter.powers),
    voltage: meter.voltage,
    voltages: meter.voltages,
    register: meter.register,
    soc: meter.soc,
    offered: meter.offered,
    computed: 'both',
    wattHours: meter.wattHours,
    place: meter.place,
    since: { current: at, power: at, voltage, register, soc },
    at,
  }
}

function zeros([l1, l2, l3]: Phases): Phases {
  return [l1 && 0, l2 && 0, l3 && 0]
}

/** What of a meter survives a restart: its register, and how to read it. */
export function lastingMeter({ register, wattHours, place, at }: Meter): Meter {
  return { ...emptyMeter, register, wattHours, place, at }
}

/** When a reading came, for how many ms its values are live, and over how many phases the power goes where the charger does not say. */
export interface Occasion {
  readonly at: Instant
  readonly lifetimeMs: number
  readonly phases: number
}

/** Takes a live reading in. Of current and power the one that is not measured is computed from the other. */
export function withReading(meter: Meter, reading: Reading, { at, lifetimeMs, phases }: Occasion): Meter {
  const { since } = meter
  const voltage = reading.voltage ?? meter.voltage
  const voltages = reading.voltages ?? meter.voltages
  const volts = at - since.voltage < lifetimeMs || reading.voltage !== null ? { mean: voltage, each: voltages } : unknownVolts
  const needs = (name: 'current' | 'power') => reading[name] === null && (meter[name] === null || meter.computed === name || meter.computed === 'both' || at - since[name] >= lifetimeMs)
  const current = reading.current ?? (needs('current') ? currentFrom(reading, volts, phases) : null)
  const power = reading.power ?? (needs('power') ? powerFrom(reading, volts, phases) : null)
  const computed = reading.current === null && current !== null ? 'current' : reading.power === null && power !== null ? 'power' : null
  const register = isBetter(meter, reading, at - since.register < lifetimeMs) ? registerOf(reading, meter.wattHours) : null
  const offered = reading.offered !== null && (reading.offered > 0 || meter.offered !== null) ? reading.offered : meter.offered
  return {
    current: current ?? meter.current,
    currents: current === null ? meter.currents : (reading.currents ?? none),
    power: power ?? meter.power,
    powers: power === null ? meter.powers : (reading.powers ?? none),
    voltage,
    voltages,
    register: register ?? meter.register,
    soc: reading.soc ?? meter.soc,
    offered,
    computed: computed ?? kept(meter, reading),
    wattHours: meter.wattHours,
    place: register === null ? meter.place : reading.place,
    since: {
      current: current === null ? since.current : at,
      power: power === null ? since.power : at,
      voltage: reading.voltage === null ? since.voltage : at,
      register: register === null ? since.register : at,
      soc: reading.soc === null ? since.soc : at,
    },
    at,
  }
}

/** What was computed stays so until it is measured; both are measured, or one of them and the other computed anew. */
function kept({ computed }: Meter, { current, power }: Reading): Meter['computed'] {
  if (computed === 'both') return current === null && power === null ? 'both' : null
  return (computed === 'current' ? current : power) === null ? computed : null
}

/** A register from a worse place, such as the inlet, does not displace the live one of the outlet. */
function isBetter(meter: Meter, reading: Reading, isLive: boolean): boolean {
  return !isLive || reading.place >= meter.place
}

/** Wh of a reading, for a charger that counts so many Wh where it does not name kWh. */
export function registerOf({ register, inKilowattHours }: Reading, wattHours: number): number | null {
  return register === null ? null : register * (inKilowattHours ? 1 : wattHours)
}

/** Wh within which a first register is near meterStart: what may flow until it is told, and a kWh of rounding. */
const near = { below: 1_000, above: 20_000 } as const

/**
 * Some chargers name no unit, or Wh, and count in kWh. meterStart is always in whole Wh (OCPP 1.6 §6.45): when the first register of a
 * transaction is near meterStart only if it is taken for kWh, the charger counts in kWh from then on, and when it is near as it stands,
 * in Wh. A meterStart below 100 kWh is no evidence.
 */
export function wattHoursFound(known: 1 | 1_000, reading: Reading, meterStart: number): 1 | 1_000 {
  if (reading.register === null || reading.inKilowattHours || meterStart < 100_000) return known
  const isNear = (wattHours: number) => wattHours >= meterStart - near.below && wattHours <= meterStart + near.above
  if (isNear(reading.register)) return 1
  return isNear(reading.register * 1_000) ? 1_000 : known
}

interface Volts {
  readonly mean: number | null
  readonly each: Phases
}

const unknownVolts: Volts = { mean: null, each: none }

function voltsOf({ mean, each }: Volts, phase: number): number {
  return Math.max(each[phase] ?? mean ?? usualVolts, leastVolts)
}

/** A of the highest phase: by the powers of the phases, or the whole power over the phases the charger is on. */
function currentFrom({ power, powers }: Reading, volts: Volts, phases: number): number | null {
  if (powers) return Math.max(...powers.map((watts, phase) => (watts ?? 0) / voltsOf(volts, phase)))
  return power === null ? null : power / phases / Math.max(volts.mean ?? usualVolts, leastVolts)
}

/** W: the sum over the phases, or of one current over the phases the charger is on. */
function powerFrom({ current, currents }: Reading, volts: Volts, phases: number): number | null {
  if (currents) return currents.reduce<number>((sum, amperes, phase) => sum + (amperes ?? 0) * voltsOf(volts, phase), 0)
  return current === null ? null : current * phases * Math.max(volts.mean ?? usualVolts, leastVolts)
}
