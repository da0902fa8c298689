import { effect, input, state, type Mutant } from './edit.ts'

/** Faults in what goes to the bus. */
export const busMutants: readonly Mutant[] = [
  { title: 'sends twice', law: 'One telegram is under way', mutate: effect((one) => (one.type === 'transmit' ? [one, one] : [one])) },
  {
    title: 'does not wait for its turn', law: 'One telegram is under way',
    mutate: state((after) => ({ ...after, bus: { ...after.bus, nextAt: after.at } })),
  },
  {
    title: 'does not wait between telegrams', law: 'Between two telegrams',
    mutate: (step) => (before, happening) => step({ ...before, bus: { ...before.bus, nextAt: 0 } }, happening),
  },
  {
    title: 'tells what was', law: 'A telegram goes only',
    mutate: effect((one) => (one.type === 'transmit' && one.telegram.service !== 'read' && 'small' in one.telegram.payload
      ? [{ ...one, telegram: { ...one.telegram, payload: { small: 1 - one.telegram.payload.small } } }] : [one])),
  },
  {
    title: 'tells it to others', law: 'A telegram goes only',
    mutate: effect((one) => (one.type === 'transmit' ? [{ ...one, telegram: { ...one.telegram, address: one.telegram.address + 1 } }] : [one])),
  },
  {
    title: 'takes what was not confirmed for told', law: 'A value counts as told',
    mutate: input((happening) => (happening.type === 'transmitted' ? { ...happening, confirmed: true } : happening)),
  },
]
