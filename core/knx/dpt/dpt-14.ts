import { map, ok, refuse } from '../../result.ts'
import { octets, saturate, type Codec } from './codec.ts'

const range = [-3.4028234663852886e38, 3.4028234663852886e38] as const

/** DPT 14: IEEE 754 single precision in four octets; NaN and infinities are refused (KNX 03.07.02). */
export const float32: Codec<number> = {
  range,
  encode: (value) => map(saturate(value, range), (number) => {
    const view = new DataView(new ArrayBuffer(4))
    view.setFloat32(0, number)
    return { bytes: [view.getUint8(0), view.getUint8(1), view.getUint8(2), view.getUint8(3)] }
  }),
  decode(payload) {
    const bytes = octets(payload, 4)
    if (!bytes.ok) return bytes
    const number = new DataView(Uint8Array.from(bytes.value).buffer).getFloat32(0)
    // JSON has no −0, and states are JSON.
    return Number.isFinite(number) ? ok(number === 0 ? 0 : number) : refuse('the payload is not a finite number')
  },
}
