import { findMember, type GroupAddress, type ObjectName, type Site } from '../../core/index.ts'
import { truthOf } from '../../core/charge-point/project.ts'
import { datapointTypes } from '../../core/knx/dpt/datapoint-type.ts'
import { datapointOf, groupObjects } from '../../core/knx/group-object.ts'
import { localTime } from '../../core/knx/local-time.ts'
import { samePayload, type Payload } from '../../core/knx/telegram.ts'
import { first, only } from './facts.ts'
import { difference } from './json.ts'
import type { Law } from './law.ts'

/** What the group object that sends at an address should say now; undefined where there is none or nothing is known. */
export function present(site: Site, address: GroupAddress): readonly Payload[] {
  const { config } = site
  return (config?.chargers ?? []).flatMap((charger) => Object.entries(charger.objects).flatMap(([key, { send }]) => {
    if (send !== address) return []
    const name = key as ObjectName // The keys of objects are names.
    const member = findMember(site.population, charger.identity)
    const connector = member?.connectors.find(({ id }) => id === charger.connector)
    const truth = member && connector && truthOf(name, member, connector, site.at)
    if (!truth) return []
    const { datapoint } = groupObjects[name]
    const value = datapoint === 'time'
      ? { ...localTime(truth.value, config?.site.timeZone ?? 'UTC'), synchronised: true }
      : datapoint.startsWith('1.') ? truth.value !== 0 : truth.value
    const encoded = datapointTypes[datapointOf(name, charger)].codec.encode(value)
    return encoded.ok ? [encoded.value] : []
  }))
}

/** Does a telegram ask for anything, as far as its form goes? */
function isUnderstood({ config }: Site, address: GroupAddress, payload: Payload): boolean {
  return (config?.chargers ?? []).some((charger) => Object.entries(charger.objects).some(([key, { receive }]) => {
    const name = key as ObjectName // The keys of objects are names.
    return receive === address && datapointTypes[datapointOf(name, charger)].codec.decode(payload).ok
  }))
}

/** What goes to the bus, and what comes from it. */
export const busLaws: readonly Law[] = [
  {
    title: 'One telegram is under way at a time, none while the bus is away, and no more than its budget allows.',
    check(edge) {
      const { before, after } = edge
      const telegrams = only(edge, 'transmit')
      if (telegrams.length === 0) return undefined
      if (telegrams.length > 1) return `${telegrams.length} telegrams`
      if (!after.bus.up) return 'the bus is away'
      if (!after.bus.flight) return 'it is not remembered'
      if (before.bus.flight && before.bus.flight === after.bus.flight) return 'one is under way'
      const budgetMs = 1_000 / (before.config?.knx.telegramsPerSecond ?? 20)
      if (after.at < before.bus.nextAt) return `${before.bus.nextAt - after.at} ms too early`
      return after.bus.nextAt < after.at + budgetMs ? 'the next may leave too early' : undefined
    },
  },
  {
    title: 'A telegram goes only to a sending address of the configuration, and tells what is true.',
    check: (edge) => first(only(edge, 'transmit'), ({ telegram }) => {
      if (telegram.service === 'read') return 'a read'
      const truths = present(edge.after, telegram.address)
      return !truths.some((payload) => samePayload(payload, telegram.payload)) && `${JSON.stringify(telegram)}, true is ${JSON.stringify(truths)}`
    }),
  },
  {
    title: 'A value counts as told only when its telegram was confirmed.',
    check: (edge) => first(edge.changedConnectors, ({ before, after }) => {
      const { happening, before: { bus: { flight } } } = edge
      const [name] = Object.entries(after.told).find(([key, { value }]) =>
        value !== null && value !== before?.told[key as ObjectName]?.value) ?? [] // The keys of told are names.
      if (name === undefined) return undefined
      const confirmed = happening.type === 'transmitted' && happening.confirmed && flight?.name === name && flight.connector === after.id
      return !confirmed && `${name}: ${JSON.stringify(after.told)}`
    }),
  },
  {
    title: 'A telegram that is not understood or not for us changes nothing.',
    check(edge) {
      const { before, after, happening, effects } = edge
      if (happening.type !== 'telegram' || happening.telegram.service === 'read') return undefined
      const { address, payload, service } = happening.telegram
      if (service === 'write' && isUnderstood(before, address, payload)) return undefined
      const brought = effects.find(({ type }) => type !== 'note')
      return brought ? JSON.stringify(brought) : difference(before, after)
    },
  },
  {
    title: 'A read asks for nothing but its answer.',
    check(edge) {
      if (edge.happening.type !== 'telegram' || edge.happening.telegram.service !== 'read') return undefined
      const brought = edge.effects.find(({ type }) => type !== 'transmit')
      if (brought) return JSON.stringify(brought)
      return first(edge.changed, ({ before, after }) => difference(
        { ...before, untold: false, connectors: before.connectors.map((connector) => ({ ...connector, told: {} })) },
        { ...after, untold: false, connectors: after.connectors.map((connector) => ({ ...connector, told: {} })) },
      ))
    },
  },
]
