import type { Command, Order, Telegram } from '../../core/index.ts'
import { parseErrorCode } from '../../core/ocpp/error-code.ts'
import { encodeError } from '../../core/ocpp/frame.ts'
import type { Act } from '../../fixtures/charge-point/event.ts'
import { exampleIdentity as identity } from '../../fixtures/site.ts'
import { addressOf, objectAt, payloadOf } from '../../fixtures/world/bus-value.ts'
import { crash, run } from '../../fixtures/world/engine.ts'
import { memberOf } from '../../fixtures/world/inside.ts'
import { stepMember } from '../../fixtures/world/steps.ts'
import { parseDuration, type Step } from './script.ts'
import * as charger from './scripted-charger.ts'
import { happen, type Stage } from './stage.ts'

type Verb = (stage: Stage, step: Step) => void

const word = ({ words }: Step, at = 0): string => words[at] ?? ''
const number = (step: Step, at: number, otherwise: number): number => (step.words[at] === undefined ? otherwise : Number(step.words[at]))

/** What passes by itself, and what happens to the controller. */
const atTheController: { readonly [verb: string]: Verb } = {
  wait: ({ inside }, step) => run(inside, parseDuration(word(step))),
  crash({ inside }, step) {
    crash(inside, parseDuration(word(step)))
    run(inside, 0)
  },
  /** `panel start { idTag: X }`: a command of a person. */
  panel(stage, step) {
    // The transcript names an order as the core does.
    const order = { idTag: null, ...step.options, type: word(step) } as Order
    const command: Command = { id: `panel-${++stage.messages}`, source: 'panel', identity, connector: 1, order, expiresAt: null }
    happen(stage, { type: 'command', command })
  },
}

const onTheBus: { readonly [verb: string]: Verb } = {
  write(stage, step) {
    const address = addressOf(word(step))
    const object = objectAt(stage.inside.config, address)
    if (!object) throw new Error('nothing of ours is there')
    const value = Number(word(step, 1))
    // All that is received but a current is one bit.
    hear(stage, { service: 'write', address, payload: payloadOf(object, object.name === 'maxCurrent' ? value : value === 1) })
  },
  octets: (stage, { words: [address = '', ...octets] }) =>
    hear(stage, { service: 'write', address: addressOf(address), payload: { bytes: octets.map((octet) => Number.parseInt(octet, 16)) } }),
  bits: (stage, step) => hear(stage, { service: 'write', address: addressOf(word(step)), payload: { small: Number(word(step, 1)) } }),
  read: (stage, step) => hear(stage, { service: 'read', address: addressOf(word(step)) }),
  /** `bus up`, `bus down`; `bus deaf` confirms nothing, `bus hears` does again. */
  bus(stage, step) {
    const state = word(step)
    if (state === 'deaf' || state === 'hears') stage.deaf = state === 'deaf'
    else happen(stage, { type: 'bus', up: state === 'up' })
  },
}

function hear(stage: Stage, telegram: Telegram): void {
  happen(stage, { type: 'telegram', telegram })
}

/** What a scripted charger says; `-` stands for the usual. */
const byScript: { readonly [verb: string]: Verb } = {
  connects: (stage) => charger.connect(stage),
  leaves: (stage) => charger.leave(stage),
  says: (stage, step) => charger.say(stage, word(step), step.options),
  text: (stage, { words }) => charger.sendText(stage, words.join(' ')),
  answers: (stage, step) => charger.answer(stage, step.words.length > 0 ? { status: word(step) } : step.options),
  errors: (stage, step) => charger.sendText(stage, encodeError(stage.call.id, parseErrorCode(word(step)) ?? 'GenericError', '')),
  status: (stage, step) => charger.reportStatus(stage, word(step), number(step, 2, 1), step.words[1] ?? 'NoError'),
  starts: (stage, step) => charger.startTransaction(stage, step.words[0] ?? charger.usualTag, number(step, 1, 1_000), number(step, 2, 1)),
  ends: (stage, step) => charger.stopTransaction(stage, number(step, 1, 1_500), step.words[0] ?? 'Local'),
  measures: (stage, step) => charger.measure(stage, step.options),
  /** `flaps 1000 1ms Charging SuspendedEV`: so many states, so far apart. */
  flaps: (stage, step) => repeat(stage, step, (i, states) => charger.reportStatus(stage, states[i % states.length] ?? '')),
  /** `surges 1000 1ms`: so many currents, so far apart. */
  surges: (stage, step) => repeat(stage, step, (i) => charger.measure(stage, { current: i % 33 })),
  /** `presses 1000 1ms 9/7/2`: 0 and 1 in turn, ending with 1. */
  presses: (stage, step) =>
    repeat(stage, step, (i, [address = '']) => hear(stage, { service: 'write', address: addressOf(address), payload: { small: i % 2 } })),
}

type Repeated = (i: number, rest: readonly string[]) => void

function repeat({ inside }: Stage, { words: [times, apart = '', ...rest] }: Step, doing: Repeated): void {
  for (let i = 0; i < Number(times); i++) {
    doing(i, rest)
    run(inside, parseDuration(apart))
  }
}

/** What is done at a simulated charger: the acts of the fixture. */
const atTheStation: { readonly [verb: string]: Verb } = {
  plug: (stage, step) => act(stage, { type: 'plug', connector: number(step, 0, 1) }),
  unplug: (stage, step) => act(stage, { type: 'unplug', connector: number(step, 0, 1) }),
  tag: (stage, step) => act(stage, { type: 'tag', idTag: step.words[0] ?? charger.usualTag, connector: number(step, 1, 1) }),
  button: (stage, step) => act(stage, { type: 'stop', connector: number(step, 0, 1) }),
  draws: (stage, step) => act(stage, { type: 'drawsAmperes', amperes: number(step, 0, 0), connector: number(step, 1, 1) }),
  meter: (stage, step) => act(stage, { type: 'meter', connector: number(step, 0, 1) }),
  fault: (stage, step) => act(stage, { type: 'fault', errorCode: word(step), connector: number(step, 1, 1) }),
  clear: (stage, step) => act(stage, { type: 'clearFault', connector: number(step, 0, 1) }),
  power: (stage) => act(stage, { type: 'powerCycle' }),
  drop: (stage) => act(stage, { type: 'drop' }),
  reconnect: (stage) => act(stage, { type: 'reconnect' }),
}

function act({ inside }: Stage, doing: Act): void {
  stepMember(inside, memberOf(inside, identity), doing)
  run(inside, 0)
}

export const verbs: { readonly [verb: string]: Verb } = { ...atTheController, ...onTheBus, ...byScript, ...atTheStation }
