/** Controls, marks that turn the direction of writing, lone surrogates and the like; breaks of line and paragraph. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A text off the wire made fit for a log line or a description: nothing unprintable, at most `limit` characters. */
export function printable(text: string, limit = 255): string {
  const clean = text.slice(0, limit).replace(unprintable, '\ufffd')
  return text.length > limit ? `${clean.slice(0, -1)}…` : clean
}
