import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginCount, countRegister, deliverable, finalEnergy, type Count } from './energy.ts'

const minute = 60_000
const fuse = 32

/** Counts registers in Wh a minute apart, from a meterStart. */
function counted(meterStart: number, registers: readonly number[], before: number | null = null): Count {
  return registers.reduce((count, register, i) => countRegister(count, register, (i + 1) * minute, fuse), beginCount(meterStart, 0, before))
}

function ended(meterStart: number, registers: readonly number[], meterStop: number | undefined, before: number | null = null): number {
  const endedAt = (registers.length + 1) * minute
  return finalEnergy(counted(meterStart, registers, before), { meterStart, startedAt: 0 }, { meterStop, endedAt }, fuse)
}

describe('While it runs', () => {
  test('The energy is what the register rose by since meterStart.', () => {
    expect(counted(1_000, [1_100, 1_250.5, 1_300]).energy).toBe(300)
  })

  test('Where meterStart cannot be, the first register seen is the beginning: it is saturated, or 0 beside a register that differs.', () => {
    expect(counted(2 ** 31 - 1, [2_200_000_000, 2_200_000_150]).energy).toBe(150)
    expect(counted(0, [54_321_000, 54_321_150]).energy).toBe(150)
    expect(counted(5, [54_321_000, 54_321_150]).energy).toBe(150)
  })

  test('The register from before the transaction is the beginning, where meterStart tells nothing.', () => {
    expect(counted(0, [54_321_100], 54_321_000).energy).toBe(100)
    expect(counted(2 ** 31 - 1, [2_200_000_100], 2_200_000_000).energy).toBe(100)
  })

  test('A counter of the session, that begins at 0, is counted from 0, whatever meterStart and the session before.', () => {
    expect(counted(0, [120, 250]).energy).toBe(250)
    expect(counted(5_000_000, [120, 250]).energy).toBe(250)
    expect(counted(0, [120, 250], 7_000).energy).toBe(250)
  })

  test('A register that begins anew in the session costs nothing.', () => {
    expect(counted(1_000, [5_000, 9_000, 100, 250]).energy).toBe(8_250)
  })

  test('A register that is rounded here and exact there counts once.', () => {
    expect(counted(1_200, [1_234, 1_000, 1_240, 1_000, 1_300]).energy).toBe(100)
    expect(counted(1_234, [1_200, 1_300]).energy).toBe(66)
  })

  test('A register of 0 after more says nothing.', () => {
    expect(counted(900, [950, 0, 960]).energy).toBe(60)
  })

  test('A jump beyond all reason counts nothing, and neither does the way back.', () => {
    expect(counted(54_000_000, [54_000_100, 1e11, 54_000_200, 54_000_300]).energy).toBe(200)
  })

  test('What an older message shows is not counted again.', () => {
    const count = counted(1_000, [1_100, 1_200])
    expect(countRegister(count, 1_100, minute, fuse)).toBe(count)
  })

  test('Hours without a word are made up for by the next register.', () => {
    expect(countRegister(counted(1_000, [1_100]), 61_100, 6 * 3_600_000, fuse).energy).toBe(60_100)
  })
})

describe('When it ends', () => {
  test('The energy is meterStop − meterStart, whatever the registers in between were of.', () => {
    expect(ended(100, [4_242], 2_000)).toBe(1_900)
    expect(ended(1_000, [], 1_500)).toBe(500)
    expect(ended(0, [], 43)).toBe(43)
  })

  test('It is counted where meterStart is 0 beside a register that differs, or saturated; meterStop is the last step.', () => {
    expect(ended(0, [54_321_000, 54_326_000], 54_326_100)).toBe(5_100)
    expect(ended(2 ** 31 - 1, [2_200_000_000, 2_200_005_000], 2 ** 31 - 1)).toBe(5_000)
    expect(ended(0, [300, 700], 720)).toBe(720)
  })

  test('A meterStop that counts the session alone is what was charged.', () => {
    expect(ended(5_000_000, [], 900)).toBe(900)
    expect(ended(5_000_000, [300, 700], 720)).toBe(720)
  })

  test('A meterStop that is missing, 0, or the same as meterStart gives way to what was counted.', () => {
    expect(ended(1_000, [1_200, 1_400], undefined)).toBe(400)
    expect(ended(1_000, [1_200, 1_400], 0)).toBe(400)
    expect(ended(1_000, [1_200, 1_400], 1_000)).toBe(400)
  })

  test('Where nothing is known of the energy it is none.', () => {
    expect(ended(0, [], 54_321_000)).toBe(0)
    expect(ended(2 ** 31 - 1, [], undefined)).toBe(0)
    expect(ended(-5, [], -10)).toBe(0)
  })
})

test('Whatever a meter shows, the energy is a whole number from 0 to what can be delivered, and never falls.', () => {
  const wattHours = fc.oneof(fc.double({ min: -1e6, max: 1e12, noNaN: true }), fc.constantFrom(0, 1, 1_000, 2 ** 31 - 1, 2 ** 32 - 1), fc.nat(100_000))
  fc.assert(fc.property(wattHours, fc.array(fc.tuple(wattHours, fc.nat(3_600_000))), fc.option(wattHours, { nil: undefined }), (meterStart, steps, meterStop) => {
    let count = beginCount(meterStart, 0)
    let now = 0
    for (const [register, ms] of steps) {
      now += ms
      const next = countRegister(count, register, now, fuse)
      expect(next.energy).toBeGreaterThanOrEqual(count.energy)
      expect(next.energy - count.energy).toBeLessThanOrEqual(deliverable(now - count.at) * (1 + 1e-9))
      count = next
    }
    const energy = finalEnergy(count, { meterStart, startedAt: 0 }, { meterStop, endedAt: now }, fuse)
    expect(Number.isInteger(energy) && energy >= 0).toBe(true)
  }), { numRuns: 2_000 })
})
