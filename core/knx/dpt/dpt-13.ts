import { integer } from './integer.ts'

/** DPT 13: −2,147,483,648 to 2,147,483,647 in four octets (KNX 03.07.02). */
export const signed32 = integer(4, -2_147_483_648, 2_147_483_647)
