import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Codec, DatapointValue, DateTime } from '../core/knx/dpt/codec.ts'
import { datapointTypes, formatPayload, formatValue, type DatapointTypeId } from '../core/knx/dpt/datapoint-type.ts'
import { samePayload, type Payload } from '../core/knx/telegram.ts'

// The keys of the table are its ids; Object.keys only says string.
const ids = Object.keys(datapointTypes) as DatapointTypeId[]
const id = fc.constantFrom(...ids)
const byte = fc.integer({ min: 0, max: 255 })

function codecOf(anyId: DatapointTypeId): Codec<DatapointValue> {
  return datapointTypes[anyId].codec
}

function decoded<Value extends DatapointValue>(codec: Codec<Value>, payload: Payload): Value | undefined {
  const value = codec.decode(payload)
  return value.ok ? value.value : undefined
}

function encoded(codec: Codec<DatapointValue>, value: DatapointValue): Payload | undefined {
  const payload = codec.encode(value)
  return payload.ok ? payload.value : undefined
}

/** Without the cost of an assertion for each of many thousand cases: the cases that break the law. */
function exceptions<Case>(cases: Iterable<Case>, law: (one: Case) => boolean): readonly Case[] {
  return Array.from(cases).filter((one) => !law(one)).slice(0, 10)
}

function* payloads16(): Generator<Payload> {
  for (let packed = 0; packed <= 0xffff; packed += 1) yield { bytes: [packed >> 8, packed & 255] }
}

describe('DPT 9, all 65,536 payloads', () => {
  const { codec } = datapointTypes['9.021 A']
  const numbers = Array.from(payloads16(), (payload) => decoded(codec, payload)).filter((number) => number !== undefined)
  const table = Float64Array.from(new Set(numbers)).sort()

  function nearestTo(number: number): number {
    const above = table.findIndex((candidate) => candidate >= number)
    const candidates = above < 0 ? [table.at(-1)] : [table[above - 1], table[above]]
    return Math.min(...candidates.map((candidate) => Math.abs((candidate ?? Infinity) - number)))
  }

  test('Only 7fff has no value; the others reach from −671,088.64 to 670,433.28.', () => {
    expect(exceptions(payloads16(), (payload) => decoded(codec, payload) !== undefined)).toEqual([{ bytes: [0x7f, 0xff] }])
    expect([table.at(0), table.at(-1)]).toEqual(codec.range)
  })

  test('A payload with the finest step for its value is what that value encodes to; any other encodes to the same value.', () => {
    expect(exceptions(payloads16(), (payload) => {
      const value = decoded(codec, payload)
      if (value === undefined) return true
      const again = encoded(codec, value)
      if (again === undefined || !('bytes' in payload)) return false
      const [high = 0, low = 0] = payload.bytes
      const mantissa = ((high & 7) << 8) + low - (high & 0x80 ? 2048 : 0)
      const canonical = (high & 0x78) === 0 || mantissa < -1024 || mantissa > 1023
      return canonical ? samePayload(again, payload) : decoded(codec, again) === value
    })).toEqual([])
  })

  test('A number between two neighbours encodes to the nearer of them, also close to the middle.', () => {
    const neighbours = Array.from(table.subarray(1), (above, i) => ({ below: table[i] ?? Number.NaN, above }))
    expect(exceptions(neighbours, ({ below, above }) => {
      const [lower, upper] = [0.49, 0.51].map((part) => encoded(codec, below + part * (above - below)))
      return lower !== undefined && upper !== undefined && decoded(codec, lower) === below && decoded(codec, upper) === above
    })).toEqual([])
  })

  test('Any number encodes to the nearest there is, and a greater one never to less.', () => {
    const number = fc.oneof(fc.double({ min: -7e5, max: 7e5, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true }))
    fc.assert(fc.property(number, number, (a, b) => {
      const [lesser, greater] = [Math.min(a, b), Math.max(a, b)].map((one) => {
        const payload = encoded(codec, one)
        return payload && decoded(codec, payload)
      })
      expect(lesser).toBeLessThanOrEqual(greater ?? Number.NaN)
      expect(Math.abs((lesser ?? Number.NaN) - Math.min(a, b))).toBeLessThanOrEqual(nearestTo(Math.min(a, b)) + 1e-9)
    }))
  })

  test('A current in 9.021 is a tenth of an ampere, or a whole one from 80 A, exactly when that is less than a step away, and otherwise what is on the bus.', () => {
    expect(exceptions(payloads16(), (payload) => {
      const [milliamperes, amperes] = [decoded(codec, payload), decoded(datapointTypes['9.021'].codec, payload)]
      if (milliamperes === undefined || amperes === undefined) return milliamperes === amperes
      const step = 'bytes' in payload ? 0.01 * 2 ** (((payload.bytes[0] ?? 0) >> 3) & 15) : 0
      const grain = Math.abs(milliamperes) < 80_000 ? 100 : 1000
      const near = Math.round(milliamperes / grain) * grain
      return amperes === (Math.abs(milliamperes - near) < step - 1e-6 ? near / 1000 : Math.round(milliamperes * 100) / 100_000)
    })).toEqual([])
  })
})

describe('Small datapoint types, every value', () => {
  test('A bit is bit 0 of the six in the APCI.', () => {
    for (let small = 0; small < 64; small += 1) expect(decoded(datapointTypes['1.001'].codec, { small })).toBe(small % 2 === 1)
  })

  test.each(['5.001', '5.010'] as const)('Every octet of %s is what its value encodes to, in ascending order.', (octetId) => {
    const { codec } = datapointTypes[octetId]
    const values = Array.from({ length: 256 }, (_, octet) => decoded(codec, { bytes: [octet] }) ?? Number.NaN)
    expect(values.map((value) => encoded(codec, value))).toEqual(values.map((_, octet) => ({ bytes: [octet] })))
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect([values.at(0), values.at(-1)]).toEqual(codec.range)
  })

  test('Every whole percent comes back when it is rounded.', () => {
    const { codec } = datapointTypes['5.001']
    for (let percent = 0; percent <= 100; percent += 1) {
      const payload = encoded(codec, percent)
      expect(Math.round((payload && decoded(codec, payload)) ?? Number.NaN)).toBe(percent)
    }
  })

  test('Every weekday, hour, minute and second of 10.001 comes back, and no payload beyond them is read.', () => {
    const { codec } = datapointTypes['10.001']
    const hours = Array.from({ length: 256 }, (_, octet) => octet)
    expect(exceptions(hours.flatMap((first) => hours.map((second) => [first, second] as const)), ([first, second]) => {
      for (const third of [0, 1, 58, 59, 60, 63, 64, 255]) {
        const payload = { bytes: [first, second, third] }
        const time = decoded(codec, payload)
        const exists = (first & 31) < 24 && second < 60 && third < 60
        if (exists !== (time !== undefined)) return false
        if (time && !samePayload(encoded(codec, time) ?? { small: 0 }, payload)) return false
      }
      return true
    })).toEqual([])
    for (let third = 0; third < 256; third += 1) expect(decoded(codec, { bytes: [0, 0, third] }) !== undefined).toBe(third < 60)
  })
})

describe('Every datapoint type', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 31, 2 ** 32, 1e300))
  const time = fc.record({
    weekday: fc.integer({ min: 0, max: 7 }), hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }), second: fc.integer({ min: 0, max: 59 }),
  })
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2155-12-31'), noInvalidDate: true })
    .map((day) => ({ year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() }))
  const flags = fc.record(
    { summer: fc.boolean(), workingDay: fc.boolean(), synchronised: fc.boolean() },
    { requiredKeys: ['summer', 'synchronised'] },
  )
  const dateTime = fc.tuple(date, time, flags).map((parts): DateTime => Object.assign({}, ...parts))
  const brokenTime = fc.record({
    year: number, month: number, day: number, weekday: number, hour: number, minute: number, second: number, summer: fc.boolean(),
  })
  const value = fc.oneof(fc.boolean(), number, fc.string({ unit: 'binary' }), time, dateTime, brokenTime)
  const payload = fc.oneof(
    fc.record({ small: fc.oneof(byte, number) }),
    fc.record({ bytes: fc.array(byte, { maxLength: 15 }) }),
    fc.record({ bytes: fc.array(number.filter((one) => !Object.is(one, -0)), { maxLength: 15 }) }),
    fc.constantFrom(1, 2, 3, 4, 8, 14).chain((length) => fc.record({ bytes: fc.array(byte, { minLength: length, maxLength: length }) })),
  )

  test('No payload makes it throw; what it reads from one, it writes, and reads again the same.', () => {
    fc.assert(fc.property(id, payload, (anyId, garbage) => {
      const codec = codecOf(anyId)
      expect(typeof formatPayload(anyId, garbage)).toBe('string')
      const first = decoded(codec, garbage)
      if (first === undefined) return
      const again = encoded(codec, first)
      expect(again && decoded(codec, again)).toEqual(first)
    }), { numRuns: 20_000 })
  })

  test('No value makes it throw; what it writes are octets that it reads.', () => {
    fc.assert(fc.property(id, value, (anyId, anyValue) => {
      expect(typeof formatValue(anyId, anyValue)).toBe('string')
      const written = encoded(codecOf(anyId), anyValue)
      if (written === undefined) return
      const octets = 'bytes' in written ? written.bytes : [written.small]
      expect(octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255)).toBe(true)
      expect(decoded(codecOf(anyId), written)).toBeDefined()
    }), { numRuns: 20_000 })
  })

  test('A number beyond the range becomes its end, never the other one; NaN and infinities are refused.', () => {
    for (const anyId of ids) {
      const codec = codecOf(anyId)
      if (!codec.range) continue
      const [min, max] = codec.range
      for (const below of [min - 1, min * 2 - 1, -1e300]) expect(encoded(codec, below)).toEqual(encoded(codec, min))
      for (const above of [max + 1, max * 2, 1e300]) expect(encoded(codec, above)).toEqual(encoded(codec, max))
      for (const none of [Number.NaN, Infinity, -Infinity]) expect(codec.encode(none).ok).toBe(false)
    }
  })

  test('Whole numbers, single precision and valid times come back as they were.', () => {
    const cases = fc.oneof(
      fc.tuple(fc.constant('12.001' as const), fc.nat({ max: 2 ** 32 - 1 })),
      fc.tuple(fc.constantFrom('13.010' as const, '13.013' as const), fc.integer()),
      fc.tuple(fc.constant('7.012' as const), fc.nat({ max: 65_535 })),
      fc.tuple(fc.constant('14.019' as const), fc.float({ noNaN: true, noDefaultInfinity: true }).map((float) => float + 0)),
      fc.tuple(fc.constant('10.001' as const), time),
      fc.tuple(fc.constant('19.001' as const), dateTime),
      fc.tuple(fc.constant('16.001' as const), fc.stringMatching(/^[ -~¡-ÿ]{0,14}$/)),
    )
    fc.assert(fc.property(cases, ([anyId, before]) => {
      const written = encoded(codecOf(anyId), before)
      expect(written && decoded(codecOf(anyId), written)).toEqual(before)
    }), { numRuns: 5000 })
  })
})
