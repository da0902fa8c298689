import { formatGroupAddress } from '../knx/group-address.ts'
import { datapointOf, type Flow } from '../knx/group-object.ts'
import type { DatapointTypeId } from '../knx/dpt/datapoint-type.ts'
import { pathText, type Mistake, type Path } from './mistake.ts'
import { objectNames, type ObjectName } from './site-config.ts'
import type { SoundCharger } from './sound-site.ts'

/** One group object's use of one address. */
interface Link {
  readonly object: Path
  readonly flow: Flow
  readonly address: number
  readonly datapoint: DatapointTypeId | undefined
}

/** The rules between group objects on one address: one sends, none listens to what another sends, all are of one datapoint type. */
export function addressMistakes(chargers: readonly SoundCharger[]): readonly Mistake[] {
  const linksAt = new Map<number, Link[]>()
  for (const link of chargers.flatMap(linksOf)) {
    const links = linksAt.get(link.address)
    if (links === undefined) linksAt.set(link.address, [link])
    else links.push(link)
  }
  return [...linksAt.values()].flatMap(clashes)
}

function linksOf(charger: SoundCharger, index: number): readonly Link[] {
  return objectNames.flatMap((name) => (['send', 'receive'] as const).flatMap((flow) => {
    const address = charger.objects[name]?.[flow]
    const object = ['chargers', index, 'objects', name]
    return address === undefined ? [] : [{ object, flow, address, datapoint: datapointIn(name, charger) }]
  }))
}

function datapointIn(name: ObjectName, { values: { timeType, currentType } }: SoundCharger): DatapointTypeId | undefined {
  return timeType === undefined || currentType === undefined ? undefined : datapointOf(name, { timeType, currentType })
}

function clashes(links: readonly Link[]): readonly Mistake[] {
  const sender = links.find(({ flow }) => flow === 'send')
  const found = new Map<string, Mistake>()
  for (const link of links) {
    const reason = sender === undefined ? differentType(link, links[0]) : besideSender(link, sender)
    // An object that sends and receives here is one mistake, not two.
    const object = pathText(link.object)
    if (reason !== undefined && !found.has(object)) found.set(object, { path: [...link.object, link.flow], ...reason })
  }
  return [...found.values()]
}

type Reason = Pick<Mistake, 'what' | 'right'>

function besideSender(link: Link, sender: Link): Reason | undefined {
  if (pathText(link.object) === pathText(sender.object)) return undefined
  const sent = `${formatGroupAddress(link.address)} is sent by ${pathText(sender.object)}`
  return link.flow === 'send'
    ? { what: `${sent} already`, right: 'one group object sends on an address' }
    : { what: sent, right: 'an object that listens to what another sends would loop' }
}

function differentType(link: Link, first: Link | undefined): Reason | undefined {
  if (first?.datapoint === undefined || link.datapoint === undefined || first.datapoint === link.datapoint) return undefined
  return {
    what: `${formatGroupAddress(link.address)} is DPT ${first.datapoint} at ${pathText(first.object)} and DPT ${link.datapoint} here`,
    right: 'group objects on one address have one datapoint type',
  }
}
