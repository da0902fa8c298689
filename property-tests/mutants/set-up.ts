import { effect, frame, members, state, type Mutant } from './edit.ts'

/** Whatever of one action is sent, changed. */
function sent(action: string, change: (payload: { readonly [name: string]: unknown }) => object): Mutant['mutate'] {
  return effect((one) => (one.type === 'send' && one.text.startsWith('[2,') && one.text.includes(`"${action}"`)
    ? [{ ...one, text: frame(one.text, ([type, id, name, payload]) => [type, id, name, change(Object(payload))]) }] : [one]))
}

/** Faults in what is changed in a charger. */
export const setUpMutants: readonly Mutant[] = [
  {
    title: 'writes what is there already', law: 'A configuration value is written',
    mutate: state((after) => members(after, (member) => (member.pending?.purpose.type === 'setting'
      ? { ...member, profile: { ...member.profile, configuration: { ...member.profile.configuration, [member.pending.purpose.setting.key]: member.pending.purpose.setting.value } } } : member))),
  },
  {
    title: 'forgets what a charger has refused', law: 'A configuration value that a charger has refused',
    mutate: state((after) => members(after, (member) => {
      const { setUp } = member.profile
      const rejected = Object.entries(setUp.tried).find(([, status]) => status === 'Rejected')
      if (!rejected || setUp.next !== null) return member
      const value = rejected[0] === 'MeterValueSampleInterval' ? '30' : ''
      return value === '' ? member : { ...member, profile: { ...member.profile, setUp: { ...setUp, next: { key: rejected[0], value, mark: rejected[0] } } } }
    })),
  },
  {
    title: 'restarts a charger while it charges', law: 'A charger is restarted',
    mutate: state((after) => members(after, (member) => (member.pending?.purpose.type === 'reboot'
      ? { ...member, connectors: member.connectors.map((connector) => ({ ...connector, report: { ...connector.report, status: 'Charging' } })) } : member))),
  },
  { title: 'begins its lists with version 0', law: 'A local list has', mutate: sent('SendLocalList', (payload) => ({ ...payload, listVersion: 0 })) },
]
