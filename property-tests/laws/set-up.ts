import { findMember } from '../../core/index.ts'
import { configured, keptKey } from '../../core/charge-point/configuration-keys.ts'
import { first } from './facts.ts'
import type { Edge, Law, LongLaw, Sent } from './law.ts'

interface Update {
  readonly listVersion: number
  readonly updateType: string
  readonly localAuthorizationList?: readonly { readonly idTag: string; readonly idTagInfo?: unknown }[]
}

/** What a ChangeConfiguration writes. */
export function written({ body }: Sent): { readonly key: string; readonly value: string } {
  // A frame that is one of its schema; a law of its own says so.
  return body as { readonly key: string; readonly value: string }
}

/** What the bridge changes in a charger by itself, and no operator. */
function settings(edge: Edge): readonly Sent[] {
  return edge.calls.filter(({ action, identity }) => action === 'ChangeConfiguration' && findMember(edge.after.population, identity)?.pending?.purpose.type === 'setting')
}

/** What may be changed in a charger. */
export const setUpLaws: readonly Law[] = [
  {
    title: 'A configuration value is written only over another one that is known, and that neither the charger nor anybody keeps from it.',
    check: (edge) => first(settings(edge), (frame) => {
      const member = findMember(edge.after.population, frame.identity)
      const { key, value } = written(frame)
      const name = keptKey(key)
      const known = member && name && configured(member, name)
      if (known === undefined || known === value) return `${key} = ${value} over ${String(known)}`
      if (member?.profile.readonlyKeys.includes(key)) return `${key} is read-only`
      return member?.connectors.some(({ charger }) => charger?.setUp === false) && `${key} is to be left alone`
    }),
  },
  {
    title: 'A charger is restarted for its configuration only while no car is there and nobody wants anything of it.',
    check: (edge) => first(edge.calls.filter(({ action }) => action === 'Reset'), ({ identity }) => {
      const member = findMember(edge.after.population, identity)
      if (member?.pending?.purpose.type !== 'reboot') return undefined
      if (!member.profile.setUp.rebootDue) return 'it did not ask for it'
      return (member.errands.length > 0 || member.connectors.some(({ transaction, report }) => transaction !== null || report.status !== 'Available')) && 'something is going on'
    }),
  },
  {
    title: 'A local list has a version above 0 and names each tag once, with its verdict, as long as the standard lets it be.',
    check: (edge) => first(edge.calls.filter(({ action }) => action === 'SendLocalList'), ({ body }) => {
      const { listVersion, updateType, localAuthorizationList = [] } = body as Update
      const tags = new Set(localAuthorizationList.map(({ idTag }) => idTag.toUpperCase()))
      if (listVersion < 1 || tags.size !== localAuthorizationList.length || tags.has('*')) return JSON.stringify(body)
      if (updateType === 'Differential' && tags.size === 0) return 'nothing is sent'
      return localAuthorizationList.some(({ idTag, idTagInfo }) => idTag.length > 20 || (updateType === 'Full' && idTagInfo === undefined)) && JSON.stringify(body)
    }),
  },
]

/** What a charger has refused stays refused until it is another one. */
export const refusedOnce: LongLaw = {
  title: 'A configuration value that a charger has refused is not written to it again.',
  begin() {
    const refused = new Set<string>()
    let asked: { readonly id: string; readonly value: string } | undefined
    return (edge) => {
      const wrong = first(edge.changed, ({ before, after }) => {
        const isOther = ['vendor', 'model', 'firmwareVersion'].some((name) => Reflect.get(before.profile, name) !== Reflect.get(after.profile, name))
        if (isOther) refused.clear()
        return undefined
      })
      const { elements } = edge.heard ?? {}
      const status = (elements?.[2] as { readonly status?: unknown } | null | undefined)?.status
      if (asked && elements?.[0] === 3 && elements[1] === asked.id && status === 'Rejected') refused.add(asked.value)
      for (const frame of settings(edge)) {
        const { key, value } = written(frame)
        const text = `${frame.identity} ${key}=${value}`
        if (refused.has(text)) return text
        asked = { id: frame.id, value: text }
      }
      return wrong
    }
  },
}
