import { ISO_TIMESTAMP_REGEX } from 'valibot'
import type { Fields } from '../fields.ts'

/** What a guard says of a field: it is plain and required (1), plain and optional (0), or not plain (-1). */
export type Verdict = 1 | 0 | -1

/** Judges one field of a payload by its name. */
export type Judge = (name: string, value: unknown) => Verdict

/** Whether all fields of a payload are plain, `required` of them being the required ones. */
export function isPlain(payload: Fields, required: number, judge: Judge): boolean {
  let found = 0
  for (const name in payload) {
    const verdict = judge(name, payload[name])
    if (verdict < 0) return false
    found += verdict
  }
  return found === required
}

/** The verdict on a required field. */
export function isRequired(plain: boolean): Verdict {
  return plain ? 1 : -1
}

/** The verdict on an optional field. */
export function mayBe(plain: boolean): Verdict {
  return plain ? 0 : -1
}

/** Plain for `text(limit)`. */
export function isText(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.length <= limit
}

/** Plain for `remark(limit)`. */
export function isRemark(value: unknown, limit: number): boolean {
  return isText(value, limit) && value !== 'null'
}

/** Plain for `integer`. */
export function isInteger(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

/** Plain for `connectorId`. */
export function isConnectorId(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}

/** Plain for `timestamp`. */
export function isTimestamp(value: unknown): boolean {
  return typeof value === 'string' && ISO_TIMESTAMP_REGEX.test(value)
}
