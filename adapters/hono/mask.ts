/** What stands in the place of a secret. */
export const hidden = '***'
const secretName = /^authorization$|auth(orization)?_?key|passw(or)?d|passphrase|secret|token|privatekey/i
/** ftp://user:password@host */
const credentials = /(\/\/[^/\s:@"]*:)[^/\s@"]+(?=@)/g
/** What may hold a secret at all: a cheap look before a costly one. */
const suspicious = /auth|passw|passphrase|secret|token|privatekey|:\/\/[^"]*@/i

/** A JSON value in which passwords, keys and credentials in URLs are ***; that of a configuration key too. */
export function mask(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? maskText(value) : value.replace(credentials, `$1${hidden}`)
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  const isSecretKey = 'key' in value && typeof value.key === 'string' && secretName.test(value.key)
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, isHidden(name, part, isSecretKey) ? hidden : mask(part)]))
}

function isHidden(name: string, part: unknown, isSecretKey: boolean): boolean {
  return typeof part === 'string' && part !== '' && (secretName.test(name) || (isSecretKey && name === 'value'))
}

/** A message of a WebSocket without its secrets; one that has none stays as it is to the letter, and one that is no JSON loses what looks like one. */
export function maskText(text: string): string {
  if (!suspicious.test(text)) return text
  try {
    const parsed: unknown = JSON.parse(text)
    const masked = JSON.stringify(mask(parsed))
    return masked === JSON.stringify(parsed) ? text : masked
  } catch {
    return text.replace(/((?:auth\w*key|authorization|passw\w*|passphrase|secret|token)["']?\s*[:=,]\s*["']?(?:value["']?\s*[:=]\s*["']?)?)[^"',\s}\]]+/gi, `$1${hidden}`).replace(credentials, `$1${hidden}`)
  }
}
