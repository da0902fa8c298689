const numeral = /^\s*[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?\s*$/

/** With so many digits a whole number, and the power of ten that divides it, are exact, and so their quotient is the nearest there is. */
const mostDigits = 15

const powersOfTen: readonly number[] = Array.from({ length: mostDigits + 1 }, (_, n) => 10 ** n)

/** The number a meter writes: decimals with a comma are decimals; anything else that is no plain number is NaN. */
export function parseDecimal(text: string): number {
  return parsePlain(text) ?? parseAny(text)
}

/** Digits with at most one point among them, which is what nearly all meters write; undefined for anything else. */
function parsePlain(text: string): number | undefined {
  const { length } = text
  if (length === 0 || length > mostDigits) return undefined
  let digits = 0
  let decimals = -1
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit
    else if (digit === point && decimals < 0 && i > 0) decimals = length - 1 - i
    else return undefined
  }
  return decimals <= 0 ? digits : digits / (powersOfTen[decimals] ?? 1)
}

/** Where the point stands from the digit 0 in ASCII. */
const point = -2

function parseAny(text: string): number {
  if (!numeral.test(text)) return Number.NaN
  return Number(text.includes(',') ? text.replace(',', '.') : text)
}
