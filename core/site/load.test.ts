import { describe, expect, it } from 'vitest'
import { load } from './load.ts'
import { allKeys, rowOf } from './save.ts'
import { createSite } from './site.ts'

describe('What is loaded', () => {
  it('leaves rows of others alone, and does not call them unreadable.', () => {
    const saved = createSite(7)
    const rows = allKeys(saved).flatMap((key) => rowOf(saved, key) ?? [])
    const others = ['user/anna', 'token/1', 'charge-points', 'sites', ''].map((key) => ({ key, value: 'not even JSON' }))
    expect(load([...rows, ...others], [], 8)).toEqual(load(rows, [], 8))
    expect(load([...rows, ...others], [], 8).unreadable).toEqual([])
  })
})
