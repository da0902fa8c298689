import type { Mistake } from './mistake.ts'
import { quote } from './mistake.ts'
import { objectNames, type ChargerConfig, type ObjectName, type SiteConfig } from './site-config.ts'

/** What is allowed in a configuration but hardly meant. */
export function warningsOf(config: SiteConfig): readonly Mistake[] {
  return [...chargersMissing(config), ...busUnused(config), ...zoneUnset(config), ...config.chargers.flatMap(chargerWarnings), ...longTags(config)]
}

function chargersMissing({ chargers }: SiteConfig): readonly Mistake[] {
  if (chargers.length > 0) return []
  return [{ path: ['chargers'], what: 'no charger is listed', right: 'every charger that connects will be refused, and shown on the status page' }]
}

function busUnused({ knx, chargers }: SiteConfig): readonly Mistake[] {
  const path = ['knx', 'gateway']
  const linked = chargers.flatMap(linkedObjects)
  if (knx.gateway === 'none') {
    return linked.length === 0 ? [] : [{ path, what: 'group objects have addresses, but there is no bus', right: 'name the gateway' }]
  }
  if (linked.length === 0) return chargers.length === 0 ? [] : [{ path, what: 'there is a bus, but no group object has an address', right: 'add `objects` to a charger' }]
  const sends = linked.some(([charger, name]) => charger.objects[name]?.send !== undefined)
  return sends ? [] : [{ path, what: 'no group object sends', right: 'nothing will be seen on the bus; add sending addresses' }]
}

function linkedObjects(charger: ChargerConfig): readonly (readonly [ChargerConfig, ObjectName])[] {
  return objectNames.filter((name) => charger.objects[name] !== undefined).map((name) => [charger, name] as const)
}

function zoneUnset({ site, chargers }: SiteConfig): readonly Mistake[] {
  const tellsTime = chargers.some(({ objects }) => objects.startTime !== undefined || objects.endTime !== undefined)
  if (site.timeZone !== 'UTC' || !tellsTime) return []
  return [{ path: ['site', 'timeZone'], what: 'times on the bus are UTC', right: 'write the IANA name of the place, such as Europe/Amsterdam' }]
}

function chargerWarnings({ identity, password, normalCurrent, fastCurrent }: ChargerConfig, index: number): readonly Mistake[] {
  const at = (name: string, what: string, right: string): Mistake => ({ path: ['chargers', index, name], what, right })
  return [
    ...(password !== undefined && identity.includes(':')
      ? [at('identity', `${quote(identity)} has a colon`, 'HTTP Basic cannot carry it as a user name: leave out the password or rename the Charge Point')]
      : []),
    ...(normalCurrent > fastCurrent ? [at('normalCurrent', `${normalCurrent} A is more than the fast current of ${fastCurrent} A`, 'fast is usually the higher')] : []),
  ]
}

function longTags({ tags, chargers }: SiteConfig): readonly Mistake[] {
  const written = [
    ...tags.map(({ tag }, index) => ({ tag, path: ['tags', index, 'tag'] })),
    ...chargers.flatMap(({ startTags, managedTags }, index) => Object.entries({ startTags, managedTags }).flatMap(
      ([name, list]) => list.map((tag, place) => ({ tag, path: ['chargers', index, name, place] })))),
  ]
  return written.filter(({ tag }) => tag.length > 20).map(({ tag, path }) => ({
    path, what: `${quote(tag)} has ${tag.length} characters`, right: 'OCPP 1.6 carries 20; only some chargers send more',
  }))
}
