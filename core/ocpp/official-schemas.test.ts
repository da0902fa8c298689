import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messages, officialSchema, officialValidator } from '../../fixtures/schemas/official.ts'
import { fieldsOf, fullest, valuesOf, withValueAt } from '../../property-tests/json-schema-arbitraries.ts'
import { payloadOf } from '../../property-tests/ocpp-arbitraries.ts'
import { actions } from './actions.ts'
import { read } from './read.ts'

/** Fields that are done without when they are missing or unreadable, though the standard requires them. */
const dispensable = new Set([
  'GetConfiguration.confirmation.configurationKey.readonly',
  'MeterValues.request.meterValue.timestamp',
  'SecurityEventNotification.request.timestamp',
  'StartTransaction.request.meterStart', 'StartTransaction.request.timestamp',
  'StopTransaction.request.meterStop', 'StopTransaction.request.timestamp',
  'StopTransaction.request.transactionData.timestamp', 'StopTransaction.request.transactionData.sampledValue',
  'StopTransaction.request.transactionData.sampledValue.value',
])

/** Optional fields of which an unreadable value is as good as none. */
const negligible = [
  'DataTransfer.request.data', 'DataTransfer.confirmation.data',
  'GetConfiguration.confirmation.configurationKey.value',
  'MeterValues.request.transactionId',
  'StartTransaction.request.reservationId',
  'StatusNotification.request.timestamp',
  'StopTransaction.request.idTag', 'StopTransaction.request.reason', 'StopTransaction.request.transactionData',
]

/** Words that may be any text: the message is worth more than this detail of it. */
const open = /^(StatusNotification\.request\.errorCode|StopTransaction\.request\.reason|.*\.sampledValue\..*)$/

test('The table knows the 28 actions of OCPP 1.6 and the 11 of the security whitepaper.', () => {
  const security = Object.values(actions).filter(({ profile }) => profile === 'Security')
  expect([Object.keys(actions).length - security.length, security.length]).toEqual([28, 11])
})

describe.each(messages)('$action $part', ({ action, part }) => {
  const official = officialSchema(action, part)
  const accepts = officialValidator(action, part)
  const parse = (payload: unknown) => read(actions[action][part], payload)
  const fields = fieldsOf(official).map(({ path, schema, required }) => ({
    schema,
    required,
    at: path.join('.'),
    name: [action, part, ...path.filter((step) => step !== '0')].join('.'),
    parseWith: (value: unknown) => parse(withValueAt(fullest(official), path, value)),
  }))

  test('Everything we write is accepted by the official schema.', () => {
    fc.assert(fc.property(payloadOf(actions[action][part]), (payload) => {
      expect(accepts(JSON.parse(JSON.stringify(payload))), JSON.stringify(accepts.errors)).toBe(true)
    }))
  })

  test('Everything the official schema accepts is read as it is, without a warning.', () => {
    fc.assert(fc.property(valuesOf(official), (payload) => {
      expect(parse(payload)).toEqual({ ok: true, value: payload, warnings: [] })
    }))
  })

  test('A required field that is missing or null is refused by its name, or its absence is warned of.', () => {
    for (const { at, name, required, parseWith } of fields) {
      const code = 'OccurenceConstraintViolation'
      const refused = { ok: false, code, description: expect.stringContaining(at) }
      const warned = { ok: true, warnings: [expect.stringContaining(at)] }
      const silent = { ok: true, warnings: [] }
      const expected = !required ? silent : dispensable.has(name) ? warned : refused
      expect(parseWith(undefined), name).toMatchObject(expected)
      if (!name.endsWith('.sampledValue.value')) expect(parseWith(null), name).toMatchObject(expected)
    }
  })

  test('A field of the wrong type is refused by its name, or warned of.', () => {
    for (const { at, name, schema, parseWith } of fields) {
      const wrong = schema.type === 'object' || schema.type === 'array' ? 'x' : {}
      const forgiven = dispensable.has(name) || negligible.some((negligibleName) => name.startsWith(negligibleName))
      expect(parseWith(wrong), name).toMatchObject(forgiven
        ? { ok: true, warnings: [expect.stringContaining(at)] }
        : { ok: false, code: 'TypeConstraintViolation', description: expect.stringContaining(at) })
    }
  })

  test('Every word of an enumeration is known in any case, and no other.', () => {
    for (const { at, name, schema, parseWith } of fields) {
      for (const word of schema.enum ?? []) {
        expect(parseWith(word), name).toMatchObject({ ok: true, warnings: [] })
        const canonical = parseWith(word)
        expect(parseWith(word.toUpperCase()), name).toMatchObject({ ok: true, value: canonical.ok && canonical.value })
      }
      if (schema.enum === undefined) continue
      expect(parseWith('Bogus'), name).toMatchObject(open.test(name)
        ? { ok: true, warnings: [expect.stringContaining(at)] }
        : { ok: false, code: 'PropertyConstraintViolation', description: expect.stringContaining(at) })
    }
  })

  test('A text may be as long as the standard says; a longer one is kept, with a warning.', () => {
    for (const { at, name, schema, parseWith } of fields) {
      if (schema.maxLength === undefined) continue
      expect(parseWith('x'.repeat(schema.maxLength)), name).toMatchObject({ ok: true, warnings: [] })
      const longer = parseWith('x'.repeat(schema.maxLength + 1))
      expect(longer, name).toMatchObject({ ok: true, warnings: [expect.stringContaining(at)] })
      if (schema.maxLength < 500) expect(JSON.stringify(longer), name).toContain('x'.repeat(schema.maxLength + 1))
    }
  })
})
