import type { Instant } from '../site/event.ts'

/** What is live on a connector once its meter has spoken; null where nothing is known. */
export interface Sample {
  readonly identity: string
  readonly connector: number
  readonly at: Instant
  /** The id of the running transaction. */
  readonly transaction: number | null
  /** A, the highest phase */
  readonly current: number | null
  /** W, all phases */
  readonly power: number | null
  /** Wh */
  readonly register: number | null
  /** Wh of the running transaction so far */
  readonly energy: number | null
  /** V between a phase and neutral, the mean */
  readonly voltage: number | null
  /** % of the car's battery */
  readonly soc: number | null
}
