/** The first place at which two values differ, as JSON sees them; parts that are the same object are not looked into. */
export function difference(a: unknown, b: unknown, place = ''): string | undefined {
  if (a === b) return undefined
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) {
    return `${place || 'the whole'}: ${show(a)} is not ${show(b)}`
  }
  const left = Object.keys(a)
  if (left.length !== Object.keys(b).length) return `${place || 'the whole'}: ${left.join()} are not ${Object.keys(b).join()}`
  for (const name of left) {
    if (!Object.hasOwn(b, name)) return `${place}.${name}: is missing`
    // Both are objects or lists, whose parts go by these names.
    const found = difference((a as { [name: string]: unknown })[name], (b as { [name: string]: unknown })[name], `${place}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

function show(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 80)
}

/** The first place at which a value is not JSON: what is there would not be the same once written and read. `sound` is known to be JSON. */
export function notJson(value: unknown, sound: unknown, place: string): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean': return undefined
    case 'number': return Number.isFinite(value) ? undefined : `${place} is ${value}`
    case 'object': return value === null || value === sound ? undefined : notJsonInside(value, sound, place)
    default: return `${place} is ${typeof value}`
  }
}

function notJsonInside(value: object, sound: unknown, place: string): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return `${place} is no plain object`
  // Whatever it is, its parts go by their names; a part that is compared with the wrong one is only looked into.
  const beside = (typeof sound === 'object' && sound !== null ? sound : {}) as { readonly [name: string]: unknown }
  for (const name in value) {
    const found = notJson((value as { readonly [name: string]: unknown })[name], beside[name], `${place}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/** Makes a JSON value and all its parts unchangeable. */
export function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  Object.values(value).forEach(freeze)
  return value
}
