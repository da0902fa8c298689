const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/

/** Whether a text is an instant: milliseconds since 1970, a date, or ISO 8601 with its zone. */
export function isCalendarInstant(text: string): boolean {
  return /^\d{1,15}$/.test(text) || (iso.test(text) && !Number.isNaN(Date.parse(text)))
}
