import { describe, expect, test } from 'vitest'
import { reduce, wakeAt, type Event, type Site } from '../core/index.ts'
import { call } from './alphabet/letters.ts'
import { begin } from './happening.ts'
import { addressOf, smallSite } from './small-site.ts'

const size = 10_000
const others = Array.from({ length: size - 1 }, (_, i) => `many-${i}`)
const large = withBoot(begin(smallSite({ identities: [...others.slice(0, 5_000), 'CP1', ...others.slice(5_000)], connectors: [1], objects: [] })))

/** A large site in which one Charge Point has booted and the bus is up. */
function withBoot(site: Site): Site {
  const { at } = site
  const boot = call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })
  const happenings: readonly Event[] = [
    { type: 'configured', at, config: { ...smallSite({ identities: [...others, 'CP1'], connectors: [1], objects: [] }), chargers: chargers(site) } },
    { type: 'bus', at, up: true },
    { type: 'opened', at, identity: 'CP1', connection: 'a', remote: '127.0.0.1', subprotocol: 'ocpp1.6' },
    { type: 'received', at, identity: 'CP1', connection: 'a', text: boot },
  ]
  return happenings.reduce((before, event) => reduce(before, event)[0], site)
}

/** One of them has all group objects. */
function chargers(site: Site) {
  return (site.config?.chargers ?? []).map((charger) => (charger.identity === 'CP1' ? smallSite({ connectors: [1] }).chargers[0] ?? charger : charger))
}

/** How many objects a step has made anew in the parts of the state that grow with the site. */
function replaced(before: Site, after: Site) {
  const groups = after.population.groups.filter((group, i) => group !== before.population.groups[i])
  const known = new Set(before.population.groups.flatMap(({ members }) => members))
  return {
    groups: groups.length,
    members: groups.flatMap(({ members }) => members).filter((member) => !known.has(member)).length,
    shared: before.config === after.config && before.routes === after.routes && before.population.positions === after.population.positions,
  }
}

describe(`Among ${size} Charge Points`, () => {
  const { at } = large
  const received = (text: string): Event => ({ type: 'received', at, identity: 'CP1', connection: 'a', text })
  test.each<{ title: string; event: Event }>([
    { title: 'a heartbeat', event: received(call('Heartbeat', {})) },
    { title: 'a state', event: received(call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError' })) },
    { title: 'a transaction', event: received(call('StartTransaction', { connectorId: 1, idTag: 'GOOD', meterStart: 1, timestamp: '2026-11-23T12:00:00Z' })) },
    { title: 'a lost connection', event: { type: 'closed', at, identity: 'CP1', connection: 'a', code: 1006, reason: '' } },
    { title: 'a command', event: { type: 'command', at, command: { id: 'c', source: 'panel', identity: 'CP1', connector: 1, order: { type: 'stop' }, expiresAt: null } } },
    { title: 'a telegram', event: { type: 'telegram', at, telegram: { service: 'write', address: addressOf('CP1', 1, 'charging', 'receive'), payload: { small: 1 } } } },
    { title: 'a deadline', event: { type: 'tick', at: wakeAt(large) ?? at } },
  ])('$title makes one member of one group anew and leaves all others as they are.', ({ event }) => {
    expect(replaced(large, reduce(large, event)[0])).toEqual({ groups: 1, members: 1, shared: true })
  })

  test('A tick before its time and a message of a stranger make nothing anew.', () => {
    const events: readonly Event[] = [{ type: 'tick', at }, { type: 'received', at, identity: 'NOBODY', connection: 'x', text: '' }]
    for (const event of events) expect(replaced(large, reduce(large, event)[0])).toEqual({ groups: 0, members: 0, shared: true })
  })

  test('A telegram sent on the bus and its confirmation make one member of one group anew at most.', () => {
    const [charging] = reduce(large, received(call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError' })))
    expect(charging.bus.flight?.name).toBe('status')
    expect(replaced(charging, reduce(charging, { type: 'transmitted', at, confirmed: true })[0])).toEqual({ groups: 1, members: 1, shared: true })
  })
})
