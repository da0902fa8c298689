import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actions, isOutgoingAction, type OutgoingAction } from '../core/ocpp/actions.ts'
import { isFields, type Fields } from '../core/ocpp/fields.ts'
import { officialSchema } from '../fixtures/schemas/official.ts'
import { valuesOf } from '../property-tests/json-schema-arbitraries.ts'
import { bootNotification, useSite } from './behaviours/site.ts'
import { charger } from './central-system.ts'
import { breaches } from './charge-point.ts'

const site = useSite(Object.keys(actions).map((action) => charger(action)))
const profile: Fields = { chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative', chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 8 }] } }
const outgoing = Object.keys(actions).filter((action): action is OutgoingAction => isOutgoingAction(action))

describe('Any CALL that the standard allows', () => {
  test.each(outgoing)('can be sent by the operator, as it stands, and its answer is told: %s.', async (action) => {
    const station = await site.dials(action, { answers: (asked) => (asked.action === action ? 'InternalError' : undefined) })
    await station.call('BootNotification', bootNotification)
    const payloads = fc.sample(valuesOf(officialSchema(action, 'request')), { numRuns: 8, seed: 16 }).filter((payload): payload is Fields => isFields(payload) && breaches(action, 'request', payload).length === 0)
    expect(payloads.length).toBeGreaterThan(3)
    for (const payload of payloads) {
      const sent = JSON.parse(JSON.stringify(payload))
      const before = station.calls.length
      const called = await site.central().operator.call(action, action, sent)
      expect(called, JSON.stringify(sent)).toEqual({ type: 'error', code: 'InternalError', description: '', details: {} })
      expect(station.calls.slice(before)).toContainEqual({ id: expect.any(String), action, payload: sent })
    }
  })

  test.each<readonly [what: string, action: string, payload: Fields]>([
    ['an action of a Charge Point', 'BootNotification', bootNotification], ['an action of nobody', 'MakeCoffee', {}], ['a name of the prototype', 'constructor', {}],
    ['a field that is missing', 'UnlockConnector', {}], ['a word that nobody knows', 'Reset', { type: 'Medium' }], ['a text that is too long', 'ChangeConfiguration', { key: 'k'.repeat(51), value: '' }],
    ['a field that nobody knows', 'SetChargingProfile', { connectorID: 1, connectorId: 1, csChargingProfiles: profile }], ['one that nobody knows further in', 'SetChargingProfile', { connectorId: 1, csChargingProfiles: { ...profile, validTil: '2026-01-01T00:00:00Z' } }],
    ['null for what is not there', 'TriggerMessage', { requestedMessage: 'MeterValues', connectorId: null }],
    ['a number for a text', 'ChangeConfiguration', { key: 'HeartbeatInterval', value: 300 }],
  ])('is one: %s is refused in words, and not sent.', async (_, action, payload) => {
    const station = await site.dials('Reset')
    await station.call('BootNotification', bootNotification)
    expect(await site.central().operator.call('Reset', action, payload)).toEqual({ type: 'refused', status: 422, what: expect.stringMatching(/\w+/) })
    expect(station.calls.some((asked) => asked.action === action && JSON.stringify(asked.payload) === JSON.stringify(payload))).toBe(false)
  })
})
