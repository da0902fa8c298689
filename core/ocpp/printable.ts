/** Controls, marks that turn the direction of writing, lone surrogates and the like; breaks of line and paragraph. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A text off the wire made fit for a log line or a description: nothing unprintable, at most `limit` characters. */
export function printable(text: string, limit = 255): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text
  return cut.replace(unprintable, '\ufffd')
}
