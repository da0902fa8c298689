import { connectors, effect, input, state, was, type Mutant } from './edit.ts'

/** Faults in transactions and their books. */
export const transactionMutants: readonly Mutant[] = [
  {
    title: 'takes every StartTransaction for a new one', law: 'The same StartTransaction again',
    mutate: input((happening) => (happening.type === 'received' ? { ...happening, text: happening.text.replace('"meterStart":', '"meterStart":1') } : happening)),
  },
  { title: 'gives ids beyond 31 bits', law: 'A new transaction gets a new id', mutate: effect((one) => (one.type === 'send' ? [{ ...one, text: one.text.replace(/"transactionId":(\d)/, '"transactionId":9000000000$1') }] : [one])) },
  { title: 'forgets to book', law: 'A new transaction gets a new id', mutate: effect((one) => (one.type === 'book' ? [] : [one])) },
  {
    title: 'books after it has answered', law: 'A new transaction gets a new id',
    mutate: (step) => (before, happening) => {
      const [after, effects] = step(before, happening)
      return [after, effects.toSorted((a, b) => Number(a.type === 'book') - Number(b.type === 'book'))]
    },
  },
  {
    title: 'gives the same id to two', law: 'No two transactions of a site',
    mutate: state((after, before) => ({ ...after, nextTransaction: before.nextTransaction })),
  },
  {
    title: 'refuses a StopTransaction it knows nothing of', law: 'StartTransaction and StopTransaction always get',
    mutate: effect((one, _after, _before, happening) => (one.type === 'send' && happening.type === 'received' && happening.text.includes('"transactionId":424242') && happening.text.includes('StopTransaction')
      ? [{ ...one, text: '[4,"m","PropertyConstraintViolation","",{}]' }] : [one])),
  },
  {
    title: 'ends whatever runs when an unknown transaction stops', law: 'StopTransaction ends only',
    mutate: input((happening, before) => {
      const running = before.population.groups.flatMap((group) => group.members).flatMap((member) => (happening.type === 'received' && member.identity === happening.identity ? member.connectors : []))
        .find(({ transaction }) => transaction)?.transaction
      return happening.type === 'received' && running ? { ...happening, text: happening.text.replace('"transactionId":424242', `"transactionId":${running.id}`) } : happening
    }),
  },
  {
    title: 'takes back energy', law: 'What has ended stays ended',
    mutate: effect((one) => (one.type === 'book' && one.transaction.endedAt !== null ? [{ ...one, transaction: { ...one.transaction, energy: (one.transaction.meterStop ?? 0) - one.transaction.meterStart } }] : [one])),
  },
  {
    title: 'ends again what has ended', law: 'A transaction ends once',
    mutate: effect((one, _after, _before, happening) => (one.type === 'book' && one.transaction.endedAt !== null && happening.type === 'received' ? [one, one] : [one])),
  },
  {
    title: 'loses the transaction of a connector that looks free', law: 'A transaction that runs is in the books',
    mutate: state((after) => connectors(after, (connector) => (connector.report.status === 'Available' && connector.transaction ? { ...connector, transaction: null } : connector))),
  },
  {
    title: 'does not show the last transaction', law: 'A live transaction that ends now',
    mutate: state((after, before) => connectors(after, (connector, member) => {
      const last = was(before, member)?.connectors.find(({ id }) => id === connector.id)?.last ?? null
      return connector.last === last ? connector : { ...connector, last }
    })),
  },
  {
    title: 'takes what is old for new', law: 'What a Charge Point of which',
    mutate: input((happening) => (happening.type === 'received' && happening.text.includes('StatusNotification') ? { ...happening, text: happening.text.replace(/,"timestamp":"[^"]*"/, '') } : happening)),
  },
  {
    title: 'lets a refused transaction go on', law: 'A transaction whose tag is refused',
    mutate: state((after) => connectors(after, (connector) => (connector.transaction?.unwanted ? { ...connector, transaction: { ...connector.transaction, unwanted: false } } : connector))),
  },
  {
    title: 'knows no blocked tags', law: 'Blocked, expired and unknown tags',
    mutate: (step) => (before, happening) => step({ ...before, rules: { ...before.rules, tags: {} } }, happening),
  },
]
