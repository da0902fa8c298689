import { describe, expect, test } from 'vitest'
import { readSamples, type Reading } from './reading.ts'

type Sample = Parameters<typeof readSamples>[0][number]['sampledValue'][number]

/** What a charger on three phases says with these samples. */
function read(samples: readonly Sample[], phases = 3): Partial<Reading> {
  const reading = readSamples([{ timestamp: undefined, sampledValue: samples }], phases)
  // What says nothing is left out.
  return Object.fromEntries(Object.entries(reading).filter(([name, value]) => value !== null && name !== 'place' && name !== 'inKilowattHours'))
}

const current = (value: string, more: Partial<Sample> = {}): Sample => ({ value, measurand: 'Current.Import', ...more })
const power = (value: string, more: Partial<Sample> = {}): Sample => ({ value, measurand: 'Power.Active.Import', ...more })
const voltage = (value: string, more: Partial<Sample> = {}): Sample => ({ value, measurand: 'Voltage', ...more })

describe('Units and numbers', () => {
  test('A sample that names nothing is the register in Wh; a unit that is not named is judged by the measurand.', () => {
    expect(read([{ value: '1500' }])).toEqual({ register: 1_500 })
    expect(read([current('9.8'), power('2250'), voltage('230')])).toEqual({ current: 9.8, power: 2_250, voltage: 230 })
    expect(read([{ value: '1500', measurand: '', unit: '' }])).toEqual({ register: 1_500 })
  })

  test('Thousands and thousandths are scaled; a decimal may be written with a comma.', () => {
    expect(read([{ value: '3051.29', unit: 'kWh' }, power('6,9', { unit: 'kW' }), current('9800', { unit: 'mA' })]))
      .toEqual({ register: 3_051_290, power: 6_900, current: 9.8 })
  })

  test.each(['NaN', '', ' ', 'Infinity', '1e400', '0x10', '1.2.3', '12 A', '-', '.', 'null', '{"a":1}'])('“%s” is no number, and says nothing.', (value) => {
    expect(read([current(value), { value }])).toEqual({})
  })

  test('What cannot be is passed over: too much of anything, and what is below nothing.', () => {
    expect(read([current('1000.1'), power('1e6', { unit: 'kW' }), voltage('1001'), voltage('-230'), { value: '-1' }, { value: '1e13' }, { value: '101', measurand: 'SoC' }])).toEqual({})
  })

  test('A current or power that flows back is none that flows in.', () => {
    expect(read([current('-0.02'), power('-7000')])).toEqual({ current: 0, power: 0 })
  })

  test('A unit of something else is passed over, and so are measurands of something else.', () => {
    expect(read([current('9', { unit: 'W' }), power('9', { unit: 'kvar' }), { value: '9', unit: 'varh' }])).toEqual({})
    const others = ['Current.Export', 'Power.Active.Export', 'Power.Reactive.Import', 'Energy.Active.Export.Register', 'Energy.Reactive.Import.Register', 'Energy.Active.Import.Interval', 'Power.Factor', 'RPM', 'constructor']
    expect(read(others.map((measurand) => ({ value: '9', measurand })))).toEqual({})
  })
})

describe('Phases', () => {
  test('Phases without a total make the highest current, the sum of powers and registers, and the mean of the voltages that are there.', () => {
    const phases = ['L1', 'L2', 'L3']
    const each = (measurand: string, values: readonly string[]): readonly Sample[] => values.map((value, i) => ({ value, measurand, phase: phases[i] }))
    expect(read(each('Current.Import', ['6', '7.5', '0']))).toEqual({ current: 7.5, currents: [6, 7.5, 0] })
    expect(read(each('Power.Active.Import', ['100', '200', '300']))).toEqual({ power: 600, powers: [100, 200, 300] })
    expect(read(each('Voltage', ['229', '231', '0']))).toEqual({ voltage: 230, voltages: [229, 231, 0] })
    expect(read(each('Energy.Active.Import.Register', ['1', '2', '3']))).toEqual({ register: 6 })
  })

  test('L1-N is L1; the neutral conductor and phases that nobody knows are none.', () => {
    expect(read([current('6', { phase: 'L1-N' }), current('9', { phase: 'N' }), current('9', { phase: 'L9' }), current('9', { phase: 'L1-L2' })])).toEqual({ current: 6, currents: [6, null, null] })
  })

  test('A total counts for power; for current the phases do, because the sum of three is the current of none.', () => {
    expect(read([power('6900'), power('2300', { phase: 'L1' }), current('30'), current('10', { phase: 'L1' })])).toMatchObject({ power: 6_900, current: 10 })
  })

  test('Voltages between phases count where there is none to neutral: by √3 on three phases, as they are on fewer.', () => {
    const line = [voltage('400', { phase: 'L1-L2' }), voltage('400', { phase: 'L2-L3' }), voltage('400', { phase: 'L3-L1' })]
    expect(read(line).voltage).toBeCloseTo(230.94, 2)
    expect(read([voltage('240', { phase: 'L1-L2' })], 1).voltage).toBe(240)
    expect(read([...line, voltage('231', { phase: 'L1-N' })])).toEqual({ voltage: 231, voltages: [231, null, null] })
  })
})

describe('Which of two counts', () => {
  test('The end of a transaction counts over a sample, a sample over the beginning, and the later of equals.', () => {
    const at = (context: string, value: string) => current(value, { context })
    expect(read([at('Transaction.End', '1'), at('Sample.Periodic', '2'), at('Transaction.Begin', '3')])).toEqual({ current: 1 })
    expect(read([at('Transaction.Begin', '3'), at('Trigger', '2'), at('Interruption.Begin', '4')])).toEqual({ current: 2 })
    expect(read([at('Sample.Clock', '1'), at('Sample.Periodic', '2')])).toEqual({ current: 2 })
  })

  test('The outlet counts over the cable, the car, the inlet and the body, whatever the order.', () => {
    const [outlet, inlet] = [current('1', { location: 'Outlet' }), current('2', { location: 'Inlet' })]
    expect(read([outlet, inlet])).toEqual({ current: 1 })
    expect(read([inlet, current('1')])).toEqual({ current: 1 })
    expect(read([current('3', { location: 'Body' }), inlet])).toEqual({ current: 2 })
    expect(read([current('3', { location: 'somewhere' })])).toEqual({ current: 3 })
  })

  test('A signed value counts only where there is no other, and it is a plain number.', () => {
    expect(read([{ value: '7', format: 'SignedData' }, { value: '5', format: 'Raw' }])).toEqual({ register: 5 })
    expect(read([{ value: '7', format: 'SignedData' }])).toEqual({ register: 7 })
    expect(read([{ value: 'OCMF|{"RV":7}', format: 'SignedData' }])).toEqual({})
  })
})

test('What is offered is read in A, or in W over the phases; the state of charge is a percentage.', () => {
  expect(read([{ value: '13', measurand: 'Current.Offered' }, { value: '40', measurand: 'SoC', unit: 'Percent', location: 'EV' }])).toEqual({ offered: 13, offeredCurrent: 13, soc: 40 })
  expect(read([{ value: '11.04', measurand: 'Power.Offered', unit: 'kW' }])).toEqual({ offered: 16, offeredPower: 11_040 })
})
