import { withConnectors } from '../charge-point/amend.ts'
import { withConnector, findConnector, type ChargePoint } from '../charge-point/charge-point.ts'
import { amendConnector, withTold, type Connector, type ToldValue } from '../charge-point/connector.ts'
import { survey, type Debt } from '../charge-point/project.ts'
import { conclude } from '../charge-point/step.ts'
import type { ChargerConfig, ObjectName } from '../config/site-config.ts'
import type { DatapointValue } from '../knx/dpt/codec.ts'
import { datapointTypes } from '../knx/dpt/datapoint-type.ts'
import { formatGroupAddress } from '../knx/group-address.ts'
import { datapointOf, groupObjects } from '../knx/group-object.ts'
import { localTime } from '../knx/local-time.ts'
import type { Payload } from '../knx/telegram.ts'
import { allMembers, createPopulation, findMember, nextUntold, replaceMember } from './population.ts'
import type { Bus, Flight, Site } from './site.ts'
import { note, type Turn } from './turn.ts'

/** Milliseconds before a telegram is tried again that was not confirmed; the last one repeats. */
const rests = [1_000, 2_000, 5_000, 10_000, 30_000] as const
/** Milliseconds after which a confirmation is not waited for any longer. */
const confirmationMs = 10_000

/** Sends the next telegram the bus is owed, when the one before is confirmed and the bus budget allows it. */
export function pump(before: Site, turn: Turn): Site {
  const site = overdue(before, turn)
  const { bus, population } = site
  if (!bus.up || bus.flight || turn.at < bus.nextAt) return site
  const next = nextUntold(population, bus.served)
  if (!next) return site
  const [chargePoint, served] = next
  const { debt } = survey(chargePoint, turn.at, turn.rules)
  const flight = debt && transmit(chargePoint, debt, turn)
  if (!debt || !flight) return { ...site, bus: { ...bus, served } }
  return { ...site, bus: { up: true, flight, nextAt: turn.at + 1_000 / telegramsPerSecond(site), failures: bus.failures, served } }
}

function telegramsPerSecond(site: Site): number {
  return site.config?.knx.telegramsPerSecond ?? 20
}

function transmit(chargePoint: ChargePoint, debt: Debt, turn: Turn): Flight | undefined {
  const { connector, name, truth, service } = debt
  const address = connector.charger?.objects[name]?.send
  const payload = connector.charger && encode(name, truth.value, connector.charger, turn)
  if (address === undefined || !payload) return undefined
  turn.effects.push({ type: 'transmit', telegram: { service, address, payload } })
  return { identity: chargePoint.identity, connector: connector.id, name, address, value: truth.value, mark: truth.mark, since: turn.at }
}

/** A value as its datapoint type carries it; times become local time. */
function encode(name: ObjectName, value: number, charger: ChargerConfig, turn: Turn): Payload | undefined {
  const encoded = datapointTypes[datapointOf(name, charger)].codec.encode(busValue(name, value, turn))
  return encoded.ok ? encoded.value : undefined
}

function busValue(name: ObjectName, value: number, turn: Turn): DatapointValue {
  const { datapoint } = groupObjects[name]
  if (datapoint === 'time') return { ...localTime(value, turn.rules.timeZone), synchronised: true }
  return datapoint.startsWith('1.') ? value !== 0 : value
}

function overdue(site: Site, turn: Turn): Site {
  const { flight } = site.bus
  return flight && turn.at >= flight.since + confirmationMs ? land(site, false, turn) : site
}

/** Takes in the outcome of the telegram in flight: confirmed, it is told; if not, the newest value goes out after a rest. */
export function land(site: Site, confirmed: boolean, turn: Turn): Site {
  const { bus } = site
  const { flight } = bus
  if (!flight) return site
  if (!confirmed) {
    if (bus.failures === 0) note(turn, 'warning', flight.identity, flight.connector, `the bus did not confirm the telegram to ${formatGroupAddress(flight.address)}; it is tried again`)
    const rest = rests[Math.min(bus.failures, rests.length - 1)] ?? 30_000
    return { ...site, bus: { ...bus, flight: null, failures: bus.failures + 1, nextAt: turn.at + rest } }
  }
  const landed = { ...site, bus: { ...bus, flight: null, failures: 0 } }
  const chargePoint = findMember(site.population, flight.identity)
  const connector = chargePoint && findConnector(chargePoint, flight.connector)
  // Reconfigured meanwhile: what was told there tells nothing about the new address.
  if (!chargePoint || !connector || connector.charger?.objects[flight.name]?.send !== flight.address) return landed
  const told: ToldValue = { value: flight.value, mark: flight.mark, at: turn.at, asked: false }
  const next = conclude(withConnector(chargePoint, withTold(connector, flight.name, told)), turn)
  return { ...landed, population: replaceMember(landed.population, next) }
}

/** The bus comes or goes. What is told over a lost bus is not known, so all present values are told again when it is back. */
export function switchBus(site: Site, up: boolean, turn: Turn): Site {
  if (up === site.bus.up) return site
  note(turn, up ? 'info' : 'warning', '', 0, up ? 'the KNX bus is reachable' : 'the KNX bus is lost')
  // The rest after failures is over, but not that of the bus budget.
  const nextAt = Math.min(Math.max(site.bus.nextAt, turn.at), turn.at + 1_000 / telegramsPerSecond(site))
  const bus: Bus = { up, flight: null, nextAt, failures: 0, served: -1 }
  const members = allMembers(site.population).map((member) => conclude(withConnectors(member, member.connectors.map(untold)), turn))
  return { ...site, bus, population: createPopulation(members) }
}

function untold(connector: Connector): Connector {
  return amendConnector(connector, { told: {} })
}

/** When the bus next needs a tick; null: when something happens. */
export function busDeadline(site: Site): number | null {
  const { bus, population } = site
  if (bus.flight) return bus.flight.since + confirmationMs
  return bus.up && population.groups.some((group) => group.untold) ? bus.nextAt : null
}
