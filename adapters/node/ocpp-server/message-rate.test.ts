import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openMessageRate } from './message-rate.ts'

describe('The message rate of one peer', () => {
  it('A burst within the limit needs no rest, the message after it does.', () => {
    const rate = openMessageRate(100, 5, () => 0)
    expect([1, 2, 3, 4, 5, 6].map(() => rate.take())).toEqual([0, 0, 0, 0, 0, 10])
  })

  it('Time fills the bucket again, up to one burst.', () => {
    let now = 0
    const rate = openMessageRate(100, 5, () => now)
    for (let i = 0; i < 5; i++) rate.take()
    now = 1_000_000
    expect([1, 2, 3, 4, 5, 6, 7].map(() => rate.take())).toEqual([0, 0, 0, 0, 0, 0, 10])
  })

  it('Who rests as told sends no more than the burst and the rate allow.', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(20)), (perSecond, burst, idles) => {
        let now = 0
        let taken = 0
        const rate = openMessageRate(perSecond, burst, () => now)
        for (const idle of idles) {
          now += idle
          taken += 1
          now += rate.take()
        }
        expect(taken).toBeLessThanOrEqual(burst + 1 + 1e-6 + (now / 1000) * perSecond)
      }),
    )
  })
})
