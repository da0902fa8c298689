import { afterAll, describe, expect, test } from 'vitest'
import { bounded, slices } from './expeditions.ts'
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

afterAll(() => console.info([`${laws.length} laws on every edge:`, ...rows].join('\n')))

describe('All that can come to one Charge Point', () => {
  test.each(slices)('Every law holds in every state that $title can lead to.', ({ title, from, letters }) => {
    const findings = explore({ from, letters, step, laws, keyOf: stateKey, mostStates: 40_000 })
    remember(title, findings)
    expect(told(findings)).toBe('')
    expect(findings.closed).toBe(true)
  }, 180_000)
})

describe('The first steps of everything', () => {
  test.each(bounded)('In the first $depth steps of $title every law holds.', ({ title, from, letters, depth }) => {
    const findings = explore({ from, letters, step, laws, keyOf: stateKey, depth })
    remember(title, findings)
    expect(told(findings)).toBe('')
  })
})
