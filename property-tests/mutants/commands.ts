import type { Effect } from '../../core/index.ts'
import { connectors, effect, frame, input, members, state, was, type Mutant } from './edit.ts'

/** A SetChargingProfile with its limit changed. */
function limited(one: Effect, change: (limit: number) => number): Effect {
  if (one.type !== 'send' || !one.text.includes('SetChargingProfile')) return one
  return { ...one, text: one.text.replace(/"limit":([\d.]+)/, (_all, limit: string) => `"limit":${change(Number(limit))}`) }
}

/** Faults in limits, reservations and commands. */
export const commandMutants: readonly Mutant[] = [
  { title: 'does not look at the fuse', law: 'A limit is 0 A', mutate: effect((one) => [limited(one, (limit) => limit * 10)]) },
  { title: 'asks for 5 A', law: 'A limit is 0 A', mutate: effect((one) => [limited(one, () => 5)]) },
  {
    title: 'takes a limit for accepted once it is sent', law: 'A limit or an availability counts',
    mutate: state((after) => connectors(after, (connector, { pending }) => (pending?.purpose.type === 'limit' && pending.purpose.connector === connector.id
      ? { ...connector, limit: { ...connector.limit, accepted: pending.purpose.amperes } } : connector))),
  },
  {
    title: 'takes silence for a yes to a reservation', law: 'A limit or an availability counts',
    mutate: state((after, before) => connectors(after, (connector, member) => (connector.reservation && was(before, member)?.pending?.purpose.type === 'reserve' && !member.pending
      ? { ...connector, reservation: { ...connector.reservation, stage: 'held' } } : connector))),
  },
  {
    title: 'holds a reservation for the latest wish, whatever was accepted', law: 'A reservation that is held',
    mutate: effect((one) => (one.type === 'send' && one.text.includes('ReserveNow') ? [{ ...one, text: frame(one.text, ([type, id, action, payload]) => [type, id, action, { ...Object(payload), idTag: 'OTHER' }]) }] : [one])),
  },
  {
    title: 'starts where nobody may', law: 'No start goes to a connector',
    mutate: (step) => (before, happening) => {
      const blind = connectors(before, (connector) => ({ ...connector, reservation: null, report: { ...connector.report, status: 'Available' } }))
      const [after, effects] = step(happening.type === 'command' ? blind : before, happening)
      return [connectors(after, (connector, member) => {
        const old = happening.type === 'command' ? was(before, member)?.connectors.find(({ id }) => id === connector.id) : undefined
        return old ? { ...connector, reservation: old.reservation, report: old.report } : connector
      }), effects]
    },
  },
  {
    title: 'goes on holding back when there is nothing to hold', law: 'A pause ends',
    mutate: state((after, before) => connectors(after, (connector, member) => (was(before, member)?.connectors.find(({ id }) => id === connector.id)?.wanted.paused
      ? { ...connector, wanted: { ...connector.wanted, paused: true } } : connector))),
  },
  { title: 'does not say why a command came to nothing', law: 'A command that came in', mutate: effect((one) => (one.type === 'progress' && one.stage === 'rejected' ? [] : [one])) },
  {
    title: 'forgets commands', law: 'Of every command',
    mutate: state((after) => members(after, (member) => (member.errands.some(({ stage }) => stage === 'accepted') ? { ...member, errands: [] } : member))),
  },
  { title: 'does not say that something was sent', law: 'A command that says', mutate: effect((one) => (one.type === 'progress' && one.stage === 'sent' ? [] : [one])) },
  { title: 'takes what is accepted for done', law: 'A change of availability', mutate: effect((one) => (one.type === 'progress' && one.stage === 'accepted' ? [{ ...one, stage: 'observed' }] : [one])) },
  { title: 'ends a command twice', law: 'A command has one end', mutate: effect((one) => (one.type === 'progress' && one.stage === 'observed' ? [one, one] : [one])) },
  {
    title: 'sends what is to be sent once again and again', law: 'A command is sent once',
    mutate: state((after) => members(after, (member) => (member.errands.some(({ stage, order }) => stage === 'sent' && order.type === 'unlock')
      ? { ...member, pending: null, errands: member.errands.map((errand) => ({ ...errand, stage: 'queued' })) } : member))),
  },
  {
    title: 'takes an unreadable telegram for a one', law: 'A telegram that is not understood',
    mutate: input((happening) => (happening.type === 'telegram' && happening.telegram.service === 'write' && 'bytes' in happening.telegram.payload && happening.telegram.payload.bytes.length === 0
      ? { ...happening, telegram: { ...happening.telegram, payload: { small: 1 } } } : happening)),
  },
  {
    title: 'takes a response for a write', law: 'A telegram that is not understood',
    mutate: input((happening) => (happening.type === 'telegram' && happening.telegram.service === 'response'
      ? { ...happening, telegram: { ...happening.telegram, service: 'write' } } : happening)),
  },
  {
    title: 'does something when it is read', law: 'A read asks for nothing',
    mutate: state((after, _before, happening) => (happening.type === 'telegram' && happening.telegram.service === 'read'
      ? connectors(after, (connector) => ({ ...connector, wanted: { ...connector.wanted, mode: 'fast' } })) : after)),
  },
]
