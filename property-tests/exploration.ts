import { afterAll, describe, expect, test } from 'vitest'
import type { bounded, Slice } from './expeditions.ts'
import { explore, type Findings } from './explorer.ts'
import { step } from './happening.ts'
import { laws } from './laws.ts'
import { stateKey } from './state-key.ts'
import { story } from './walk.ts'

const rows: string[] = []

function remember(title: string, { states, edges, depth, closed }: Findings): void {
  rows.push(`${closed ? 'closed' : 'bounded'}  ${String(states).padStart(6)} states  ${String(edges).padStart(7)} edges  ${String(depth).padStart(3)} steps deep  ${title}`)
}

const told = ({ breaches }: Findings): string => breaches.map(({ breach, path }) => story(breach, path)).join('\n\n')

/** Tells at the end of a test file what was explored. */
export function tellFindings(): void {
  afterAll(() => console.info([`${laws.length} laws on every edge:`, ...rows].join('\n')))
}

/** Every state of these slices is reached, and every law checked on every step between them. */
export function testSlices(title: string, slices: readonly Slice[]): void {
  describe(title, () => {
    test.each(slices)('Every law holds in every state that $title can lead to.', ({ title: slice, from, letters }) => {
      const findings = explore({ from, letters, step, laws, keyOf: stateKey, mostStates: 40_000 })
      remember(slice, findings)
      expect(told(findings)).toBe('')
      expect(findings.closed).toBe(true)
    })
  })
}

/** Every law is checked on all first steps. */
export function testFirstSteps(title: string, expeditions: typeof bounded): void {
  describe(title, () => {
    test.each(expeditions)('In the first $depth steps of $title every law holds.', ({ title: one, from, letters, depth }) => {
      const findings = explore({ from, letters, step, laws, keyOf: stateKey, depth })
      remember(one, findings)
      expect(told(findings)).toBe('')
    })
  })
}
