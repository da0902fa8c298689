import { map } from '../../result.ts'
import { bigEndian, octets, saturate, unsigned, type Codec } from './codec.ts'

/** Whole numbers of so many octets: signed in two's complement when `min` is negative. */
export function integer(length: number, min: number, max: number): Codec<number> {
  return {
    range: [min, max],
    encode: (value) => map(saturate(value, [min, max]), (number) => ({ bytes: bigEndian(Math.round(number), length) })),
    decode: (payload) => map(octets(payload, length), (bytes) => {
      const number = unsigned(bytes)
      return number > max ? number - 256 ** length : number
    }),
  }
}
