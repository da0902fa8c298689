/** Days of the 400 years after which the Gregorian calendar repeats. */
const daysOf400Years = 146_097

/** Days from 1 March of the year 0, where this count begins because leap days then end a year, to 1 January 1970. */
const daysTo1970 = 719_468

/** Days since 1 January 1970 of a date of the years 0 to 9999; a day past the end of its month is one of the next. */
export function daysOfDate(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * daysOf400Years + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - daysTo1970
}

/** The date so many days after 1 January 1970, as `YYYY-MM-DD`, in the years 0 to 9999. */
export function dateOfDays(days: number): string {
  const shifted = days + daysTo1970
  const era = Math.floor(shifted / daysOf400Years)
  const ofEra = shifted - era * daysOf400Years
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const fullYear = year + era * 400 + (month > 2 ? 0 : 1)
  return `${twoDigits(Math.floor(fullYear / 100))}${twoDigits(fullYear % 100)}-${twoDigits(month)}-${twoDigits(ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)}`
}

const pairs: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/** A whole number from 0 to 99 in two digits. */
export function twoDigits(n: number): string {
  return pairs[n] ?? ''
}
