import type { Instant } from '../../site/event.ts'
import type { Telegram } from '../telegram.ts'
import type { LinkEffect, LinkState, Phase } from './state.ts'

/** What one event makes of the link, and what the host has to do for it. */
export type Step = readonly [state: LinkState, effects: readonly LinkEffect[]]

/** Waits before each further attempt to connect; the last one is for all that follow. */
export const backOffMs = [1_000, 2_000, 5_000, 10_000, 30_000] as const
/** A connection that lasted this long was good: the waits begin anew. */
const goodConnectionMs = 30_000
const openTimeoutMs = 10_000

/** Nothing happens. */
export function stay(state: LinkState): Step {
  return [state, []]
}

/** The same link in another phase. */
export function enter(state: LinkState, phase: Phase, ...effects: readonly LinkEffect[]): Step {
  return [{ ...state, phase }, effects]
}

/** The second step follows on the first. */
export function andThen([state, effects]: Step, next: (state: LinkState) => Step): Step {
  const [following, more] = next(state)
  return [following, more.length === 0 ? effects : effects.concat(more)]
}

/** Asks the host for a fresh socket. */
export function open(state: LinkState, at: Instant): Step {
  return enter(state, { name: 'opening', until: at + openTimeoutMs }, { type: 'open' })
}

/** The way to the bus is lost, or was not found: what waits is not confirmed, and the next attempt comes after the back-off. */
export function lose(state: LinkState, at: Instant, reason: string, ...farewell: readonly LinkEffect[]): Step {
  const good = 'since' in state.phase && at - state.phase.since >= goodConnectionMs
  const failures = good ? 0 : state.failures
  const waitMs = backOffMs[Math.min(failures, backOffMs.length - 1)] ?? backOffMs[4]
  const next: LinkState = {
    ...state, phase: { name: 'waiting', until: at + waitMs }, failures: Math.min(failures + 1, backOffMs.length),
  }
  return andThen([next, [...farewell, { type: 'close' }]], (lost) => giveUp(lost, reason))
}

/** Says why there is no way to the bus, unless that was said last, and that nothing waiting was confirmed. */
export function giveUp(state: LinkState, reason: string): Step {
  const told: readonly LinkEffect[] = reason === state.reason ? [] : [{ type: 'down', reason }]
  return [{ ...state, queue: [], reason }, [...told, ...state.queue.map(() => unconfirmed)]]
}

export const unconfirmed: LinkEffect = { type: 'transmitted', confirmed: false }

/** The telegram on its way has its outcome; the caller sees to the next one. */
export function settle(state: LinkState, phase: Phase, confirmed: boolean): Step {
  return [{ ...state, phase, queue: state.queue.slice(1) }, [{ type: 'transmitted', confirmed }]]
}

/** True for what one standard frame carries: up to 6 bits in the APCI, or 1 to 14 octets. */
export function fitsFrame(telegram: Telegram): boolean {
  if (!(Number.isInteger(telegram.address) && telegram.address > 0 && telegram.address <= 0xffff)) return false
  if (telegram.service === 'read') return true
  const { payload } = telegram
  if ('small' in payload) return Number.isInteger(payload.small) && payload.small >= 0 && payload.small < 64
  return payload.bytes.length > 0 && payload.bytes.length <= 14 && payload.bytes.every(isOctet)
}

function isOctet(byte: number): boolean {
  return Number.isInteger(byte) && byte >= 0 && byte < 256
}
