/** No OCPP message nests deeper than 8; what a peer adds of its own may go a good deal further. */
const deepest = 64

/** A text up to this length cannot nest deeply enough to do harm, and is not looked at. */
const harmless = 4096

const [quote, backslash, openBracket, openBrace, closeBracket, closeBrace] = [...'"\\[{]}'].map((mark) => mark.charCodeAt(0))

/** Whether a JSON text nests so deep that parsing it is slow and writing it again overflows the stack. */
export function nestsTooDeep(text: string): boolean {
  if (text.length <= harmless) return false
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const mark = text.charCodeAt(i)
    if (mark === quote) i = endOfString(text, i)
    else if (mark === openBracket || mark === openBrace) depth++
    else if (mark === closeBracket || mark === closeBrace) depth--
    if (depth > deepest) return true
  }
  return false
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && text.charCodeAt(i) !== quote) i += text.charCodeAt(i) === backslash ? 2 : 1
  return i
}
