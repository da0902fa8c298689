import { map } from '../../result.ts'
import { octets, saturate, type Codec } from './codec.ts'
import { integer } from './integer.ts'

/** DPT 5.010: 0 to 255 in one octet (KNX 03.07.02). */
export const unsigned8 = integer(1, 0, 255)

/** DPT 5.001: 0 to 100 % in 255 steps, read back to a tenth (KNX 03.07.02). */
export const percent: Codec<number> = {
  range: [0, 100],
  encode: (value) => map(saturate(value, [0, 100]), (number) => ({ bytes: [Math.round((number * 255) / 100)] })),
  decode: (payload) => map(octets(payload, 1), ([octet = 0]) => Math.round((octet * 1000) / 255) / 10),
}
