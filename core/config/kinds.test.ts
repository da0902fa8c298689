import { describe, expect, test } from 'vitest'
import { gateway } from './gateway.ts'
import { instant } from './instant.ts'
import { amperes, groupAddress, identity, knownTag, oneOf, password, text, timeZone, trueOrFalse, whole } from './kinds.ts'

describe('A text', () => {
  const name = text('a name', 5)

  test.each(['a', 'abcde', 'ä €', '*'])('%j is one.', (input) => {
    expect(name.read(input)).toEqual({ ok: true, value: input })
  })

  test.each(['', 'abcdef', ' a', 'a ', 'a\nb', 'a\u0000', '\uD800', [], {}])('%j is none.', (input) => {
    expect(name.read(input)).toMatchObject({ ok: false })
  })

  test('A number or a truth is told to be quoted: YAML would have dropped its zeros.', () => {
    expect(name.read(4123)).toMatchObject({ reason: expect.stringMatching(/read as a number: put it in quotes/) })
    expect(name.read(true)).toMatchObject({ reason: expect.stringMatching(/read as true or false: put it in quotes/) })
  })
})

describe('A number', () => {
  test('A whole number lies within its range, both ends included.', () => {
    const port = whole('a port', 1, 65_535)
    for (const input of [1, 8016, 65_535]) expect(port.read(input)).toEqual({ ok: true, value: input })
    for (const input of [0, 65_536, 1.5, NaN, Infinity, '8016', true, null, []]) expect(port.read(input)).toMatchObject({ ok: false })
  })

  test('A current lies between 6 and 80 A and may have a fraction.', () => {
    for (const input of [6, 6.5, 80]) expect(amperes.read(input)).toEqual({ ok: true, value: input })
    for (const input of [0, 5.9, 80.1, NaN, Infinity, -16, '16', '16 A']) expect(amperes.read(input)).toMatchObject({ ok: false })
  })

  test('A number in quotes is told to be written without.', () => {
    expect(amperes.read('16 A')).toMatchObject({ reason: expect.stringMatching(/without quotes or unit/) })
  })
})

describe('Words', () => {
  test('Only true and false are true or false.', () => {
    for (const input of [true, false]) expect(trueOrFalse.read(input)).toEqual({ ok: true, value: input })
    for (const input of ['true', 'yes', 1, 0]) expect(trueOrFalse.read(input)).toMatchObject({ ok: false })
  })

  test('One of a few words is exactly one of them.', () => {
    const kind = oneOf('a way', ['transaction', 'limit'])
    expect(kind.read('limit')).toEqual({ ok: true, value: 'limit' })
    for (const input of ['Limit', '', 1, ['limit']]) expect(kind.read(input)).toEqual({ ok: false, reason: 'one of transaction, limit' })
  })

  test('A group address becomes the number on the bus.', () => {
    expect(groupAddress.read('9/7/41')).toEqual({ ok: true, value: 20_265 })
    for (const input of ['9', 9.7, '', '32/0/0', null]) expect(groupAddress.read(input)).toMatchObject({ ok: false })
  })
})

describe('An identity', () => {
  test('It has at most 255 octets in UTF-8, not characters.', () => {
    expect(identity.read('x'.repeat(255))).toMatchObject({ ok: true })
    expect(identity.read('é'.repeat(127))).toMatchObject({ ok: true })
    expect(identity.read('é'.repeat(128))).toMatchObject({ ok: false })
    expect(identity.read('€'.repeat(86))).toMatchObject({ ok: false })
    expect(identity.read('😀'.repeat(64))).toMatchObject({ ok: false })
    expect(identity.read('😀'.repeat(63))).toMatchObject({ ok: true })
  })

  test('A password may be empty, which is none.', () => {
    expect(password.read('')).toEqual({ ok: true, value: undefined })
    expect(password.read('secret')).toEqual({ ok: true, value: 'secret' })
    expect(password.read(1234)).toMatchObject({ ok: false })
  })

  test('A known tag has up to 36 characters and is not every tag.', () => {
    expect(knownTag.read('x'.repeat(36))).toMatchObject({ ok: true })
    expect(knownTag.read('x'.repeat(37))).toMatchObject({ ok: false })
    expect(knownTag.read('*')).toMatchObject({ ok: false })
  })
})

describe('A time zone', () => {
  test.each(['Europe/Amsterdam', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is one.', (zone) => {
    expect(timeZone.read(zone)).toEqual({ ok: true, value: zone })
  })

  test.each([
    ['Europe/Amsterdm', 'Europe/Amsterdam'], ['Amsterdam', 'Europe/Amsterdam'], ['amsterdam', 'Europe/Amsterdam'],
    ['Europe/Berlln', 'Europe/Berlin'],
  ])('%s is none, but %s is meant.', (zone, meant) => {
    expect(timeZone.read(zone)).toEqual({ ok: false, reason: `did you mean \`${meant}\`?` })
  })

  test.each(['+01:00', '', 'GMT+25:00', 'nowhere at all', 1, {}])('%j is none.', (zone) => {
    expect(timeZone.read(zone)).toMatchObject({ ok: false })
  })
})

describe('A gateway', () => {
  test.each(['none', 'virtual', '192.168.1.10', '224.0.23.12', 'knx', 'knx-ip.home.example'])('%s is one.', (input) => {
    expect(gateway.read(input)).toEqual({ ok: true, value: input })
  })

  test.each([
    '', '192.168.1.300', '192.168.1', '192.168.01.1', 'a b', '-a', 'a-', 'a..b', 'fe80::1', 'x'.repeat(64), `${'a.'.repeat(130)}a`, 1, null,
  ])('%j is none.', (input) => {
    expect(gateway.read(input)).toMatchObject({ ok: false })
  })

  test('A port behind a gateway belongs elsewhere.', () => {
    expect(gateway.read('192.168.1.10:3671')).toEqual({ ok: false, reason: 'write the port by itself, as `port`' })
  })
})

describe('An instant', () => {
  test.each([
    ['2025-01-01', '2025-01-01T00:00:00.000Z'],
    ['2025-01-01T12:30Z', '2025-01-01T12:30:00.000Z'],
    ['2025-01-01t12:30:15.25z', '2025-01-01T12:30:15.000Z'],
    ['2025-07-01 00:00:00+02:00', '2025-06-30T22:00:00.000Z'],
    ['2024-02-29T23:59:59-05:30', '2024-03-01T05:29:59.000Z'],
  ])('%s is %s.', (input, value) => {
    expect(instant.read(input)).toEqual({ ok: true, value })
  })

  test.each([
    '2025-02-29', '2025-13-01', '2025-00-10', '2025-01-01T24:00:00Z', '2025-01-01T00:60:00Z', '2025-01-01T00:00:00',
    '2025-01-01T00:00:00+25:00', '01.02.2025', '', 'tomorrow', 1_735_689_600, '9999-12-31T23:59:59-01:00',
  ])('%j is none.', (input) => {
    expect(instant.read(input)).toMatchObject({ ok: false })
  })
})
