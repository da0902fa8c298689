import { nearest } from '../../../core/config/spelling.ts'
import { chargePointErrorCodes, chargePointStatuses } from '../../../core/ocpp/words.ts'
import { ok, refuse, type Result } from '../../../core/result.ts'
import type { Act } from '../../../fixtures/charge-point/event.ts'
import type { StationStatus } from '../../../fixtures/charge-point/status.ts'

/** One step of a script. */
export type ScriptStep =
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'wait'; readonly delayMs: number }
  | { readonly type: 'until'; readonly connector: number; readonly status: StationStatus }
  | { readonly type: 'quit' }

/** What follows the word of a command, and what it comes to. */
export interface Command {
  readonly usage: string
  readonly help: string
  /** True: the number of a connector may come first; without one it is connector 1. */
  readonly connector: boolean
  /** How many words come after that, at least and at most. */
  readonly values: readonly [least: number, most: number]
  readonly read: (connector: number, values: readonly string[]) => Result<ScriptStep>
}

/** The tag of a `start` that names none. */
const usualTag = '04A1B2C3D4'

/** The commands of a script by their words. */
export const commands: { readonly [word: string]: Command } = {
  plug: onConnector('plug', 'plug a car in'),
  unplug: onConnector('unplug', 'unplug it'),
  tag: { usage: '[connector] <id>', help: 'hold an RFID tag to the reader', connector: true, values: [1, 1], read: readTag },
  start: { usage: '[connector] [id]', help: `the same, with ${usualTag} unless told`, connector: true, values: [0, 1], read: readTag },
  stop: onConnector('stop', 'press the stop button'),
  draw: { usage: '[connector] <A>', help: 'the car takes so much per phase, or nothing', connector: true, values: [1, 1], read: readDraw },
  meter: onConnector('meter', 'send MeterValues now'),
  fault: { usage: '[connector] <code>', help: 'report a fault, such as GroundFailure', connector: true, values: [1, 1], read: readFault },
  clear: onConnector('clearFault', 'clear the fault'),
  drop: alone('lose the network', { type: 'act', act: { type: 'drop' } }),
  reconnect: alone('have the network back', { type: 'act', act: { type: 'reconnect' } }),
  reboot: alone('switch the power off and on', { type: 'act', act: { type: 'powerCycle' } }),
  wait: { usage: '<time>', help: 'or until: wait 10s · wait until [connector] Charging', connector: false, values: [1, 3], read: readWait },
  quit: alone('end', { type: 'quit' }),
}

function onConnector(type: 'plug' | 'unplug' | 'stop' | 'meter' | 'clearFault', help: string): Command {
  return { usage: '[connector]', help, connector: true, values: [0, 0], read: (connector) => act({ type, connector }) }
}

function alone(help: string, step: ScriptStep): Command {
  return { usage: '', help, connector: false, values: [0, 0], read: () => ok(step) }
}

function act(doing: Act): Result<ScriptStep> {
  return ok({ type: 'act', act: doing })
}

function readTag(connector: number, [idTag = usualTag]: readonly string[]): Result<ScriptStep> {
  return idTag.length > 20 ? refuse('a tag has at most 20 characters') : act({ type: 'tag', connector, idTag })
}

function readDraw(connector: number, [text = '']: readonly string[]): Result<ScriptStep> {
  const amperes = Number(text)
  return /^\d{1,3}(\.\d+)?$/.test(text) ? act({ type: 'drawsAmperes', connector, amperes }) : refuse(`“${text}” is no number of amperes`)
}

function readFault(connector: number, [text = '']: readonly string[]): Result<ScriptStep> {
  const errorCode = word(text, chargePointErrorCodes.filter((code) => code !== 'NoError'), 'error code')
  return errorCode.ok ? act({ type: 'fault', connector, errorCode: errorCode.value }) : errorCode
}

const milliseconds: { readonly [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

function readWait(_connector: number, values: readonly string[]): Result<ScriptStep> {
  const [first = '', second = '', third] = values
  if (first === 'until') return readUntil(third === undefined ? '1' : second, third ?? second)
  const [, amount, unit] = /^(\d{1,6}(?:\.\d+)?)(ms|s|m|h)$/.exec(first) ?? []
  if (amount === undefined || unit === undefined || values.length > 1) {
    return refuse(`“${values.join(' ').slice(0, 40)}” is no time: 500ms, 10s, 5m, 1h`)
  }
  return ok({ type: 'wait', delayMs: Number(amount) * (milliseconds[unit] ?? 0) })
}

function readUntil(connector: string, text: string): Result<ScriptStep> {
  const status = word(text, chargePointStatuses, 'status')
  if (!status.ok) return status
  if (!isConnector(connector)) return refuse(`“${connector}” is no connector`)
  return ok({ type: 'until', connector: Number(connector), status: status.value })
}

/** Whether a word is the number of a connector. */
export function isConnector(text: string | undefined): boolean {
  return text !== undefined && /^[1-9]\d?$/.test(text)
}

/** One of the standard's words, in any case. */
function word<Word extends string>(text: string, words: readonly Word[], what: string): Result<Word> {
  const found = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return ok(found)
  const meant = nearest(text, words)
  return refuse(`“${text.slice(0, 40)}” is no ${what}${meant === undefined ? `: ${words.join(', ')}` : `; did you mean ${meant}?`}`)
}
