import { expect } from 'vitest'
import type { ChargePoint, Connector, TransactionRecord } from '../core/index.ts'
import type { Fields } from '../core/ocpp/fields.ts'
import type { CentralSystem } from './central-system.ts'
import { dial, type Answer, type Asked, type DialOptions, type ScriptedChargePoint } from './charge-point.ts'

/** What a conversation has come to. */
export interface Scene {
  readonly central: CentralSystem
  readonly identity: string
  readonly chargePoint: ChargePoint
  readonly connector: Connector
  /** The number of the transaction that was started last. */
  readonly transactionId: number
  /** The CALL that was heard last. */
  readonly heard: Fields
  /** The books of this Charge Point. */
  readonly books: readonly TransactionRecord[]
}

/** A value, or what makes it of the conversation so far. */
type Said<T> = T | ((scene: Scene) => T)

/** One line of a conversation. */
export type Step =
  /** The Charge Point sends a CALL, and the Central System must answer like this. */
  | { readonly type: 'says'; readonly action: string; readonly payload: Said<Fields>; readonly answered: Fields }
  /** The operator has a CALL sent; the Charge Point hears it to the letter and answers, and the operator is told. */
  | { readonly type: 'asks'; readonly action: string; readonly payload: Said<Fields>; readonly answer: Answer }
  /** The Central System sends such a CALL by itself, in answer to what was before. */
  | { readonly type: 'hears'; readonly action: string; readonly like: Said<Fields>; readonly answer: Answer }
  /** The Charge Point leaves, with or without a word, if it was there; and connects again. */
  | { readonly type: 'connects'; readonly leaving: 'close' | 'cut'; readonly options: Said<Promise<Partial<DialOptions>> | Partial<DialOptions>> }
  /** A handshake like this is refused with this status, or in these words. */
  | { readonly type: 'isRefused'; readonly how: number | RegExp; readonly options: Said<Promise<Partial<DialOptions>> | Partial<DialOptions>> }
  /** Something else happens. */
  | { readonly type: 'happens'; readonly what: (scene: Scene) => Promise<void> }
  /** This is then true. */
  | { readonly type: 'holds'; readonly check: (scene: Scene) => void }

/** A step in which the Charge Point is asked something. */
type Question = Extract<Step, { type: 'asks' | 'hears' }>

/** Plays a conversation to its end; nothing may be left that was not to the letter of the standard. */
export async function play(central: CentralSystem, identity: string, steps: readonly Step[]): Promise<void> {
  const charger = central.config.chargers.find((one) => one.identity === identity)
  const password = charger?.password
  const usual: DialOptions = { url: central.url, identity, ...(password !== undefined && { password }), answers }
  const violations: string[] = []
  let station: ScriptedChargePoint | undefined
  let transactionId = 0
  let heard: Fields = {}
  let open: readonly Question[] = []

  function answers(asked: Asked): Answer | undefined {
    const expected = open.find((step) => isExpected(asked, step))
    open = open.filter((step) => step !== expected)
    return expected?.answer
  }

  function isExpected({ action, payload }: Asked, step: Question): boolean {
    if (action !== step.action) return false
    return step.type === 'asks' ? isLike(payload, said(step.payload)) && isLike(said(step.payload), payload) : isLike(payload, said(step.like))
  }

  const scene = (): Scene => ({
    central, identity, transactionId, heard,
    get chargePoint() {
      return central.chargePoint(identity)
    },
    get connector() {
      return central.connector(identity)
    },
    get books() {
      return central.chargePoint(identity).recent
    },
  })
  const said = <T extends object>(what: Said<T>): T => (typeof what === 'function' ? what(scene()) : what)
  const here = (): ScriptedChargePoint => {
    if (!station) throw new Error('the Charge Point is not connected')
    return station
  }

  async function perform(step: Step): Promise<void> {
    switch (step.type) {
      case 'says': {
        const answer = await here().call(step.action, said(step.payload))
        expect(answer, `answer to ${step.action}`).toMatchObject(step.answered)
        if (typeof answer['transactionId'] === 'number') transactionId = answer['transactionId']
        return
      }
      case 'asks': {
        const payload = said(step.payload)
        const called = await central.operator.call(identity, step.action, payload)
        heard = (await here().asked(({ action, payload: came }) => action === step.action && isLike(came, payload))).payload
        expect(heard).toEqual(payload)
        expect(called).toMatchObject(typeof step.answer === 'string' ? { type: 'error', code: step.answer } : { type: 'result', payload: step.answer })
        return
      }
      case 'hears':
        heard = (await here().asked(({ action, payload }) => action === step.action && isLike(payload, said(step.like)))).payload
        return
      case 'connects':
        await station?.[step.leaving]()
        violations.push(...(station?.violations ?? []))
        station = await dial({ ...usual, ...(await said(step.options)) })
        return
      case 'isRefused':
        return expect(dial({ ...usual, ...(await said(step.options)) })).rejects.toThrow(typeof step.how === 'number' ? String(step.how) : step.how)
      case 'happens':
        return step.what(scene())
      case 'holds':
        return step.check(scene())
    }
  }

  try {
    for (const [index, step] of steps.entries()) {
      // What a step brings about may come together with its own answer.
      const next = steps[index + 1]
      open = [...(step.type === 'asks' || (step.type === 'hears' && !isOver(step)) ? [step] : []), ...(next?.type === 'hears' ? [next] : [])]
      await perform(step).catch((error: unknown) => {
        throw new Error(`step ${index + 1}, ${describe(step)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      })
    }
  } finally {
    await station?.close()
    violations.push(...(station?.violations ?? []))
  }
  expect(violations).toEqual([])

  function isOver(step: Question & { readonly type: 'hears' }): boolean {
    return station?.calls.some(({ action, payload }) => action === step.action && isLike(payload, said(step.like))) ?? false
  }
}

function describe(step: Step): string {
  return 'action' in step ? `${step.type} ${step.action}` : step.type
}

/** Is all of `like` in `actual`? Arrays are alike in each of their elements. */
export function isLike(actual: unknown, like: unknown): boolean {
  if (typeof like !== 'object' || like === null) return Object.is(actual, like)
  if (typeof actual !== 'object' || actual === null) return false
  if (Array.isArray(like) && (!Array.isArray(actual) || actual.length !== like.length)) return false
  return Object.entries(like).every(([name, value]) => Object.hasOwn(actual, name) && isLike(new Map(Object.entries(actual)).get(name), value))
}
