import { describe, expect, test } from 'vitest'
import { decodeVectors, encodeVectors, invalidPayloads, octets, vectors } from '../../../fixtures/datapoint-vectors.ts'
import { localTime } from '../local-time.ts'
import { datapointTypes, formatPayload, formatValue, isDatapointTypeId } from './datapoint-type.ts'

describe('Values and payloads of the standard belong to each other.', () => {
  test.each(vectors)('%s: %j is %j.', (id, value, payload) => {
    expect(datapointTypes[id].codec.encode(value)).toEqual({ ok: true, value: payload })
    expect(datapointTypes[id].codec.decode(payload)).toEqual({ ok: true, value })
  })

  test.each(encodeVectors)('%s: %j becomes %j.', (id, value, payload) => {
    expect(datapointTypes[id].codec.encode(value)).toEqual({ ok: true, value: payload })
  })

  test.each(decodeVectors)('%s: %j is what %j means.', (id, value, payload) => {
    expect(datapointTypes[id].codec.decode(payload)).toEqual({ ok: true, value })
  })

  test.each(invalidPayloads)('%s refuses %j: %s.', (id, payload) => {
    expect(datapointTypes[id].codec.decode(payload).ok).toBe(false)
  })
})

test('A limit in whole amperes is read back from 9.021 as itself, even from a sender that truncates.', () => {
  const { encode, decode } = datapointTypes['9.021'].codec
  for (let amperes = 0; amperes <= 125; amperes += 1) {
    const payload = encode(amperes)
    expect(payload.ok && decode(payload.value)).toEqual({ ok: true, value: amperes })
  }
  expect(decode(octets('4c93'))).toEqual({ ok: true, value: 6 })
  expect(decode(octets('4c92'))).toEqual({ ok: true, value: 5.9904 })
})

test('The local time of an instant is sent as it is, with the working day not known.', () => {
  const time = localTime(Date.parse('2026-11-22T06:30:15Z'), 'Europe/Amsterdam')
  expect(datapointTypes['10.001'].codec.encode(time)).toEqual({ ok: true, value: octets('e71e0f') })
  expect(datapointTypes['19.001'].codec.encode(time)).toEqual({ ok: true, value: octets('7e0b16e71e0f2000') })
})

test('The working day travels when it is known, and 24:00:00 ends a day.', () => {
  const time = { year: 2026, month: 11, day: 22, weekday: 0, hour: 24, minute: 0, second: 0, summer: false }
  const { encode } = datapointTypes['19.001'].codec
  expect(encode({ ...time, workingDay: true })).toEqual({ ok: true, value: octets('7e0b161800004400') })
  expect(encode({ ...time, workingDay: false })).toEqual({ ok: true, value: octets('7e0b161800000400') })
})

test('A value of another kind is refused with a reason.', () => {
  for (const { codec } of Object.values(datapointTypes)) {
    const kinds = [true, 1, 'text', { weekday: 1, hour: 1, minute: 1, second: 1 }].map((value) => codec.encode(value).ok)
    expect(kinds.filter(Boolean).length).toBe(codec === datapointTypes['19.001'].codec ? 0 : 1)
  }
})

test('The name in ETS is made of the two numbers of the type.', () => {
  for (const [id, { ets }] of Object.entries(datapointTypes)) {
    const [main = '', sub = ''] = id.replace(' A', '').split('.')
    expect(ets).toBe(`DPST-${Number(main)}-${Number(sub)}`)
  }
})

test('Only the types of the table are known, not what every object inherits.', () => {
  expect(isDatapointTypeId('9.021')).toBe(true)
  for (const id of ['', '9.22', 'toString', '__proto__', 'constructor']) expect(isDatapointTypeId(id)).toBe(false)
})

test.each([
  ['14.019', octets('415ccccd'), '13.8 A'],
  ['9.021', octets('4c94'), '6 A'],
  ['9.021 A', octets('0640'), '16 A'],
  ['5.001', octets('54'), '32.9 %'],
  ['5.010', octets('02'), '2'],
  ['13.010', octets('7fffffff'), '2147483647 Wh'],
  ['1.001', { small: 1 }, 'on'],
  ['1.003', { small: 0 }, 'disable'],
  ['1.010', { small: 1 }, 'start'],
  ['16.001', octets('3034414243000000000000000000'), '04ABC'],
  ['10.001', octets('e71e0f'), 'Sunday 07:30:15'],
  ['10.001', octets('071e0f'), '07:30:15'],
  ['19.001', octets('7e0b16e71e0f2000'), 'Sunday 2026-11-22 07:30:15'],
  ['9.021', octets('7fff'), 'the sender marks its value as invalid'],
] as const)('People read a payload of %s, %j, as “%s”.', (id, payload, text) => {
  expect(formatPayload(id, payload)).toBe(text)
})

test('A value outside the words of its type still has a text.', () => {
  expect(formatValue('5.010', true)).toBe('true')
})
