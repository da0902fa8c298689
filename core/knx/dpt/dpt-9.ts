import { map, ok, refuse, type Result } from '../../result.ts'
import type { Payload } from '../telegram.ts'
import { bigEndian, octets, saturate, unsigned, type Codec } from './codec.ts'

const range = [-671_088.64, 670_433.28] as const
const ampereRange = [range[0] / 1000, range[1] / 1000] as const
const invalid = 0x7fff

/** DPT 9: 0.01 · mantissa · 2^exponent in two octets, the nearest there is; 7fff is refused (KNX 03.07.02). */
export const float16: Codec<number> = {
  range,
  encode: (value) => map(saturate(value, range), (number) => ({ bytes: bigEndian(pack(number), 2) })),
  decode: (payload) => map(unpack(payload), ({ hundredths }) => hundredths / 100),
}

/**
 * DPT 9.021: amperes here, milliamperes on the bus. A step is 5.12 mA at 6 A already, and 6 A must not come back as less; so what is
 * read within one step of a tenth of an ampere, or above 80 A of a whole one, is that.
 */
export const milliamperes: Codec<number> = {
  range: ampereRange,
  encode: (value) => map(saturate(value, ampereRange), (number) => ({ bytes: bigEndian(pack(number * 1000), 2) })),
  decode: (payload) => map(unpack(payload), ({ hundredths, step }) => {
    // Below 80 A a step is less than half a tenth.
    const grain = Math.abs(hundredths) < 8_000_000 ? 10_000 : 100_000
    const grains = Math.round(hundredths / grain)
    return Math.abs(hundredths - grains * grain) < step ? (grains * grain) / 100_000 : hundredths / 100_000
  }),
}

// The smallest exponent that holds the number gives the finest step.
function pack(number: number): number {
  let exponent = 0
  let mantissa = Math.round(number * 100)
  while (mantissa < -2048 || mantissa > 2047) {
    exponent += 1
    mantissa = Math.round((number * 100) / 2 ** exponent)
  }
  return (mantissa < 0 ? 0x8000 : 0) | (exponent << 11) | (mantissa & 0x7ff)
}

/** The number in hundredths, which are whole, and how many of them one step is. */
function unpack(payload: Payload): Result<{ readonly hundredths: number; readonly step: number }> {
  const bytes = octets(payload, 2)
  if (!bytes.ok) return bytes
  const packed = unsigned(bytes.value)
  if (packed === invalid) return refuse('the sender marks its value as invalid')
  const mantissa = (packed & 0x7ff) - (packed & 0x8000 ? 2048 : 0)
  const step = 2 ** ((packed >> 11) & 15)
  return ok({ hundredths: mantissa * step, step })
}
