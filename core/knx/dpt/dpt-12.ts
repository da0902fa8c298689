import { integer } from './integer.ts'

/** DPT 12: 0 to 4,294,967,295 in four octets (KNX 03.07.02). */
export const unsigned32 = integer(4, 0, 4_294_967_295)
