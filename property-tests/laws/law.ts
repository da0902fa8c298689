import type { Effect, Site } from '../../core/index.ts'
import type { Happening, Result } from '../happening.ts'

/** A frame we send: type 2 is a CALL, 3 a CALLRESULT, 4 a CALLERROR; `body` is a payload, or the code of the error. */
export interface Sent {
  readonly identity: string
  readonly connection: string
  readonly type: 2 | 3 | 4
  readonly id: string
  readonly action: string
  readonly body: unknown
  readonly text: string
}

/** One step that was taken, and the same step once more. */
export interface Edge {
  readonly before: Site
  readonly happening: Happening
  readonly after: Site
  readonly effects: readonly Effect[]
  /** The frames among the effects. */
  readonly sent: readonly Sent[]
  readonly again: () => Result
}

/** A sentence that holds for every step; `check` says what breaks it. */
export interface Law {
  readonly title: string
  readonly check: (edge: Edge) => string | undefined
}

/** A sentence about a run as a whole, from its first step on; `begin` gives the check of its steps, in their order. */
export interface LongLaw {
  readonly title: string
  readonly begin: () => Law['check']
}
