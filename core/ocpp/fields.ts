/** A JSON object: the shape of every payload. */
export type Fields = { readonly [name: string]: unknown }

/** Whether a JSON value is an object, which neither null nor an array is. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
