/** What the bridge reads of a meter. */
export type Quantity = 'current' | 'power' | 'voltage' | 'lineVoltage' | 'register' | 'soc' | 'currentOffered' | 'powerOffered'

/** How a measurand is read: its units in A, W, V, Wh or %, the unit it has where none is named, and the greatest value that can be. */
export interface Measurand {
  readonly quantity: Quantity
  readonly unit: string
  readonly units: ReadonlyMap<string, number>
  readonly greatest: number
  /** What a value below zero says: nothing flows in (back-feed, noise), or no value at all. */
  readonly belowZero: 'zero' | 'nothing'
}

const amperes = new Map([['A', 1], ['mA', 0.001]])
const watts = new Map([['W', 1], ['kW', 1_000]])
const volts = new Map([['V', 1], ['kV', 1_000]])

/** Each measurand the bridge reads (OCPP 1.6 §7.31); exported, reactive and interval values are not among them and never stand in for others. */
export const measurands: ReadonlyMap<string, Measurand> = new Map([
  ['Current.Import', { quantity: 'current', unit: 'A', units: amperes, greatest: 1_000, belowZero: 'zero' }],
  ['Power.Active.Import', { quantity: 'power', unit: 'W', units: watts, greatest: 1e6, belowZero: 'zero' }],
  ['Voltage', { quantity: 'voltage', unit: 'V', units: volts, greatest: 1_000, belowZero: 'nothing' }],
  ['Energy.Active.Import.Register', { quantity: 'register', unit: 'Wh', units: new Map([['Wh', 1], ['kWh', 1_000]]), greatest: 1e12, belowZero: 'nothing' }],
  ['SoC', { quantity: 'soc', unit: 'Percent', units: new Map([['Percent', 1], ['%', 1]]), greatest: 100, belowZero: 'nothing' }],
  ['Current.Offered', { quantity: 'currentOffered', unit: 'A', units: amperes, greatest: 1_000, belowZero: 'nothing' }],
  ['Power.Offered', { quantity: 'powerOffered', unit: 'W', units: watts, greatest: 1e6, belowZero: 'nothing' }],
])

/** What a sample without a measurand measures (OCPP 1.6 §7.43). */
export const usualMeasurand = 'Energy.Active.Import.Register'

/** The conductor of a phase; N carries no power, and is none. */
export const conductors: ReadonlyMap<string, 0 | 1 | 2> = new Map([['L1', 0], ['L2', 1], ['L3', 2], ['L1-N', 0], ['L2-N', 1], ['L3-N', 2]])

/** Voltages between two phases, by the first of them. */
export const lines: ReadonlyMap<string, 0 | 1 | 2> = new Map([['L1-L2', 0], ['L2-L3', 1], ['L3-L1', 2]])

/** The outlet counts over places that measure other things too, such as the charger's own use; none named is the outlet (OCPP 1.6 §7.43). */
const places: ReadonlyMap<string, number> = new Map([['Outlet', 5], ['Cable', 4], ['EV', 3], ['Inlet', 2], ['Body', 1]])

/** How good a place is to measure at: 5 the outlet, 0 one that nobody knows. */
export function placeOf(location: string | undefined): number {
  return location === undefined ? 5 : (places.get(location) ?? 0)
}

/** The later word counts: the end of a transaction over a sample, a sample over the beginning. */
const occasions: ReadonlyMap<string, number> = new Map([['Transaction.Begin', 1], ['Interruption.Begin', 1], ['Transaction.End', 3]])
const usualOccasion = 2

/** Which of two samples of one thing counts: a plain one over a signed one, then by its place, then by its context; the later of equals. */
export function rankOf(format: string | undefined, location: string | undefined, context: string | undefined): number {
  const occasion = (context === undefined ? undefined : occasions.get(context)) ?? usualOccasion
  return (format === 'SignedData' ? 0 : 100) + placeOf(location) * 10 + occasion
}
