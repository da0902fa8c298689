import type { ChargePoint, Connector, Effect, Site } from '../../core/index.ts'
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

/** What a Charge Point said on its present link, where it is a list in JSON: its elements as they stand, not judged. */
export interface Heard {
  readonly chargePoint: ChargePoint
  readonly connection: string
  readonly elements: readonly unknown[]
}

/** A Charge Point before and after a step. */
export interface Pair {
  readonly before: ChargePoint
  readonly after: ChargePoint
}

/** A connector before and after a step; a new one has no before. */
export interface ConnectorPair {
  readonly chargePoint: Pair
  readonly before: Connector | undefined
  readonly after: Connector
}

/** One step that was taken, what there is to see of it, and the same step once more. */
export interface Edge {
  readonly before: Site
  readonly happening: Happening
  readonly after: Site
  readonly effects: readonly Effect[]
  readonly again: () => Result
  readonly heard: Heard | undefined
  readonly calls: readonly Sent[]
  readonly answers: readonly Sent[]
  /** The Charge Points the step has changed. */
  readonly changed: readonly Pair[]
  /** The connectors the step has changed. */
  readonly changedConnectors: readonly ConnectorPair[]
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
