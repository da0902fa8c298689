import type { RequestOf } from '../ocpp/actions.ts'
import { parseDecimal } from './decimal.ts'
import { conductors, lines, measurands, placeOf, rankOf, usualMeasurand, type Quantity } from './measurands.ts'

type MeterValue = RequestOf<'MeterValues'>['meterValue'][number]
type SampledValue = MeterValue['sampledValue'][number]

/** L1, L2, L3; null where nothing is known of one. */
export type Phases = readonly [number | null, number | null, number | null]

/** What a set of sampled values comes to; null where they say nothing. */
export interface Reading {
  /** A, the highest phase */
  readonly current: number | null
  readonly currents: Phases | null
  /** W, all phases */
  readonly power: number | null
  readonly powers: Phases | null
  /** V between a phase and neutral, the mean */
  readonly voltage: number | null
  readonly voltages: Phases | null
  /** In the unit that is named, or in Wh */
  readonly register: number | null
  /** The register was named in kWh: there is no doubt about its unit. */
  readonly inKilowattHours: boolean
  /** How good the place of the register is; see `placeOf`. */
  readonly place: number
  /** % */
  readonly soc: number | null
  /** A that the charger offers the car, by either */
  readonly offered: number | null
  /** A of the highest phase */
  readonly offeredCurrent: number | null
  /** W, all phases */
  readonly offeredPower: number | null
}

interface Tally {
  rank: number
  total: number | null
  l1: number | null
  l2: number | null
  l3: number | null
  unit: string
  place: number
}

type Tallies = { [Name in Quantity]?: Tally }

/**
 * Reads sampled values of every phase, unit, context, place and format into one reading, for a charger on so many phases. What is no
 * number, or none that can be, is passed over; so are signed values in forms of their own (OCMF).
 */
export function readSamples(meterValues: readonly MeterValue[], phases: number): Reading {
  const tallies: Tallies = {}
  for (const { sampledValue } of meterValues) for (const sample of sampledValue) tally(tallies, sample)
  const { current, power, voltage, lineVoltage, register, soc, currentOffered, powerOffered } = tallies
  const voltages = phasesOf(voltage) ?? (voltage ? null : toNeutral(phasesOf(lineVoltage), phases))
  const currents = phasesOf(current)
  const powers = phasesOf(power)
  const offeredCurrent = highestOf(currentOffered)
  const offeredPower = totalOf(powerOffered)
  return {
    // The sum of three phases is the current of none.
    current: (currents && highest(currents)) ?? current?.total ?? null,
    currents,
    power: totalOf(power),
    powers,
    voltage: (voltages && mean(voltages)) ?? voltage?.total ?? null,
    voltages,
    register: register ? register.total ?? sum([register.l1, register.l2, register.l3]) : null,
    inKilowattHours: register?.unit === 'kWh',
    place: register?.place ?? 0,
    soc: soc?.total ?? null,
    offered: offeredCurrent ?? (offeredPower === null ? null : offeredPower / (usualVolts * phases)),
    offeredCurrent,
    offeredPower,
  }
}

function tally(tallies: Tallies, sample: SampledValue): void {
  const measurand = measurands.get(sample.measurand === undefined || sample.measurand === '' ? usualMeasurand : sample.measurand)
  if (!measurand) return
  const unit = sample.unit === undefined || sample.unit === '' ? measurand.unit : sample.unit
  const amount = parseDecimal(sample.value) * (measurand.units.get(unit) ?? Number.NaN)
  // Also false for NaN.
  if (!(Math.abs(amount) <= measurand.greatest) || (amount < 0 && measurand.belowZero === 'nothing')) return
  const { phase } = sample
  const line = measurand.quantity === 'voltage' && phase !== undefined ? lines.get(phase) : undefined
  const conductor = line ?? (phase === undefined ? undefined : conductors.get(phase))
  if (phase !== undefined && conductor === undefined) return
  put(tallies, line === undefined ? measurand.quantity : 'lineVoltage', conductor, Math.max(0, amount), sample, unit)
}

function put(tallies: Tallies, quantity: Quantity, conductor: 0 | 1 | 2 | undefined, amount: number, sample: SampledValue, unit: string): void {
  const rank = rankOf(sample.format, sample.location, sample.context)
  const known = tallies[quantity]
  if (known && known.rank > rank) return
  const entry: Tally = known?.rank === rank ? known : { rank, total: null, l1: null, l2: null, l3: null, unit, place: placeOf(sample.location) }
  tallies[quantity] = entry
  entry.unit = unit
  if (conductor === undefined) entry.total = amount
  else if (conductor === 0) entry.l1 = amount
  else if (conductor === 1) entry.l2 = amount
  else entry.l3 = amount
}

function phasesOf(entry: Tally | undefined): Phases | null {
  return !entry || (entry.l1 === null && entry.l2 === null && entry.l3 === null) ? null : [entry.l1, entry.l2, entry.l3]
}

/** Between two of three phases there is √3 times what is between one and neutral; with fewer the car is connected between the two. */
function toNeutral(voltages: Phases | null, phases: number): Phases | null {
  const share = phases === 3 ? Math.sqrt(3) : 1
  return voltages && [over(voltages[0], share), over(voltages[1], share), over(voltages[2], share)]
}

function over(amount: number | null, share: number): number | null {
  return amount === null ? null : amount / share
}

function highest(phases: Phases): number | null {
  let most: number | null = null
  for (const phase of phases) if (phase !== null && (most === null || phase > most)) most = phase
  return most
}

function sum(phases: Phases): number | null {
  let total: number | null = null
  for (const phase of phases) if (phase !== null) total = (total ?? 0) + phase
  return total
}

/** V: less is no voltage to charge with, and not to be divided by. */
export const leastVolts = 50
/** V between a phase and neutral, where nobody measures it. */
export const usualVolts = 230

/** The mean of those phases that have a voltage; where none has, of all that were measured. */
function mean(phases: Phases): number | null {
  return meanFrom(phases, leastVolts) ?? meanFrom(phases, 0)
}

function meanFrom(phases: Phases, least: number): number | null {
  let total = 0
  let count = 0
  for (const phase of phases) {
    if (phase === null || phase < least) continue
    total += phase
    count += 1
  }
  return count === 0 ? null : total / count
}

function highestOf(entry: Tally | undefined): number | null {
  const phases = phasesOf(entry)
  return phases ? highest(phases) : (entry?.total ?? null)
}

function totalOf(entry: Tally | undefined): number | null {
  const phases = phasesOf(entry)
  return entry?.total ?? (phases && sum(phases))
}
