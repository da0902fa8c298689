import { createChargePoint, type ChargePoint } from '../charge-point/charge-point.ts'
import { createConnector, type Connector } from '../charge-point/connector.ts'
import { withWantedList } from '../charge-point/local-list.ts'
import { heedConfiguration } from '../charge-point/security-changes.ts'
import { withNextSetting } from '../charge-point/set-up.ts'
import type { ChargerConfig, ObjectName, SiteConfig } from '../config/site-config.ts'
import { objectNames } from '../config/site-config.ts'
import { allMembers, createPopulation } from './population.ts'
import type { Route, Routes, Site } from './site.ts'
import type { Rules, Turn } from './turn.ts'

/** Takes a configuration over: Charge Points keep all they know, and one that is no longer named is closed and kept aside. */
export function configure(site: Site, config: SiteConfig, turn: Turn): Site {
  const chargers = byIdentity(config.chargers)
  const known = allMembers(site.population)
  const added = [...chargers.keys()].filter((identity) => !Object.hasOwn(site.population.positions, identity)).map(createChargePoint)
  const rules = rulesOf(site.rules, config)
  const ruled = { ...turn, rules }
  const members = [...known, ...added].map((member) => withNextSetting(withWantedList(withChargers(member, chargers.get(member.identity) ?? [], turn), ruled), ruled))
  return { ...site, config, rules, routes: routesOf(config), population: createPopulation(members) }
}

function byIdentity(chargers: readonly ChargerConfig[]): ReadonlyMap<string, readonly ChargerConfig[]> {
  const groups = new Map<string, ChargerConfig[]>()
  for (const charger of chargers) groups.set(charger.identity, [...(groups.get(charger.identity) ?? []), charger])
  return groups
}

function withChargers(before: ChargePoint, chargers: readonly ChargerConfig[], turn: Turn): ChargePoint {
  const fresh = chargers.filter(({ connector }) => !before.connectors.some(({ id }) => id === connector)).map((charger) => createConnector(charger.connector, charger))
  const connectors = [...before.connectors, ...fresh]
    .map((connector) => assign(connector, chargers.find((charger) => charger.connector === connector.id) ?? null))
    .sort((a, b) => a.id - b.id)
  if (chargers.length === 0 && before.link) {
    turn.effects.push({ type: 'close', identity: before.identity, connection: before.link.connection, code: 1008, reason: 'not configured any more' })
  }
  return heedConfiguration({ ...before, connectors }, chargers)
}

/** A group object with a new address, or of a new type, has not been told there yet. */
function assign(connector: Connector, charger: ChargerConfig | null): Connector {
  const before = connector.charger
  const kept = objectNames.filter((name) => before && charger && sameSender(name, before, charger))
  const told = Object.fromEntries(kept.map((name) => [name, connector.told[name]] as const).filter(([, value]) => value !== undefined))
  const sends = objectNames.filter((name) => charger?.objects[name]?.send !== undefined)
  return { ...connector, charger, sends, told }
}

function sameSender(name: ObjectName, a: ChargerConfig, b: ChargerConfig): boolean {
  return a.objects[name]?.send === b.objects[name]?.send && a.timeType === b.timeType && a.currentType === b.currentType
}

function rulesOf(before: Rules, { site, ocpp, knx, tags }: SiteConfig): Rules {
  return {
    run: before.run,
    seed: before.seed,
    timeZone: site.timeZone,
    callTimeoutMs: ocpp.callTimeout * 1_000,
    limitIntervalMs: ocpp.limitInterval * 1_000,
    sampleIntervalSeconds: ocpp.sampleInterval,
    cycleMs: knx.cycle * 60_000,
    tags: Object.fromEntries(tags.map((tag) => [tag.tag.toUpperCase(), tag])),
  }
}

function routesOf(config: SiteConfig): Routes {
  const routes = new Map<number, Route[]>()
  for (const { identity, connector, objects } of config.chargers) {
    for (const name of objectNames) {
      for (const flow of ['send', 'receive'] as const) {
        const address = objects[name]?.[flow]
        if (address === undefined) continue
        const route: Route = { identity, connector, name, flow }
        const others = routes.get(address)
        if (others) others.push(route)
        else routes.set(address, [route])
      }
    }
  }
  return Object.fromEntries(routes)
}
