import { expect, test } from 'vitest'
import { findMember } from '../index.ts'
import { exampleIdentity as identity, exampleSite } from '../../fixtures/site.ts'
import type { StationOptions } from '../../fixtures/charge-point/options.ts'
import { createWorld, type World } from '../../fixtures/world.ts'
import { describeCharger, type ChargerView } from './view.ts'

function ready(options: Partial<StationOptions> = {}): World {
  const world = createWorld({ config: exampleSite, stations: [{ identity, options }] })
  world.run(30_000)
  return world
}

function view(world: World): ChargerView {
  const site = world.site()
  const member = findMember(site.population, identity)
  const connector = member?.connectors[0]
  const shown = member && connector && describeCharger(member, connector, world.at(), site.rules)
  if (!shown) throw new Error('nothing is shown')
  return shown
}

test('A charger that stands ready shows its mode, its limit and who holds it, and no session.', () => {
  expect(view(ready())).toMatchObject({
    name: 'Charger 1', identity, connector: 1, connected: true, status: 'Available', error: null, charging: false, session: null, mode: 'normal',
    limit: { wanted: 10, accepted: 10, effective: 10, most: 32, holder: 'normal', words: 'normal mode: 10 A', waits: null },
    reservation: null, commands: [],
  })
})

test('A charger that charges shows current, power, and energy since the start, in the name of the tag.', () => {
  const world = ready({ meterStart: 5_000 })
  world.act(identity, { type: 'plug', connector: 1 })
  world.act(identity, { type: 'tag', connector: 1, idTag: '04a1b2c3d4' })
  world.run(3_600_000)
  const { charging, current, session } = view(world)
  expect({ charging, current }).toEqual({ charging: true, current: 10 })
  expect(session).toMatchObject({ tag: '04a1b2c3d4', tagName: 'Company car' })
  expect(session?.energy).toBeGreaterThan(6_000)
  expect(session?.energy).toBeLessThan(7_000)
})

test('A limit that is not in force says why, in words.', () => {
  const world = createWorld({ config: exampleSite, stations: [{ identity, options: { refuses: { SetChargingProfile: { status: 'Rejected' } } } }] })
  world.run(12_000)
  expect(view(world).limit).toMatchObject({ accepted: null, waits: 'the charger refused; it is asked in another form' })
  world.run(120_000)
  expect(view(world).limit.waits).toBe('the charger did not accept it; it is asked again')
  world.act(identity, { type: 'drop' })
  world.run(1)
  expect(view(world).limit.waits).toBe('the charger is not connected')
})

test('An override holds the limit until a mode is given.', () => {
  const world = ready()
  world.write('9/7/42', 8)
  world.run(30_000)
  expect(view(world).limit).toMatchObject({ wanted: 8, accepted: 8, holder: 'override' })
  world.happen({ type: 'command', command: { id: 'm', source: 'api', identity, connector: 1, order: { type: 'mode', mode: 'fast' }, expiresAt: null } })
  expect(view(world)).toMatchObject({ mode: 'fast', limit: { wanted: 16, holder: 'fast', words: 'fast mode: 16 A' }, commands: [{ id: 'm', order: 'mode' }] })
})
