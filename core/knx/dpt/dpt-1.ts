import { ok, refuse } from '../../result.ts'
import { within, type Codec } from './codec.ts'

/** DPT 1: one bit inside the APCI; the five bits above it are ignored (KNX 03.07.02). */
export const bit: Codec<boolean> = {
  encode: (value) => (typeof value === 'boolean' ? ok({ small: Number(value) }) : refuse('true or false is expected')),
  decode: (payload) =>
    'small' in payload && within(payload.small, 0, 63) ? ok((payload.small & 1) === 1) : refuse('a payload of one bit is expected'),
}
