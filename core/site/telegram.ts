import { findConnector, withConnector, type ChargePoint } from '../charge-point/charge-point.ts'
import { withTold, type ToldValue } from '../charge-point/connector.ts'
import { receiveCommand } from '../charge-point/orders.ts'
import { truthOf } from '../charge-point/project.ts'
import type { ObjectName } from '../config/site-config.ts'
import type { DatapointValue } from '../knx/dpt/codec.ts'
import { datapointTypes } from '../knx/dpt/datapoint-type.ts'
import { formatGroupAddress } from '../knx/group-address.ts'
import { datapointOf } from '../knx/group-object.ts'
import type { Payload, Telegram } from '../knx/telegram.ts'
import { change } from './change.ts'
import type { Order } from './command.ts'
import { findMember } from './population.ts'
import type { Route, Site } from './site.ts'
import { note, type Turn } from './turn.ts'

/** What a received value asks for; undefined where it asks for nothing. */
const orders: { readonly [Name in ObjectName]?: (value: DatapointValue) => Order | undefined } = {
  charging: (value) => (value ? { type: 'start', idTag: null } : { type: 'stop' }),
  reservation: (value) => (value ? { type: 'reserve', idTag: null } : { type: 'free' }),
  availability: (value) => ({ type: 'availability', operative: value === true }),
  unlock: (value) => (value ? { type: 'unlock' } : undefined),
  maxCurrent: (value) => (typeof value === 'number' ? { type: 'limit', amperes: value } : undefined),
  reset: (value) => (value ? { type: 'reset', hard: false } : undefined),
}

/** Takes in a group telegram: a write to a receiving address is a command, a read of a sending address is answered. */
export function receiveTelegram(before: Site, telegram: Telegram, turn: Turn): Site {
  const key = String(telegram.address)
  const routes = Object.hasOwn(before.routes, key) ? before.routes[key] : undefined
  return (routes ?? []).reduce((site, route) => {
    if (telegram.service === 'read') return route.flow === 'send' ? change(site, route, turn, (member) => ask(member, route, turn)) : site
    if (telegram.service === 'response' || route.flow === 'send') return site
    return write(site, route, telegram.address, telegram.payload, turn)
  }, before)
}

function write(site: Site, route: Route, address: number, payload: Payload, turn: Turn): Site {
  const { identity, connector, name } = route
  const target = findMember(site.population, identity)
  const charger = target && findConnector(target, connector)?.charger
  if (!charger) return site
  const decoded = datapointTypes[datapointOf(name, charger)].codec.decode(payload)
  if (!decoded.ok) {
    note(turn, 'warning', identity, connector, `a telegram to ${formatGroupAddress(address)} was not understood: ${decoded.reason}`)
    return site
  }
  const order = orders[name]?.(decoded.value)
  if (!order) return site
  const command = { id: `knx-${turn.rules.run}-${site.nextCommand}`, source: 'knx', identity, connector, order, expiresAt: null } as const
  const numbered = { ...site, nextCommand: site.nextCommand + 1 }
  return change(numbered, route, turn, (member) => receiveCommand(member, command, turn))
}

/** Nothing is answered while no value is known. */
function ask(chargePoint: ChargePoint, { connector: id, name }: Route, turn: Turn): ChargePoint {
  const connector = findConnector(chargePoint, id)
  if (!connector || !truthOf(name, chargePoint, connector, turn.at)) return chargePoint
  const { value, mark, at }: ToldValue = connector.told[name] ?? { value: null, mark: 0, at: 0, asked: true }
  return withConnector(chargePoint, withTold(connector, name, { value, mark, at, asked: true }))
}
