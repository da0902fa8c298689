import { nearest } from '../../../core/config/spelling.ts'
import { chargePointErrorCodes, chargePointStatuses } from '../../../core/ocpp/words.ts'
import { ok, refuse, type Result } from '../../../core/result.ts'
import type { Act } from '../../../fixtures/charge-point/event.ts'
import type { StationStatus } from '../../../fixtures/charge-point/status.ts'

/** One command of a script. */
export type ScriptStep =
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'wait'; readonly delayMs: number }
  | { readonly type: 'until'; readonly connector: number; readonly status: StationStatus }
  | { readonly type: 'quit' }

/** What follows the word of a command, and what it comes to. */
interface Command {
  readonly usage: string
  readonly help: string
  /** True: a connector may come first; without one it is connector 1. */
  readonly connector: boolean
  /** How many words come after it, at least and at most. */
  readonly values: readonly [least: number, most: number]
  readonly read: (connector: number, value: string, more: string) => Result<ScriptStep>
}

/** The tag of a `start` that names none. */
const usualTag = '04A1B2C3D4'

const simple = (type: 'plug' | 'unplug' | 'stop' | 'meter' | 'clearFault', help: string): Command => ({
  usage: '[connector]', help, connector: true, values: [0, 0], read: (connector) => act({ type, connector }),
})
const bare = (help: string, step: ScriptStep): Command => ({ usage: '', help, connector: false, values: [0, 0], read: () => ok(step) })

/** The commands of a script, one per line or between semicolons. */
export const commands: { readonly [word: string]: Command } = {
  plug: simple('plug', 'plug a car in'),
  unplug: simple('unplug', 'unplug it'),
  tag: { usage: '[connector] <id>', help: 'hold an RFID tag to the reader', connector: true, values: [1, 1], read: readTag },
  start: { usage: '[connector] [id]', help: `the same; ${usualTag} unless told`, connector: true, values: [0, 1], read: readTag },
  stop: simple('stop', 'press the stop button'),
  draw: { usage: '[connector] <A>', help: 'the car takes so much per phase; 0: it suspends', connector: true, values: [1, 1], read: readDraw },
  meter: simple('meter', 'send MeterValues now'),
  fault: { usage: '[connector] <code>', help: 'report an error code, and Faulted', connector: true, values: [1, 1], read: readFault },
  clear: simple('clearFault', 'clear it'),
  drop: bare('lose the network', { type: 'act', act: { type: 'drop' } }),
  reconnect: bare('have it back', { type: 'act', act: { type: 'reconnect' } }),
  reboot: bare('switch the power off and on', { type: 'act', act: { type: 'powerCycle' } }),
  wait: { usage: '<time> | until [connector] <status>', help: 'wait 10s · wait 5m · wait until Charging', connector: false, values: [1, 3], read: readWait },
  quit: bare('end', { type: 'quit' }),
}

function act(doing: Act): Result<ScriptStep> {
  return ok({ type: 'act', act: doing })
}

function readTag(connector: number, idTag = usualTag): Result<ScriptStep> {
  return idTag.length > 20 ? refuse('a tag has at most 20 characters') : act({ type: 'tag', connector, idTag })
}
