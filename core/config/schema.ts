import * as v from 'valibot'
import { registrationWords } from '../charge-point/registration.ts'
import { securityProfiles } from '../charge-point/security.ts'
import { groupObjects } from '../knx/group-object.ts'
import { list, maybe, must, named, one, or, isRecord } from './combine.ts'
import { gateway } from './gateway.ts'
import { instant } from './instant.ts'
import { amperes, groupAddress, hostName, identity, listenAddress, knownTag, oneOf, password, text, timeZone, trueOrFalse, whole } from './kinds.ts'
import { currentTypes, objectNames, timeTypes, type ObjectAddresses, type ObjectName } from './site-config.ts'

/** The most there may be of each: bounds against abuse, far above any site. */
export const limits = { chargers: 20_000, tags: 20_000, tagsPerCharger: 1_000 } as const

/** The names of `site`. */
export const siteEntries = {
  name: or(one(text('a name', 100)), 'Home'),
  timeZone: or(one(timeZone), 'UTC'),
}

/** The names of `ocpp`; times in seconds. */
export const ocppEntries = {
  port: or(one(whole('a port', 1, 65_535)), 8016),
  secure: or(one(trueOrFalse), false),
  callTimeout: or(one(whole('a number of seconds', 5, 600)), 65),
  pingInterval: or(one(whole('a number of seconds', 5, 3_600)), 25),
  limitInterval: or(one(whole('a number of seconds', 0, 3_600)), 10),
  sampleInterval: or(one(whole('a number of seconds', 5, 900)), 30),
}

/** The names of `knx`; `cycle` in minutes. */
export const knxEntries = {
  gateway: or(one(gateway), 'none'),
  port: or(one(whole('a port', 1, 65_535)), 3671),
  nat: or(one(trueOrFalse), false),
  telegramsPerSecond: or(one(whole('a number of telegrams per second', 1, 50)), 20),
  cycle: or(one(whole('a number of minutes', 0, 10_080)), 0),
}

/** The names of `panel`. */
export const panelEntries = {
  port: or(one(whole('a port', 1, 65_535)), 8080),
  address: maybe(one(listenAddress)),
  hosts: maybe(list('host names', 20, one(hostName))),
}

/** The names of one of `tags`. */
export const tagEntries = {
  tag: must(one(knownTag)),
  name: maybe(one(text('a name', 100))),
  parent: maybe(one(knownTag)),
  blocked: maybe(one(trueOrFalse)),
  expires: maybe(one(instant)),
}

const address = one(groupAddress)

/** The names of each group object that is written as a pair of addresses: the flows it has. */
export const flowEntries = perObject((name) => Object.fromEntries(groupObjects[name].flows.map((flow) => [flow, maybe(address)])))

/** The names of `objects` of a charger: the group objects. */
export const objectEntries = perObject((name) => maybe(addresses(name)))

const tagList = list('RFID tags', limits.tagsPerCharger, one(text('an RFID tag', 36)))

/** The names of one of `chargers`; currents in amperes. */
export const chargerEntries = {
  name: must(one(text('a name', 100))),
  identity: must(one(identity)),
  connector: or(one(whole('a connector number', 1, 65_535)), 1),
  password: maybe(one(password)),
  securityProfile: maybe(one(oneOf('a security profile', securityProfiles))),
  registration: maybe(one(oneOf('a registration', registrationWords))),
  normalCurrent: or(one(amperes), 10),
  fastCurrent: or(one(amperes), 16),
  fuseCurrent: maybe(one(amperes)),
  phases: or(one(oneOf('a number of phases', [1, 2, 3])), 3),
  stopBy: or(one(oneOf('a way to stop', ['auto', 'transaction', 'limit'])), 'auto'),
  setUp: or(one(trueOrFalse), true),
  localList: or(one(trueOrFalse), false),
  timeType: or(one(oneOf('a datapoint type for times', timeTypes)), 'DPT 10.001'),
  currentType: or(one(oneOf('a datapoint type for currents', currentTypes)), 'DPT 14.019'),
  startTags: or(tagList, ['*']),
  managedTags: or(tagList, []),
  objects: or(named('the group objects of a charger', objectEntries), {}),
}

/** A charger's fuse in amperes where none is written: 32 A, or the fast current when that is more. */
export function usualFuse(fastCurrent: number): number {
  return Math.max(32, fastCurrent)
}

const charger = v.pipe(
  named('a charger', chargerEntries),
  v.transform((written) => ({ ...written, fuseCurrent: written.fuseCurrent ?? usualFuse(written.fastCurrent) })),
)

/** The sections of a configuration. */
export const sections = {
  site: or(named('the site', siteEntries), {}),
  ocpp: or(named('the side of OCPP', ocppEntries), {}),
  knx: or(named('the side of KNX', knxEntries), {}),
  panel: or(named('the panel', panelEntries), {}),
  tags: or(list('RFID tags', limits.tags, named('what is known about an RFID tag', tagEntries)), []),
  chargers: or(list('chargers', limits.chargers, charger), []),
}

/** A configuration as people write it, read into a SiteConfig; rules between names are in rules.ts. */
export const siteSchema = named('a configuration', sections)

// One address alone is for every flow the object has: people write the pair only where flows differ.
function addresses(name: ObjectName) {
  const { flows } = groupObjects[name]
  const alone = v.pipe(address, v.transform((both): ObjectAddresses => Object.fromEntries(flows.map((flow) => [flow, both]))))
  const pair = named('a group address', flowEntries[name])
  return v.lazy<v.GenericSchema<unknown, ObjectAddresses>>((input) => (isRecord(input) ? pair : alone))
}

function perObject<Value>(make: (name: ObjectName) => Value) {
  // Object.fromEntries forgets the names; they are those of the list.
  return Object.fromEntries(objectNames.map((name) => [name, make(name)])) as { readonly [Name in ObjectName]: Value }
}
