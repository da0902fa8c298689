import { connectors, effect, input, state, type Mutant } from './edit.ts'

/** Faults that break no step, but keep what is from coming to what is wanted; `law` is what is wrong in the end. */
export const levelMutants: readonly Mutant[] = [
  {
    title: 'takes a lost connection for a yes', law: 'limit',
    mutate: state((after, _before, happening) => (happening.type === 'closed'
      ? connectors(after, (connector) => ({ ...connector, limit: { ...connector.limit, accepted: 16 }, wanted: { ...connector.wanted, override: 16 } })) : after)),
  },
  { title: 'forgets the ends of transactions', law: 'the transaction from', mutate: effect((one) => (one.type === 'book' && one.transaction.endedAt !== null ? [] : [one])) },
  {
    title: 'takes what the lost bus did not hear for told', law: 'the bus was told',
    mutate: input((happening) => (happening.type === 'bus' && !happening.up ? { type: 'tick', at: happening.at } : happening)),
  },
  {
    title: 'leaves a refused transaction to the driver', law: 'tag is',
    mutate: state((after) => connectors(after, (connector) => (connector.transaction?.unwanted ? { ...connector, transaction: { ...connector.transaction, unwanted: false } } : connector))),
  },
]
