import fc from 'fast-check'
import type { Command, Event, Order, Site, Telegram } from '../core/index.ts'
import { events } from './alphabet.ts'

/** Names that are only names, whatever else they mean to a machine. */
const names = fc.oneof(fc.constantFrom('CP1', 'a', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''), fc.string({ unit: 'binary', maxLength: 40 }))
const integers = fc.oneof(fc.integer(), fc.constantFrom(0, 1, 2, -1, 2 ** 31, 2 ** 53, -(2 ** 53), 65_535))
const decimals = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), integers)

/** Texts on a link: any at all, JSON of any shape, CALLs of any action with any payload, and what a charger does say with a piece of it changed. */
export function texts(site: Site): fc.Arbitrary<string> {
  const usual = events(site).flatMap((happening) => (happening.type === 'received' ? [happening.text] : []))
  const action = fc.oneof(fc.constantFrom('StartTransaction', 'StopTransaction', 'MeterValues', 'StatusNotification', 'BootNotification', 'Authorize'), names)
  const changed = fc.tuple(fc.constantFrom(...usual), fc.nat({ max: 400 }), fc.nat({ max: 5 }), fc.string({ maxLength: 5 }))
    .map(([text, at, length, piece]) => text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + length))
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.tuple(fc.integer({ min: 0, max: 6 }), names, action, fc.jsonValue()).map((message) => JSON.stringify(message)),
    changed,
    changed,
  )
}

const orders: fc.Arbitrary<Order> = fc.oneof(
  fc.record({ type: fc.constant('start' as const), idTag: fc.option(names) }),
  fc.constantFrom<Order>({ type: 'stop' }, { type: 'unlock' }, { type: 'free' }, { type: 'reset', hard: true }, { type: 'mode', mode: 'fast' }),
  fc.record({ type: fc.constant('reserve' as const), idTag: fc.option(names) }),
  fc.record({ type: fc.constant('availability' as const), operative: fc.boolean() }),
  fc.record({ type: fc.constant('limit' as const), amperes: decimals }),
  fc.record({ type: fc.constant('call' as const), action: names, payload: fc.dictionary(names, fc.jsonValue()) }),
)

const commands: fc.Arbitrary<Command> = fc.record({
  id: names, source: fc.constantFrom('knx', 'panel', 'api', 'relay', 'energy'), identity: names, connector: integers, order: orders, expiresAt: fc.option(integers),
})

const payloads = fc.oneof(fc.record({ small: decimals }), fc.record({ bytes: fc.array(decimals, { maxLength: 20 }) }))

const telegrams: fc.Arbitrary<Telegram> = fc.oneof(
  fc.record({ service: fc.constantFrom('write' as const, 'response' as const), address: integers, payload: payloads }),
  fc.record({ service: fc.constant('read' as const), address: integers }),
)

const at = decimals

/** Every event a host can make of what its peers send, however hostile. */
export const happenings: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant('tick' as const), at }),
  fc.record({ type: fc.constant('opened' as const), at, identity: names, connection: names, remote: names, subprotocol: names }),
  fc.record({ type: fc.constant('received' as const), at, identity: names, connection: names, text: fc.oneof(fc.string(), fc.json()) }),
  fc.record({ type: fc.constant('closed' as const), at, identity: names, connection: names, code: integers, reason: names }),
  fc.record({ type: fc.constant('refused' as const), at, identity: names, remote: names, reason: names }),
  fc.record({ type: fc.constant('command' as const), at, command: commands }),
  fc.record({ type: fc.constant('telegram' as const), at, telegram: telegrams }),
  fc.record({ type: fc.constant('bus' as const), at, up: fc.boolean() }),
  fc.record({ type: fc.constant('transmitted' as const), at, confirmed: fc.boolean() }),
)
