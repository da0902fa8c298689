import { isFields } from './fields.ts'

/** Configuration keys whose values are nobody's business, by the standard's name or by what vendors call theirs. */
const secretKey = /authorizationkey|password|passphrase|secret/i

/** As long as the shortest AuthorizationKey, so that what is recorded can be replayed. */
const mask = '****************'

/** A JSON value with passwords masked, as a replacer of JSON.stringify: those of a configuration, and those in OCPP messages and orders. */
export function maskSecrets(name: string, value: unknown): unknown {
  if (name === 'password' && typeof value === 'string') return mask
  if (name === 'text' && typeof value === 'string' && secretKey.test(value)) return maskFrame(value)
  if (!isFields(value) || typeof value['key'] !== 'string' || !secretKey.test(value['key'])) return value
  return 'value' in value ? { ...value, value: mask } : value
}

/** What is no JSON, and may hold a password, is left out as a whole. */
function maskFrame(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), maskSecrets)
  } catch {
    return mask
  }
}
