import { type Fields, isFields } from './fields.ts'

/** An object as JSON.stringify writes it; what is small and plain, as nearly all answers are, in half the time. */
export function encodeFields(fields: Fields): string {
  let text = ''
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) text += `${text === '' ? '' : ','}${encodeText(name)}:${encodeValue(value)}`
  }
  return `{${text}}`
}

function encodeValue(value: unknown): string {
  if (typeof value === 'string') return encodeText(value)
  return isFields(value) ? encodeFields(value) : JSON.stringify(value)
}

/** A text as JSON. */
export function encodeText(text: string): string {
  return isPlain(text) ? `"${text}"` : JSON.stringify(text)
}

/** Has it only characters that JSON writes as they are? */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < space || code > tilde || code === quote || code === backslash) return false
  }
  return true
}

const [space, quote, backslash, tilde] = [0x20, 0x22, 0x5c, 0x7e]
