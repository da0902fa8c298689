/** Marks that turn the direction of text, control characters, and lone surrogates. */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A text that others wrote, harmless and no longer than `longest` characters. */
export function clip(text: string, longest = 80): string {
  // Cut first: what is looked at is bounded too.
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  return cut.replace(harmful, '\u{FFFD}')
}

/** The same for text of several lines. */
export function clipLines(text: string, longest = 20_000): string {
  return text.slice(0, longest).split('\n').map((line) => clip(line, longest)).join('\n')
}
