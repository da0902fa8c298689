import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messages } from '../../fixtures/schemas/official.ts'
import { hostileValues, payloadOf, spoiled } from '../../property-tests/ocpp-arbitraries.ts'
import { actions, isIncomingAction, isOutgoingAction } from './actions.ts'
import { parseConfirmation, parseRequest, readRequest } from './receive.ts'

const warned = (field: string) => [expect.stringMatching(`^${field}: `)]
const metered = (value: string) => ({ connectorId: 1, meterValue: [{ timestamp: '2026-11-23T10:11:12Z', sampledValue: [{ value }] }] })
const status = { connectorId: 1, errorCode: 'NoError', status: 'Charging' }

describe('An action', () => {
  test('that nobody knows is NotImplemented.', () => {
    for (const name of ['Foo', 'heartbeat', '', '__proto__', 'constructor', 'toString']) {
      expect(parseRequest(name, {})).toMatchObject({ ok: false, code: 'NotImplemented' })
    }
  })

  test('that only a Central System sends is NotSupported.', () => {
    for (const name of Object.keys(actions).filter((action) => !isIncomingAction(action))) {
      expect(parseRequest(name, {})).toMatchObject({ ok: false, code: 'NotSupported' })
    }
  })

  test('goes one way, except DataTransfer, which goes both.', () => {
    expect(Object.keys(actions).filter((name) => isIncomingAction(name) && isOutgoingAction(name))).toEqual(['DataTransfer'])
  })
})

describe('A refusal', () => {
  test.each([
    ['Authorize', {}, 'OccurenceConstraintViolation', 'idTag: missing, expected string'],
    ['Authorize', { idTag: 12 }, 'TypeConstraintViolation', 'idTag: received 12, expected string'],
    ['StatusNotification', { ...status, status: 'Bogus' }, 'PropertyConstraintViolation', 'status: received "Bogus", expected ("Av'],
    ['StatusNotification', { ...status, connectorId: -1 }, 'PropertyConstraintViolation', 'connectorId: received -1, expected >=0'],
    ['StatusNotification', { ...status, connectorId: Infinity }, 'PropertyConstraintViolation', 'connectorId: '],
    ['StatusNotification', { ...status, connectorId: 1.5 }, 'TypeConstraintViolation', 'connectorId: received 1.5, expected safe_integer'],
    ['StatusNotification', { ...status, connectorId: 'one' }, 'TypeConstraintViolation', 'connectorId: received "one", expected number'],
    ['MeterValues', { connectorId: 1, meterValue: [{}] }, 'OccurenceConstraintViolation', 'meterValue.0.sampledValue: missing'],
    ['Heartbeat', [], 'TypeConstraintViolation', 'payload: '],
  ])('of %s %j is %s: %s…', (action, payload, code, beginning) => {
    expect(parseRequest(action, payload)).toEqual({ ok: false, code, description: expect.stringContaining(beginning) })
  })

  test('is short and printable, whatever it quotes.', () => {
    const result = parseRequest('StatusNotification', { ...status, status: `\r\n\u001b[31m${'<b>'.repeat(100_000)}` })
    const description = expect.stringMatching(/^status: received "\ufffd\ufffd\ufffd\[31m<b>.*expected \("Available"/)
    expect(result).toMatchObject({ ok: false, description })
    expect(!result.ok && result.description.length).toBeLessThanOrEqual(255)
  })
})

describe('What a Charge Point writes in its own way is understood, with a warning', () => {
  test.each([
    ['words in another case', { status: 'charging' }, { status: 'Charging' }],
    ['an unknown error code', { errorCode: 'Overheated' }, { errorCode: 'OtherError' }],
    ['a number in a text', { connectorId: ' 1 ' }, { connectorId: 1 }],
    ['no time at all', { timestamp: '0000-00-00' }, { timestamp: undefined }],
    ['a time that is no text', { timestamp: 1_764_000_000 }, { timestamp: undefined }],
    ['a time without zone', { timestamp: '2026-11-23T10:11:12' }, { timestamp: '2026-11-23T10:11:12' }],
    ['nothing to say', { info: 'null' }, { info: undefined }],
    ['a long text', { info: 'x'.repeat(60) }, { info: 'x'.repeat(60) }],
    ['an endless text', { info: 'x'.repeat(100_000) }, { info: 'x'.repeat(500) }],
  ])('%s: %j', (_what, written, read) => {
    expect(parseRequest('StatusNotification', { ...status, ...written })).toEqual({
      ok: true, action: 'StatusNotification', value: { ...status, ...read }, warnings: warned(Object.keys(written)[0] ?? ''),
    })
  })

  test('measured values that are not texts, and words of its own.', () => {
    const plain = [{ value: 'NaN' }, { value: '1,5' }]
    const strange = [{ value: 5 }, { value: 7.5, unit: 'wh' }, { value: null }, { value: '', measurand: 'Apparent', phase: 'L4' }]
    const understood = [{ value: '5' }, { value: '7.5', unit: 'Wh' }, { value: '' }, { value: '', measurand: 'Apparent', phase: 'L4' }]
    const meterValue = [{ timestamp: 'now', sampledValue: [...plain, ...strange] }]
    expect(parseRequest('MeterValues', { connectorId: 1, transactionId: 'x', meterValue })).toEqual({
      ok: true,
      action: 'MeterValues',
      value: { connectorId: 1, meterValue: [{ sampledValue: [...plain, ...understood] }] },
      warnings: expect.toSatisfy((warnings: string[]) => warnings.length === 8),
    })
  })

  test('a configuration of unquoted values, empty lists and mixed booleans.', () => {
    const written = [{ key: 'a', readonly: 'TRUE', value: 7 }, { key: 'b', readonly: 'False', value: [] }, { key: 'c', value: true }]
    const read = [{ key: 'a', readonly: true, value: '7' }, { key: 'b', readonly: false }, { key: 'c', readonly: false, value: 'true' }]
    expect(parseConfirmation('GetConfiguration', { configurationKey: written, unknownKey: null })).toEqual({
      ok: true,
      value: { configurationKey: read },
      warnings: expect.toSatisfy((warnings: string[]) => warnings.length === 6),
    })
  })

  test('numbers beyond all bounds, and limits of more than one decimal.', () => {
    expect(parseConfirmation('GetLocalListVersion', { listVersion: Infinity })).toEqual({
      ok: true, value: { listVersion: Number.MAX_SAFE_INTEGER }, warnings: warned('listVersion'),
    })
    const chargingSchedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.25 }], minChargingRate: 6.1 }
    const value = { status: 'Accepted', chargingSchedule }
    expect(parseConfirmation('GetCompositeSchedule', value)).toEqual({
      ok: true, value, warnings: warned('chargingSchedule.chargingSchedulePeriod.0.limit'),
    })
  })

  test('an empty list of certificates for none.', () => {
    expect(parseConfirmation('GetInstalledCertificateIds', { status: 'NotFound', certificateHashData: [] })).toEqual({
      ok: true, value: { status: 'NotFound' }, warnings: warned('certificateHashData'),
    })
  })

  test('data that is JSON instead of a text.', () => {
    expect(parseRequest('DataTransfer', { vendorId: 'v', data: { a: [1] } })).toMatchObject({ ok: true, value: { data: '{"a":[1]}' } })
  })
})

test('What the standard does not know is ignored without a word, and null is absence.', () => {
  const understood = { ok: true, action: 'Authorize', value: { idTag: 'TAG1' }, warnings: [] }
  expect(parseRequest('Authorize', { idTag: 'TAG1', connectorId: 1, nested: { a: [1] } })).toEqual(understood)
  expect(parseRequest('StatusNotification', { ...status, info: null, vendorId: null })).toEqual({
    ok: true, action: 'StatusNotification', value: status, warnings: [],
  })
})

test('Names of the prototype are no fields.', () => {
  const payload: unknown = JSON.parse('{"__proto__":{"idTag":"TAG1"},"constructor":{"idTag":"TAG1"}}')
  expect(parseRequest('Authorize', payload)).toMatchObject({ ok: false, code: 'OccurenceConstraintViolation' })
  expect(parseRequest('SignCertificate', Object.create({ csr: 'x' }))).toMatchObject({ ok: false, code: 'OccurenceConstraintViolation' })
})

describe('A transaction comes into the books', () => {
  test('when only connector and tag of its start can be read.', () => {
    const rest = fc.record({ meterStart: hostileValues, timestamp: hostileValues, reservationId: hostileValues }, { requiredKeys: [] })
    fc.assert(fc.property(rest, fc.oneof(fc.integer(), fc.constantFrom(Infinity, '1', 2 ** 53)), (fields, connectorId) => {
      const result = parseRequest('StartTransaction', { ...fields, connectorId, idTag: 'TAG1' })
      expect(result).toMatchObject({ ok: true, value: { connectorId: expect.any(Number), idTag: 'TAG1', meterStart: expect.any(Number) } })
      expect(result.ok && result.action === 'StartTransaction' && result.value.connectorId).toBeGreaterThanOrEqual(0)
    }))
  })

  test('when only the transactionId of its end can be read.', () => {
    const rest = fc.record(
      { idTag: hostileValues, meterStop: hostileValues, timestamp: hostileValues, reason: hostileValues, transactionData: hostileValues },
      { requiredKeys: [] },
    )
    fc.assert(fc.property(rest, fc.oneof(fc.integer(), fc.constantFrom(-1, 0, '7', Infinity)), (fields, transactionId) => {
      const result = parseRequest('StopTransaction', { ...fields, transactionId })
      expect(result).toMatchObject({ ok: true, value: { transactionId: expect.any(Number) } })
    }))
  })

  test('on the Charge Point as a whole when there is no such connector.', () => {
    const result = parseRequest('StartTransaction', { connectorId: -9, idTag: 'TAG1' })
    expect(result).toMatchObject({ ok: true, value: { connectorId: 0 } })
  })

  test('with fractions of its registers rounded, and what is missing named.', () => {
    expect(parseRequest('StartTransaction', { connectorId: 1, idTag: 'TAG1', meterStart: '971,5' })).toEqual({
      ok: true,
      action: 'StartTransaction',
      value: { connectorId: 1, idTag: 'TAG1', meterStart: 972, timestamp: undefined, reservationId: undefined },
      warnings: [expect.stringMatching('^meterStart: received "971,5"'), 'timestamp: missing, expected string'],
    })
  })

  test('with a reason that nobody knows as some other reason.', () => {
    const stop = { transactionId: 1, meterStop: 2, timestamp: '2026-11-23T10:11:12Z', reason: 'Bored' }
    const value = { ...stop, reason: 'Other' }
    expect(parseRequest('StopTransaction', stop)).toEqual({ ok: true, action: 'StopTransaction', value, warnings: warned('reason') })
  })
})

test.each(messages)('No $part of $action makes it throw; warnings are few and short, numbers finite.', ({ action, part }) => {
  const payloads = fc.oneof({ weight: 9, arbitrary: spoiled(payloadOf(actions[action][part])) }, { weight: 1, arbitrary: hostileValues })
  fc.assert(fc.property(payloads, (payload) => {
    const result = part === 'request' ? readRequest(action, payload) : parseConfirmation(action, payload)
    if (!result.ok) return
    expect(result.warnings.length).toBeLessThanOrEqual(16)
    expect(result.warnings.every((warning) => warning.length <= 255)).toBe(true)
    expect(numbersIn(result.value).every(Number.isFinite)).toBe(true)
  }))
})

test('A measured value without end is cut off.', () => {
  expect(parseRequest('MeterValues', metered('x'.repeat(100_000)))).toMatchObject({
    ok: true, value: metered('x'.repeat(10_000)), warnings: warned('meterValue.0.sampledValue.0.value'),
  })
})

test('Ten thousand wrong values are read in one go, and warned of in a few words.', () => {
  const sampledValue = Array.from({ length: 10_000 }, () => ({ value: 1 }))
  const result = parseRequest('MeterValues', { connectorId: 1, meterValue: [{ timestamp: '2026-11-23T10:11:12Z', sampledValue }] })
  expect(result).toMatchObject({ ok: true, warnings: expect.toSatisfy((warnings: string[]) => warnings.length === 16) })
})

function numbersIn(json: unknown): readonly number[] {
  if (typeof json === 'number') return [json]
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(numbersIn) : []
}
