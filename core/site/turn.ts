import type { TagConfig } from '../config/site-config.ts'
import { printable } from '../ocpp/printable.ts'
import type { CommandStage } from './command.ts'
import type { Effect } from './effect.ts'
import type { Instant } from './event.ts'

/**
 * What one event brings about, gathered while it is worked off: made inside `reduce` and never seen outside it, so filling it
 * in place leaves `reduce` pure.
 */
export interface Turn {
  readonly at: Instant
  readonly rules: Rules
  readonly effects: Effect[]
  /** Serial number of the next transaction of the site. */
  nextTransaction: number
}

/** What all Charge Points of a site share. */
export interface Rules {
  /** Number of this run of the site; makes ids unique over restarts. */
  readonly run: number
  /** Key of the transaction numbers. */
  readonly seed: number
  readonly timeZone: string
  readonly callTimeoutMs: number
  readonly limitIntervalMs: number
  readonly sampleIntervalSeconds: number
  /** How long after it was told a value is told again; 0: never. */
  readonly cycleMs: number
  readonly tags: { readonly [upperCaseTag: string]: TagConfig }
}

const longestNote = 500

/** Tells people something; what a charger said in it cannot hide or break a line. */
export function note(turn: Turn, level: 'info' | 'warning', identity: string, connector: number, text: string): void {
  turn.effects.push({ type: 'note', level, identity, connector, text: printable(text, longestNote) })
}

export function progress(turn: Turn, command: string, stage: CommandStage, reason = ''): void {
  turn.effects.push({ type: 'progress', command, stage, reason })
}

/** The earlier of two deadlines, where null is none. */
export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}
