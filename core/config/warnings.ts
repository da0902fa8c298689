import { quote, type Mistake, type Path } from './mistake.ts'
import type { ChargerConfig, SiteConfig } from './site-config.ts'

/** What is allowed in a configuration but hardly meant. */
export function warningsOf(config: SiteConfig): readonly Mistake[] {
  return [...noChargers(config), ...idleBus(config), ...timesInUtc(config), ...config.chargers.flatMap(oddCharger), ...longTags(config)]
}

function noChargers({ chargers }: SiteConfig): readonly Mistake[] {
  if (chargers.length > 0) return []
  return [{ path: ['chargers'], what: 'no charger is listed', right: 'every one that connects is refused' }]
}

function idleBus({ knx, chargers }: SiteConfig): readonly Mistake[] {
  const path = ['knx', 'gateway']
  const addresses = chargers.flatMap(({ objects }) => Object.values(objects))
  const sends = addresses.some(({ send }) => send !== undefined)
  const linked = sends || addresses.some(({ receive }) => receive !== undefined)
  if (knx.gateway === 'none') {
    return linked ? [{ path, what: 'group objects have addresses, but there is no bus', right: 'name the gateway' }] : []
  }
  if (chargers.length === 0 || sends) return []
  return linked
    ? [{ path, what: 'no group object sends', right: 'nothing will be seen on the bus without sending addresses' }]
    : [{ path, what: 'there is a bus, but no group object has an address', right: 'add `objects` to the chargers' }]
}

function timesInUtc({ site, chargers }: SiteConfig): readonly Mistake[] {
  const tellsTime = chargers.some(({ objects }) => objects.startTime !== undefined || objects.endTime !== undefined)
  if (site.timeZone !== 'UTC' || !tellsTime) return []
  return [{ path: ['site', 'timeZone'], what: 'times on the bus are UTC', right: 'name the zone of the place, such as Europe/Amsterdam' }]
}

function oddCharger({ identity, password, securityProfile, normalCurrent, fastCurrent }: ChargerConfig, index: number): readonly Mistake[] {
  const mistakes: Mistake[] = []
  if (password !== undefined && identity.includes(':')) {
    mistakes.push({
      path: ['chargers', index, 'identity'],
      what: `${quote(identity)} has a colon`,
      right: 'HTTP Basic has no colon in a user name: leave out the password or rename the Charge Point',
    })
  }
  if (password !== undefined && securityProfile === 0) {
    mistakes.push({ path: ['chargers', index, 'password'], what: 'security profile 0 asks for no password', right: 'leave out `securityProfile`, or make it 1 or more' })
  }
  if (normalCurrent > fastCurrent) {
    mistakes.push({
      path: ['chargers', index, 'normalCurrent'],
      what: `${normalCurrent} A is more than the fast current of ${fastCurrent} A`,
      right: 'fast is usually the higher',
    })
  }
  return mistakes
}

function longTags({ tags, chargers }: SiteConfig): readonly Mistake[] {
  return [
    ...tags.flatMap(({ tag }, index) => longTag(tag, ['tags', index, 'tag'])),
    ...chargers.flatMap(({ startTags, managedTags }, index) => [
      ...startTags.flatMap((tag, place) => longTag(tag, ['chargers', index, 'startTags', place])),
      ...managedTags.flatMap((tag, place) => longTag(tag, ['chargers', index, 'managedTags', place])),
    ]),
  ]
}

function longTag(tag: string, path: Path): readonly Mistake[] {
  if (tag.length <= 20) return []
  return [{ path, what: `${quote(tag)} has ${tag.length} characters`, right: 'OCPP 1.6 carries 20; only some chargers send more' }]
}
