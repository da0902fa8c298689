import { expect, it } from 'vitest'
import { steadyClock } from './clock.ts'

function clocks() {
  const state = { wall: 1_000_000, monotonic: 0 }
  const now = steadyClock(() => state.wall, () => state.monotonic)
  const pass = (ms: number) => {
    state.wall += ms
    state.monotonic += ms
  }
  return { state, now, pass }
}

it('Time is that of the wall clock.', () => {
  const { now, pass } = clocks()
  pass(250)
  expect(now()).toBe(1_000_250)
})

it('A wall clock set forward is followed at once.', () => {
  const { state, now } = clocks()
  state.wall += 3_600_000
  expect(now()).toBe(4_600_000)
})

it('A wall clock set back is caught up with at half speed, never backwards and never standing still.', () => {
  const { state, now, pass } = clocks()
  state.wall -= 10_000
  expect(now()).toBe(1_000_000)
  pass(10_000)
  expect(now()).toBe(1_005_000)
  pass(10_000)
  expect(now()).toBe(1_010_000)
  pass(1_000)
  expect(now()).toBe(1_011_000)
})
