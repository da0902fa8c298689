import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileValues, requestOf } from '../../../property-tests/ocpp-arbitraries.ts'
import { actions } from '../actions.ts'
import { isFields } from '../fields.ts'
import { read } from '../read.ts'
import { readRequest } from '../receive.ts'
import { guards } from './guards.ts'

const guarded = [
  'Authorize', 'BootNotification', 'Heartbeat', 'MeterValues', 'StartTransaction', 'StatusNotification', 'StopTransaction',
] as const

describe.each(guarded)('%s', (action) => {
  const oracle = (payload: unknown) => read(actions[action].request, payload)
  const plain = requestOf(action)

  /** A plain request with something else in one place, however deep. */
  const mutated = fc
    .tuple(plain, hostileValues, fc.nat(), fc.string())
    .map(([payload, value, pick, name]) => mutate(payload, value, pick, name))

  test('A plain request is taken as it is, and the schema says the same.', () => {
    fc.assert(fc.property(plain, (payload) => {
      expect(guards[action]?.(payload)).toBe(true)
      expect(readRequest(action, payload)).toEqual({ ok: true, value: payload, warnings: [] })
      expect(oracle(payload)).toEqual({ ok: true, value: payload, warnings: [] })
    }))
  })

  test('Any other request is read as the schema reads it.', () => {
    fc.assert(fc.property(fc.oneof(mutated, hostileValues), (payload) => {
      expect(readRequest(action, payload)).toEqual(oracle(payload))
    }), { numRuns: 1000 })
  })

  test('What the guard takes, the schema reads without a warning, and neither adds nor drops anything.', () => {
    fc.assert(fc.property(mutated, (payload) => {
      if (isFields(payload) && guards[action]?.(payload)) expect(oracle(payload)).toStrictEqual({ ok: true, value: payload, warnings: [] })
    }), { numRuns: 1000 })
  })
})

/** Replaces, adds or takes away something at a place that `pick` chooses; JSON stays JSON. */
function mutate(json: unknown, value: unknown, pick: number, name: string): unknown {
  const deeper = Math.floor(pick / 8)
  if (Array.isArray(json)) return json.toSpliced(0, 1, pick % 2 === 0 ? value : mutate(json[0], value, deeper, name))
  if (!isFields(json) || pick % 8 === 0) return value
  const names = Object.keys(json)
  const chosen = names[deeper % names.length] ?? name
  const rest = Object.entries(json).filter(([other]) => other !== chosen)
  if (pick % 8 === 1) return Object.fromEntries(rest)
  if (pick % 8 === 2) return Object.fromEntries([...Object.entries(json), [name, value]])
  return Object.fromEntries([...rest, [chosen, mutate(json[chosen], value, deeper, name)]])
}
