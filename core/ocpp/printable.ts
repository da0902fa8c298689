/** Controls, marks that turn the direction of writing, lone surrogates and the like; breaks of line and paragraph. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** Most texts are plain, and to see that is ten times as fast as to look for what is not. */
const plain = /^[\x20-\x7e]*$/

/** A text off the wire made fit for a log line or a description: nothing unprintable, at most `limit` characters. */
export function printable(text: string, limit = 255): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text
  return plain.test(cut) ? cut : cut.replace(unprintable, '\ufffd')
}
