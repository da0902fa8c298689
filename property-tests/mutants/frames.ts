import { effect, frame, input, members, state, was, type Mutant } from './edit.ts'

const isAnswer = (text: string): boolean => text.startsWith('[3,') || text.startsWith('[4,')
const isCall = (text: string): boolean => text.startsWith('[2,')

/** Faults in what is said on links. */
export const frameMutants: readonly Mutant[] = [
  { title: 'answers twice', law: 'Every CALL of a Charge Point', mutate: effect((one) => (one.type === 'send' && isAnswer(one.text) ? [one, one] : [one])) },
  { title: 'forgets to answer', law: 'Every CALL of a Charge Point', mutate: effect((one) => (one.type === 'send' && one.text.includes('currentTime') ? [] : [one])) },
  {
    title: 'answers with another id', law: 'Every CALL of a Charge Point',
    mutate: effect((one) => (one.type === 'send' && isAnswer(one.text) ? [{ ...one, text: frame(one.text, ([type, , ...rest]) => [type, 'x', ...rest]) }] : [one])),
  },
  {
    title: 'answers an answer', law: 'Every CALL of a Charge Point',
    mutate: (step) => (before, happening) => {
      const [after, effects] = step(before, happening)
      const answer = happening.type === 'received' && happening.text.startsWith('[3,"foreign"')
      return [after, answer ? [...effects, { type: 'send', identity: happening.identity, connection: happening.connection, text: '[3,"foreign",{}]' }] : effects]
    },
  },
  {
    title: 'writes numbers as texts', law: 'Every frame we send is one of its schema',
    mutate: effect((one) => (one.type === 'send' && isCall(one.text) ? [{ ...one, text: one.text.replace(/"connectorId":(\d)/, '"connectorId":"$1"') }] : [one])),
  },
  {
    title: 'leaves out what an answer must have', law: 'Every frame we send is one of its schema',
    mutate: effect((one) => (one.type === 'send' && isAnswer(one.text) ? [{ ...one, text: one.text.replace(/"status":"[A-Z]\w+",?/, '') }] : [one])),
  },
  {
    title: 'takes any answer for that to its CALL', law: 'An answer to no CALL in flight',
    mutate: input((happening, before) => {
      if (happening.type !== 'received') return happening
      const pending = before.population.groups.flatMap((group) => group.members).find(({ identity }) => identity === happening.identity)?.pending
      return pending ? { ...happening, text: happening.text.replace('"foreign"', JSON.stringify(pending.id)) } : happening
    }),
  },
  {
    title: 'sends while a CALL is in flight', law: 'At most one CALL is in flight',
    mutate: (step) => (before, happening) => {
      const [after, effects] = step(before, happening)
      const busy = after.population.groups.flatMap((group) => group.members).find(({ pending, link }) => pending && link)
      const more = happening.type === 'command' && busy?.link
        ? [{ type: 'send', identity: busy.identity, connection: busy.link.connection, text: '[2,"9-9","ClearCache",{}]' } as const] : []
      return [after, [...effects, ...more]]
    },
  },
  {
    title: 'counts its CALLs from one again on every link', law: 'The id of a CALL comes after',
    mutate: state((after, _before, happening) => (happening.type === 'opened' ? members(after, (member) => ({ ...member, nextCall: 1 })) : after)),
  },
  {
    title: 'counts its CALLs from one again on every link, for long', law: 'No id of a CALL is ever used again',
    mutate: state((after, _before, happening) => (happening.type === 'opened' ? members(after, (member) => ({ ...member, nextCall: 1 })) : after)),
  },
  {
    title: 'takes a restart for no new run', law: 'The id of a CALL comes after',
    mutate: state((after, before, happening) => (happening.type === 'restart' ? { ...after, rules: { ...after.rules, run: before.rules.run } } : after)),
  },
  {
    title: 'sends to connections that are gone', law: 'A frame goes only to a connection',
    mutate: effect((one) => (one.type === 'send' ? [{ ...one, connection: `${one.connection}-gone` }] : [one])),
  },
  {
    title: 'takes every Charge Point for booted', law: 'Until its boot is accepted',
    mutate: (step) => (before, happening) => step(happening.type === 'received' ? members(before, (member) => (member.registered ? member : { ...member, registered: true })) : before, happening),
  },
  {
    title: 'lets late closes close', law: 'The newest connection wins',
    mutate: input((happening, before) => {
      const link = happening.type === 'closed' ? before.population.groups.flatMap((group) => group.members).find(({ identity }) => identity === happening.identity)?.link : null
      return happening.type === 'closed' && link ? { ...happening, connection: link.connection } : happening
    }),
  },
  { title: 'leaves older connections open', law: 'The newest connection wins', mutate: effect((one) => (one.type === 'close' ? [] : [one])) },
  {
    title: 'changes the neighbours too', law: 'What happens to one Charge Point changes no other',
    mutate: state((after, _before, happening) => (happening.type === 'opened' ? members(after, (member) => ({ ...member, untold: true })) : after)),
  },
  {
    title: 'lets a boot forget nothing', law: 'A boot is answered',
    mutate: state((after, before, happening) => (happening.type === 'received' && happening.text.includes('"BootNotification"')
      ? members(after, (member) => ({ ...member, connectors: was(before, member)?.connectors ?? [] })) : after)),
  },
]
