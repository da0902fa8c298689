/** A group address as the 16-bit number it is on the bus (KNX 03.03.02): main·2048 + middle·256 + sub. */
export type GroupAddress = number

/** An individual address as the 16-bit number it is on the bus: area·4096 + line·256 + device. */
export type IndividualAddress = number

/** The data of a group telegram: up to 6 bits travel inside the APCI (`small`), anything longer in octets after it (KNX 03.03.07). */
export type Payload = { readonly small: number } | { readonly bytes: readonly number[] }

/** A group telegram: GroupValue_Write and GroupValue_Response carry a payload, GroupValue_Read carries none (KNX 03.03.07). */
export type Telegram =
  | { readonly service: 'write' | 'response'; readonly address: GroupAddress; readonly payload: Payload }
  | { readonly service: 'read'; readonly address: GroupAddress }

/** Payloads are equal when they have the same form and the same bits. */
export function samePayload(a: Payload, b: Payload): boolean {
  if ('small' in a) return 'small' in b && a.small === b.small
  return 'bytes' in b && a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i])
}
