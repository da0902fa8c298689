import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialSchema, officialValidator } from '../../fixtures/schemas/official.ts'
import { valuesOf } from '../../property-tests/json-schema-arbitraries.ts'
import { actions, isOutgoingAction, type OutgoingAction } from './actions.ts'
import { isFields } from './fields.ts'
import { mistakeInCall } from './mistake-in-call.ts'

const outgoing = Object.keys(actions).filter((action): action is OutgoingAction => isOutgoingAction(action))

/** A JSON value with one mistake in it, in every place where one can be. */
function spoilt(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => spoilt(item).map((other) => value.with(index, other)))
  if (!isFields(value)) return [null, 7.5, 0.15, -1, 2 ** 40, '', '7', 'x'.repeat(3_000), true, {}, []]
  const changed = Object.entries(value).flatMap(([name, field]) => spoilt(field).map((other) => ({ ...value, [name]: other })))
  const left = Object.keys(value).map((name) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)))
  return [...changed, ...left, { ...value, unheardOf: 1 }]
}

describe('A CALL without a mistake is one that the official schema allows', () => {
  test.each(outgoing)('%s', (action) => {
    const isAllowed = officialValidator(action, 'request')
    for (const payload of fc.sample(valuesOf(officialSchema(action, 'request')), { numRuns: 10, seed: 16 })) {
      const wrong = spoilt(payload).filter(isFields).filter((one) => mistakeInCall(action, one) === undefined && !isAllowed(one))
      expect(wrong).toEqual([])
    }
  })
})

test('A field that is misspelt, or null, is named with its place.', () => {
  const period = { startPeriod: 0, limit: 8, numberPhase: 1 }
  const csChargingProfiles = { chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative', chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [period] } }
  expect(mistakeInCall('SetChargingProfile', { connectorId: 1, csChargingProfiles })).toBe('csChargingProfiles.chargingSchedule.chargingSchedulePeriod.0.numberPhase: there is no such field')
  expect(mistakeInCall('TriggerMessage', { requestedMessage: 'MeterValues', connectorId: null })).toBe('connectorId: null; leave out what is not there')
})
