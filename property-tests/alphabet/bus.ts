import { wakeAt, type ObjectName, type Site } from '../../core/index.ts'
import { datapointTypes } from '../../core/knx/dpt/datapoint-type.ts'
import { datapointOf, groupObjects } from '../../core/knx/group-object.ts'
import type { Payload } from '../../core/knx/telegram.ts'
import { otherSite } from '../small-site.ts'
import type { Happening } from '../happening.ts'
import type { Letters } from './letters.ts'

/** The way to the bus opens or closes; the telegram in flight is confirmed or not. */
export const bus: Letters = ({ at, bus: { up, flight } }) => [
  { type: 'bus', at, up: !up },
  ...(flight ? [true, false].map((confirmed): Happening => ({ type: 'transmitted', at, confirmed })) : []),
]

/** What the host may say of the bus out of turn. */
export const oddBus: Letters = ({ at, bus: { up } }) => [{ type: 'bus', at, up }, { type: 'transmitted', at, confirmed: true }]

/** Time passes: to the next deadline. */
export const time: Letters = (site) => {
  const at = wakeAt(site)
  return at === undefined ? [] : [{ type: 'tick', at }]
}

/** A minute and more goes by in which nothing happens but what is due. */
export const minute: Letters = ({ at }) => [{ type: 'tick', at: at + 61_000 }]

/** Ticks that nobody asked for, by a clock that stands or goes backwards. */
export const oddTime: Letters = ({ at }) => [{ type: 'tick', at }, { type: 'tick', at: at - 3_600_000 }]

/** What is written to each group object that receives. */
export function writes(names: readonly ObjectName[] = []): Letters {
  return (site) => receiving(site, names).flatMap(({ name, address, datapoint }) => {
    const { encode } = datapointTypes[datapoint].codec
    const values = groupObjects[name].datapoint === 'current' ? [0, 4, 10, 16, 99] : [false, true]
    return values.flatMap((value) => {
      const payload = encode(value)
      return payload.ok ? [write(site, address, payload.value)] : []
    })
  })
}

function write(site: Site, address: number, payload: Payload): Happening {
  return { type: 'telegram', at: site.at, telegram: { service: 'write', address, payload } }
}

/** Telegrams that nobody can understand, or that are not for us. */
export const oddTelegrams: Letters = (site) => [
  ...receiving(site, []).flatMap(({ address }) => [[], [1, 2, 3], [127, 192, 0, 0], [127, 255]].map((bytes) => write(site, address, { bytes }))),
  write(site, 60_000, { small: 1 }),
  ...receiving(site, ['charging']).map(({ address }): Happening =>
    ({ type: 'telegram', at: site.at, telegram: { service: 'response', address, payload: { small: 1 } } })),
  ...sending(site).slice(0, 1).map((address) => write(site, address, { small: 1 })),
]

/** Someone asks for the value of a group object. */
export const reads: Letters = (site) =>
  [...sending(site), 60_000].map((address) => ({ type: 'telegram', at: site.at, telegram: { service: 'read', address } }))

function receiving({ config }: Site, names: readonly ObjectName[]) {
  return (config?.chargers ?? []).flatMap((charger) => objects(charger.objects).flatMap(([name, { receive }]) =>
    receive === undefined || (names.length > 0 && !names.includes(name)) ? [] : [{ name, address: receive, datapoint: datapointOf(name, charger) }]))
}

function sending({ config }: Site): readonly number[] {
  return (config?.chargers ?? []).flatMap((charger) => objects(charger.objects).flatMap(([, { send }]) => send ?? []))
}

function objects<Value>(entries: { readonly [Name in ObjectName]?: Value }): readonly (readonly [ObjectName, Value])[] {
  // Object.entries forgets that the keys are names.
  return Object.entries(entries) as readonly (readonly [ObjectName, Value])[]
}

/** The configuration comes again, or changed; the last charger is taken out of it. */
export const configurations: Letters = ({ at, config }) => {
  if (!config) return []
  const next = [config, otherSite(config), ...(config.chargers.length > 1 ? [{ ...config, chargers: config.chargers.slice(0, -1) }] : [])]
  return next.map((one) => ({ type: 'configured', at, config: one }))
}

/** The host starts anew. */
export const restart: Letters = ({ at }) => [{ type: 'restart', at }]
