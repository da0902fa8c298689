import { effect, members, state, was, type Mutant } from './edit.ts'

/** Faults in passwords, registration and certificates. */
export const securityMutants: readonly Mutant[] = [
  {
    title: 'tells the password it was given', law: 'Nothing that people read holds a password',
    mutate: effect((one, after) => (one.type === 'progress'
      ? [{ ...one, reason: `${after.population.groups.flatMap((group) => group.members).map(({ security }) => security.password?.proposed ?? '').join('')}${one.reason}` }] : [one])),
  },
  {
    title: 'keeps the old password beside the new one', law: 'While a new password is under way',
    mutate: state((after, before) => members(after, (member) => {
      const { password } = member.security
      const old = was(before, member)?.security.password
      return password?.accepted && old && old.accepted !== password.accepted
        ? { ...member, security: { ...member.security, password: { ...password, accepted: old.accepted } } } : member
    })),
  },
  {
    title: 'starts before it has accepted', law: 'No start or stop goes to a Charge Point that is not accepted',
    mutate: effect((one) => (one.type === 'send' && one.text.includes('"GetConfiguration"') ? [{ ...one, text: one.text.replace('"GetConfiguration",{}', '"RemoteStopTransaction",{"transactionId":1}') }] : [one])),
  },
  {
    title: 'signs for others', law: 'A certificate is asked for only in the name',
    mutate: effect((one) => (one.type === 'sign' ? [{ ...one, commonNames: ['OTHER'] }] : [one])),
  },
]
