/**
 * Does an Authorization header carry this identity and password? HTTP Basic, where chargers send the password as raw bytes, as text
 * or as hexadecimal text of it (OCPP-J 1.6 §6.2.2, security whitepaper §4.2). Takes as long for a wrong password as for the right one.
 */
export function passwordFits(identity: string, password: string, authorization: string | undefined): boolean {
  const match = /^basic\s+([a-z0-9+/]+)={0,2}\s*$/i.exec(authorization ?? '')
  if (!match?.[1] || match[1].length > longestCredentials) return false
  const given = base64(match[1])
  let fits = false
  for (const secret of spellings(password)) fits = sameBytes(given, [...utf8(`${identity}:`), ...secret]) || fits
  return fits
}

const longestCredentials = 1_024

function spellings(password: string): readonly (readonly number[])[] {
  const text = utf8(password)
  const asHex = text.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const spelled = [text, utf8(asHex), utf8(asHex.toUpperCase())]
  if (!/^([0-9a-f]{2})+$/i.test(password)) return spelled
  const raw = Array.from({ length: password.length / 2 }, (_, i) => Number.parseInt(password.slice(2 * i, 2 * i + 2), 16))
  return [...spelled, raw, utf8(password.toLowerCase()), utf8(password.toUpperCase())]
}

function sameBytes(a: readonly number[], b: readonly number[]): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i % b.length] ?? 0)
  return difference === 0
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(text: string): readonly number[] {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    bits = ((bits << 6) | alphabet.indexOf(letter)) & 0xffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes.push((bits >> held) & 0xff)
    }
  }
  return bytes
}

function utf8(text: string): readonly number[] {
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  }
  return bytes
}
