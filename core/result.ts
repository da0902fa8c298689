/** What came of something that can fail: the value, or the reason in words a person understands. */
export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string }

/** It went well, with this value. */
export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}

/** It did not go, for this reason. */
export function refuse(reason: string): Result<never> {
  return { ok: false, reason }
}

/** The result with its value changed; a refusal stays as it is. */
export function map<From, To>(result: Result<From>, change: (value: From) => To): Result<To> {
  return result.ok ? ok(change(result.value)) : result
}
