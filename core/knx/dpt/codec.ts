import { ok, refuse, type Result } from '../../result.ts'
import type { LocalTime } from '../local-time.ts'
import type { Payload } from '../telegram.ts'

/** A time of day; weekday 0 is none (DPT 10.001). */
export type TimeOfDay = Pick<LocalTime, 'weekday' | 'hour' | 'minute' | 'second'>

/** A date and time; weekday 0 and an absent working day are not known, hour 24 ends the day (DPT 19.001). */
export type DateTime = LocalTime & {
  readonly workingDay?: boolean
  /** True when the clock follows a signal from outside. */
  readonly synchronised?: boolean
}

/** Whatever a group object can hold. */
export type DatapointValue = boolean | number | string | TimeOfDay | DateTime

/**
 * The two ways between a value and a payload, both total. Encoding moves a number beyond the range to its end and rounds it to the
 * nearest that exists; it refuses NaN, infinities, impossible times and values of another kind. Decoding refuses wrong lengths and
 * invalid encodings.
 */
export interface Codec<Value extends DatapointValue> {
  /** The least and the greatest number; absent where the value is not a number. */
  readonly range?: readonly [min: number, max: number]
  readonly encode: (value: DatapointValue) => Result<Payload>
  readonly decode: (payload: Payload) => Result<Value>
}

/** A finite number, moved into the range; anything else is refused. */
export function saturate(value: DatapointValue, [min, max]: readonly [min: number, max: number]): Result<number> {
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('a finite number is expected')
  return ok(Math.min(Math.max(value, min), max))
}

/** The octets of a payload that has exactly so many. */
export function octets(payload: Payload, length: number): Result<readonly number[]> {
  const bytes = 'bytes' in payload ? payload.bytes : []
  if (bytes.length !== length) return refuse(`a payload of ${length} octets is expected`)
  return bytes.every((byte) => within(byte, 0, 255)) ? ok(bytes) : refuse('an octet is 0 to 255')
}

/** Whether this is a whole number from `min` to `max`. */
export function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

/** Octets, most significant first, as an unsigned number. */
export function unsigned(bytes: readonly number[]): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0)
}

/** A whole number as up to four octets, most significant first, negative ones in two's complement. */
export function bigEndian(number: number, length: number): readonly number[] {
  const bytes: number[] = []
  for (let shift = 8 * (length - 1); shift >= 0; shift -= 8) bytes.push((number >> shift) & 255)
  return bytes
}
