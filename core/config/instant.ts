import { ok, refuse, type Result } from '../result.ts'
import type { Kind } from './combine.ts'

/** An instant in ISO 8601 with its zone, or a date, which is its beginning in UTC; it becomes `2025-01-01T00:00:00.000Z`. */
export const instant: Kind<string> = { noun: 'an instant', read: readInstant }

const form = /^([1-9]\d{3}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d))?$/i

function readInstant(input: unknown): Result<string> {
  const parts = typeof input === 'string' ? form.exec(input) : null
  if (parts === null) return refuse('write it with its zone, such as 2025-01-01T00:00:00Z')
  const [, day = '', minutes = '00:00', seconds = ':00', zone = 'Z'] = parts
  const local = `${day}T${minutes}${seconds}`
  const at = toIso(`${local}${zone.toUpperCase()}`)
  // A Date rolls 30 February over into March: what does not come back the same is no date.
  return toIso(`${local}Z`).startsWith(local) && form.test(at) ? ok(at) : refuse('there is no such date or time')
}

function toIso(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? '' : new Date(at).toISOString()
}
