import type { Command, CommandStage, Effect, Event, Order } from '../core/index.ts'
import type { Fields } from '../core/ocpp/fields.ts'
import { inTime } from './charge-point.ts'

/** What a command came to, with the reason in words. */
export interface Ended {
  readonly stage: CommandStage
  readonly reason: string
}

/** The person at the Central System: the one way in which the conformance tests give commands. */
export interface Operator {
  /** Has the Central System send this CALL; resolves when it is answered, refused, or lost. */
  readonly call: (identity: string, action: string, payload: Fields) => Promise<Ended>
  /** Gives an order to a connector, and resolves with its end. */
  readonly order: (identity: string, order: Order, connector?: number) => Promise<Ended>
}

const ends: readonly CommandStage[] = ['observed', 'rejected', 'expired', 'superseded', 'uncertain']
let commands = 0

/** An operator who gives commands to the host and hears of them by watching its steps. */
export function createOperator(dispatch: (event: Event) => void) {
  const waiting = new Map<string, (ended: Ended) => void>()

  const order = (identity: string, wanted: Order, connector = 1): Promise<Ended> => inTime(`the end of ${wanted.type}`, (resolve) => {
    const command: Command = { id: `operator-${++commands}`, source: 'api', identity, connector, order: wanted, expiresAt: null }
    waiting.set(command.id, resolve)
    dispatch({ type: 'command', at: Date.now(), command })
  })

  function watch(_event: Event, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'progress' && ends.includes(effect.stage)) waiting.get(effect.command)?.({ stage: effect.stage, reason: effect.reason })
    }
  }

  const operator: Operator = { order, call: (identity, action, payload) => order(identity, { type: 'call', action, payload }) }
  return { operator, watch }
}
