import { map, ok, refuse } from '../../result.ts'
import { octets, type Codec } from './codec.ts'

const length = 14

/** DPT 16.001: 14 octets of ISO 8859-1, padded with NUL; longer text is cut, what is not printable there is `?` (KNX 03.07.02). */
export const latin1: Codec<string> = {
  encode(value) {
    if (typeof value !== 'string') return refuse('a text is expected')
    // Composed first: an ä typed as a and two dots is one character here.
    const characters = [...value.normalize('NFC')].slice(0, length).map((character) => printable(character.codePointAt(0)))
    return ok({ bytes: [...characters, ...Array<number>(length - characters.length).fill(0)] })
  },
  decode: (payload) => map(octets(payload, length), (bytes) => {
    const end = bytes.indexOf(0)
    return String.fromCharCode(...bytes.slice(0, end < 0 ? length : end).map(printable))
  }),
}

function printable(code = 0): number {
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) ? code : 0x3f
}
