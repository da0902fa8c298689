import type { RequestOf } from '../ocpp/actions.ts'

type MeterValue = RequestOf<'MeterValues'>['meterValue'][number]
type SampledValue = MeterValue['sampledValue'][number]

/** What a set of sampled values comes to; null where they say nothing. */
export interface Reading {
  /** A, the highest phase */
  readonly current: number | null
  /** W, all phases */
  readonly power: number | null
  /** Wh */
  readonly register: number | null
}

type Quantity = 'current' | 'power' | 'voltage' | 'register'

interface Tally {
  rank: number
  total: number | null
  readonly phases: [number | null, number | null, number | null]
}

/** How several phases without a total make one value. */
const combine: { readonly [Name in Quantity]: (phases: readonly number[]) => number } = {
  current: (phases) => Math.max(...phases),
  power: (phases) => phases.reduce((sum, phase) => sum + phase, 0),
  voltage: (phases) => phases.reduce((sum, phase) => sum + phase, 0) / phases.length,
  register: (phases) => phases.reduce((sum, phase) => sum + phase, 0),
}

/** Each measurand the bridge reads, and the unit it has where none is named (OCPP 1.6 §7.31). */
const measurands: ReadonlyMap<string, { readonly quantity: Quantity; readonly unit: string }> = new Map([
  ['Current.Import', { quantity: 'current', unit: 'A' }],
  ['Power.Active.Import', { quantity: 'power', unit: 'W' }],
  ['Voltage', { quantity: 'voltage', unit: 'V' }],
  ['Energy.Active.Import.Register', { quantity: 'register', unit: 'Wh' }],
])

const scale: ReadonlyMap<string, number> = new Map([['A', 1], ['V', 1], ['W', 1], ['kW', 1_000], ['Wh', 1], ['kWh', 1_000]])

/** The later word on the same thing counts: the end of a transaction over a sample, a sample over the beginning. */
const ranks: ReadonlyMap<string, number> = new Map([['Transaction.Begin', 1], ['Interruption.Begin', 1], ['Transaction.End', 3]])
const usualRank = 2

/** No meter has seen more, in any unit. */
const largest = 1e12

const phaseIndex: ReadonlyMap<string, 0 | 1 | 2> = new Map([['L1', 0], ['L2', 1], ['L3', 2], ['L1-N', 0], ['L2-N', 1], ['L3-N', 2]])

/** Reads sampled values of every phase, unit and context into one reading; what is no number is passed over. */
export function readSamples(meterValues: readonly MeterValue[], phases: number): Reading {
  const tallies: { [Name in Quantity]?: Tally } = {}
  for (const { sampledValue } of meterValues) for (const sample of sampledValue) tally(tallies, sample)
  const power = value(tallies, 'power')
  return { current: value(tallies, 'current') ?? currentFrom(power, tallies, phases), power, register: value(tallies, 'register') }
}

function tally(tallies: { [Name in Quantity]?: Tally }, sample: SampledValue): void {
  const measurand = measurands.get(sample.measurand ?? 'Energy.Active.Import.Register')
  if (!measurand || sample.format === 'SignedData') return
  const unit = sample.unit ?? measurand.unit
  const amount = numberOf(sample.value) * (scale.get(unit) ?? Number.NaN)
  if (!(Math.abs(amount) <= largest)) return
  const rank = (sample.context === undefined ? undefined : ranks.get(sample.context)) ?? usualRank
  const known = tallies[measurand.quantity]
  if (known && known.rank > rank) return
  const entry: Tally = known?.rank === rank ? known : { rank, total: null, phases: [null, null, null] }
  tallies[measurand.quantity] = entry
  const { phase } = sample
  if (phase === undefined) {
    entry.total = amount
    return
  }
  const index = phaseIndex.get(phase)
  if (index !== undefined) entry.phases[index] = amount
}

function value(tallies: { readonly [Name in Quantity]?: Tally }, quantity: Quantity): number | null {
  const entry = tallies[quantity]
  if (!entry) return null
  if (entry.total !== null) return entry.total
  const phases = measured(entry)
  return phases.length === 0 ? null : combine[quantity](phases)
}

function measured(entry: Tally): readonly number[] {
  return entry.phases.filter((phase): phase is number => phase !== null)
}

const usualVolts = 230
/** V: less is no voltage to charge with, and not to be divided by. */
const leastVolts = 50

/** A charger that measures only power still has a current: by its voltage, or 230 V, over the phases it reports, or is connected to. */
function currentFrom(power: number | null, tallies: { readonly [Name in Quantity]?: Tally }, connected: number): number | null {
  if (power === null) return null
  const phases = tallies.power ? measured(tallies.power) : []
  const strongest = phases.length > 0 ? Math.max(...phases) : power / connected
  return strongest / Math.max(value(tallies, 'voltage') ?? usualVolts, leastVolts)
}

/** Decimals with a comma are decimals; anything else that is no plain number is NaN. */
function numberOf(text: string): number {
  const trimmed = text.trim()
  if (trimmed === '') return Number.NaN
  return Number(trimmed.includes(',') ? trimmed.replace(',', '.') : trimmed)
}
