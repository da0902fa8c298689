import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileValues, requestOf, spoiled } from '../../../property-tests/ocpp-arbitraries.ts'
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

  const spoilt = spoiled(plain)

  test('A plain request is taken as it is, and the schema says the same.', () => {
    fc.assert(fc.property(plain, (payload) => {
      expect(guards[action]?.(payload)).toBe(true)
      expect(readRequest(action, payload)).toEqual({ ok: true, value: payload, warnings: [] })
      expect(oracle(payload)).toEqual({ ok: true, value: payload, warnings: [] })
    }))
  })

  test('Any other request is read as the schema reads it.', () => {
    fc.assert(fc.property(fc.oneof(spoilt, hostileValues), (payload) => {
      expect(readRequest(action, payload)).toEqual(oracle(payload))
    }), { numRuns: 1000 })
  })

  test('What the guard takes, the schema reads without a warning, and neither adds nor drops anything.', () => {
    fc.assert(fc.property(spoilt, (payload) => {
      if (isFields(payload) && guards[action]?.(payload)) expect(oracle(payload)).toStrictEqual({ ok: true, value: payload, warnings: [] })
    }), { numRuns: 1000 })
  })
})
