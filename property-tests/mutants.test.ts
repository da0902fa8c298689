import { describe, expect, test } from 'vitest'
import { begin, step } from './happening.ts'
import { laws } from './laws.ts'
import type { Law, LongLaw } from './laws/law.ts'
import { longLaws } from './laws/long.ts'
import { leavesArguments, neverThrows } from './laws/shape.ts'
import { secrets } from './alphabet/security.ts'
import { ready } from './expeditions.ts'
import { busMutants } from './mutants/bus.ts'
import { commandMutants } from './mutants/commands.ts'
import type { Mutant } from './mutants/edit.ts'
import { frameMutants } from './mutants/frames.ts'
import { levelMutants } from './mutants/levels.ts'
import { setUpMutants } from './mutants/set-up.ts'
import { securityMutants } from './mutants/security.ts'
import { meteringMutants } from './mutants/metering.ts'
import { shapeMutants } from './mutants/shape.ts'
import { transactionMutants } from './mutants/transactions.ts'
import { run, type Outcome } from './run.ts'
import { smallSite } from './small-site.ts'
import { unconverged } from './world/converged.ts'
import { allWishes } from './world/moves.ts'
import { settled, worldOf } from './world/settled.ts'

const mutants = [
  ...shapeMutants, ...frameMutants, ...transactionMutants, ...meteringMutants, ...commandMutants, ...busMutants, ...setUpMutants, ...securityMutants,
]
const titles = [leavesArguments, neverThrows, ...laws.map(({ title }) => title), ...longLaws.map(({ title }) => title)]
const guarded = { charger: { password: secrets[0] } }
/** One whose configuration lacks something. */
const toSetUp = ready({ connectors: [1], localList: true }, 'Core,LocalAuthListManagement', { until: 'ChangeConfiguration', configuration: { MeterValueSampleInterval: '0' } })
/** One that is free, and may want to be restarted for what is written into it. */
const toReboot = ready({ connectors: [1] }, 'Core', { until: 'ChangeConfiguration', configuration: { MeterValueSampleInterval: '0' } })
const starts = [ready({ ...guarded, identities: ['CP1', 'CP2'] }, 'Core,SmartCharging'), begin(smallSite({ identities: ['CP1', 'CP2'] })), toSetUp, toReboot]

/** Numbers that look like chance and are always the same (xorshift). */
function numbers(seed: number, count: number): readonly number[] {
  let state = seed + 1
  return Array.from({ length: count }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  })
}

/** Looks for a breach of one law in many runs of a faulty site. */
function hunt({ law, mutate, faulty }: Mutant): Outcome['breach'] {
  const one = <L extends Law | LongLaw>(all: readonly L[]): readonly L[] => all.filter(({ title }) => title.startsWith(law))
  for (let seed = 0; seed < 300; seed++) {
    const from = starts[seed % starts.length]
    if (!from) break
    const { breach } = run({ step: mutate(step), from, laws: faulty ? [faulty] : one(laws), longLaws: one(longLaws) }, numbers(seed, 300))
    if (breach) return breach
  }
  return undefined
}

describe('Every law can fail', () => {
  test.each(mutants)('A site that $title is found by: $law …', (mutant) => {
    const breach = hunt(mutant)
    expect(breach?.title.slice(0, mutant.law.length)).toBe(mutant.law)
  })

  test.each(levelMutants)('A site that $title does not come to what is wanted.', ({ law, mutate }) => {
    const wrong = Array.from({ length: 40 }, (_, seed) => seed).find((seed) => {
      const world = worldOf({}, { step: mutate(step), laws: [], character: { goesOn: true } })
      return unconverged(settled(world, { wishes: allWishes, cruel: seed % 2 === 1 }, numbers(seed, 60))).some((complaint) => complaint.includes(law))
    })
    expect(wrong).toBeDefined()
  })

  test('There is a fault for every law, and every fault names one law.', () => {
    expect(titles.filter((title) => !mutants.some(({ law }) => title.startsWith(law)))).toEqual([])
    expect(mutants.filter(({ law }) => titles.filter((title) => title.startsWith(law)).length !== 1)).toEqual([])
  })
})
