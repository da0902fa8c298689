import type { Language } from '../i18n/languages.ts'

/** Written where a value is not known. */
export const unknown = '–'

const formats = new Map<string, Intl.NumberFormat>()

function format(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language}${digits}`
  const made = formats.get(key) ?? new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  formats.set(key, made)
  return made
}

/** A number with so many digits after the point. */
export function number(value: number | null, digits: number, language: Language): string {
  return value === null || !Number.isFinite(value) ? unknown : format(language, digits).format(value)
}

/** Amperes as people read them: 16, 7.5 */
export function amperes(value: number | null, language: Language): string {
  return number(value, value !== null && Number.isInteger(value) ? 0 : 1, language)
}

/** W as kW: 7.36 */
export function kilowatts(watts: number | null, language: Language): string {
  return number(watts === null ? null : watts / 1_000, 2, language)
}

/** Wh as kWh: 12.34 */
export function kilowattHours(wattHours: number | null, language: Language): string {
  return number(wattHours === null ? null : wattHours / 1_000, 2, language)
}
