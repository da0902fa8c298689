import type { Connector } from '../../core/index.ts'
import { connectors, effect, input, state, type Mutant } from './edit.ts'

function aged(connector: Connector, at: number): Connector {
  const { meter } = connector
  return { ...connector, meter: { ...meter, since: { ...meter.since, current: at, power: at } } }
}

/** Faults in what is measured. */
export const meteringMutants: readonly Mutant[] = [
  {
    title: 'takes milliamperes for amperes', law: 'What is taken from a meter',
    mutate: state((after) => connectors(after, (connector) => (connector.meter.current === 16 ? { ...connector, meter: { ...connector.meter, current: 16_000 } } : connector))),
  },
  {
    title: 'counts all a register shows', law: 'The energy of a transaction never falls',
    mutate: state((after) => connectors(after, (connector) => {
      const { transaction } = connector
      if (!transaction || transaction.count.register === null) return connector
      return { ...connector, transaction: { ...transaction, count: { ...transaction.count, energy: transaction.count.register } } }
    })),
  },
  {
    title: 'answers with what was measured last', law: 'A value that is not live',
    mutate: (step) => (before, happening) => {
      const [after, effects] = step(connectors(before, (connector) => aged(connector, before.at)), happening)
      return [connectors(after, (connector) => aged(connector, after.at - 400_000)), effects]
    },
  },
  { title: 'tells each sample twice', law: 'A sample is told once', mutate: effect((one) => (one.type === 'sample' ? [one, one] : [one])) },
  {
    title: 'takes transactions up by its own ids', law: 'A transaction is taken up only',
    mutate: effect((one) => (one.type === 'book' && one.transaction.endedAt === null ? [{ ...one, transaction: { ...one.transaction, wireId: one.transaction.id } }] : [one])),
  },
  {
    title: 'takes all meter values for live', law: 'What was measured long ago',
    mutate: input((happening) => (happening.type === 'received' && happening.text.includes('"MeterValues"') ? { ...happening, text: happening.text.replace(/"timestamp":"[^"]*",/, '') } : happening)),
  },
]
