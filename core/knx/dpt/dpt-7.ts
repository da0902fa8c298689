import { integer } from './integer.ts'

/** DPT 7: 0 to 65,535 in two octets (KNX 03.07.02). */
export const unsigned16 = integer(2, 0, 65_535)
