import fc from 'fast-check'
import { test } from 'vitest'
import { simulate, type Plan, type Action } from '../fixtures/knx-gateway/simulation.ts'
const fates = fc.array(fc.oneof(
  { weight: 3, arbitrary: fc.constant([1]) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 3 }) },
), { maxLength: 120 })
const gapMs = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 100_000 }))
const traffic: fc.Arbitrary<Action> = fc.record({ type: fc.constantFrom('transmit' as const, 'other' as const, 'wait' as const), afterMs: gapMs })
const disasters: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('restart' as const), afterMs: gapMs, offMs: gapMs }),
  fc.record({ type: fc.constant('crash' as const), afterMs: gapMs }),
)
const troubled: fc.Arbitrary<Plan> = fc.record({
  actions: fc.array(fc.oneof({ weight: 5, arbitrary: traffic }, { weight: 1, arbitrary: disasters }), { maxLength: 30 })
    .map((actions): readonly Action[] => [...actions, { type: 'wait', afterMs: 100_000 }, { type: 'transmit', afterMs: 300_000 }]),
  fates, tunnels: fc.integer({ min: 1, max: 4 }), restMs: fc.constant(10_000),
})
test('stat', () => {
  let max = 0; const counts: Record<string, number> = {}; let unhealed = 0; const hist: number[] = []
  for (const plan of fc.sample(troubled, 5000)) {
    const seen = simulate(plan)
    for (const item of seen) counts[item.type] = (counts[item.type] ?? 0) + 1
    let end = 0; for (const a of plan.actions.slice(0,-1)) end += a.afterMs
    const healed = seen.find(i => i.type === 'healed')?.at ?? (plan.fates.length ? Infinity : 0)
    if (healed === Infinity) { unhealed++; continue }
    const calm = Math.max(healed, end)
    const lastUp = seen.findLast(i => i.type === 'up')?.at ?? Infinity
    max = Math.max(max, lastUp - calm); if (lastUp > calm) hist.push(lastUp - calm)
  }
  hist.sort((a,b)=>a-b)
  console.log(counts, { max, unhealed, late: hist.length, med: hist[hist.length>>1], p99: hist.slice(-20) })
})
