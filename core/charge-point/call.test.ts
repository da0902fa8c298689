import { expect, test } from 'vitest'
import { findMember, type ChargePoint, type Order } from '../index.ts'
import { exampleIdentity as identity, exampleSite } from '../../fixtures/site.ts'
import { createWorld, type World } from '../../fixtures/world.ts'

function ready(): World {
  const world = createWorld({ config: exampleSite, stations: [{ identity }] })
  world.run(30_000)
  return world
}

function give(world: World, id: string, connector: number, order: Order): void {
  world.happen({ type: 'command', command: { id, source: 'api', identity, connector, order, expiresAt: null } })
  world.run(1_000)
}

function member(world: World): ChargePoint {
  const found = findMember(world.site().population, identity)
  if (!found) throw new Error('it is gone')
  return found
}

const stages = (world: World, id: string) => world.progress.filter(({ command }) => command === id).map(({ stage }) => stage)

test('The answer to a CALL comes back as it stood, before its command ends.', () => {
  const world = ready()
  give(world, 'c1', 0, { type: 'call', action: 'GetConfiguration', payload: { key: ['HeartbeatInterval'] } })
  expect(world.answered.find(({ command }) => command === 'c1')?.answer).toMatchObject({ type: 'result', payload: { configurationKey: [{ key: 'HeartbeatInterval' }] } })
  expect(stages(world, 'c1')).toEqual(['sent', 'observed'])
})

test('A CALLERROR comes back with its code, and its command is rejected.', () => {
  const world = createWorld({ config: exampleSite, stations: [{ identity, options: { configuration: { SupportedFeatureProfiles: 'Core' } } }] })
  world.run(30_000)
  give(world, 'c1', 0, { type: 'call', action: 'GetLocalListVersion', payload: {} })
  expect(world.answered.find(({ command }) => command === 'c1')?.answer).toMatchObject({ type: 'error' })
  expect(stages(world, 'c1')).toEqual(['sent', 'rejected'])
})

test('A CALL that is not answered ends as uncertain.', () => {
  const world = createWorld({ config: exampleSite, stations: [{ identity }], fate: ({ to, ...parcel }) => (to === 'station' && 'event' in parcel && JSON.stringify(parcel.event).includes('ClearCache') ? [] : [0]) })
  world.run(30_000)
  give(world, 'c1', 0, { type: 'call', action: 'ClearCache', payload: {} })
  world.run(70_000)
  expect(stages(world, 'c1')).toEqual(['sent', 'uncertain'])
  expect(world.answered).toEqual([])
})

test('Commands that wait for a charger end when it is taken out of the configuration.', () => {
  const world = createWorld({ config: exampleSite, stations: [{ identity, options: { refuses: { ClearCache: 'silent' } } }] })
  world.run(30_000)
  give(world, 'sent', 0, { type: 'call', action: 'ClearCache', payload: {} })
  give(world, 'waits', 0, { type: 'call', action: 'ClearCache', payload: {} })
  give(world, 'unlock', 1, { type: 'unlock' })
  world.happen({ type: 'configured', config: { ...exampleSite, chargers: [] } })
  world.run(1_000)
  expect(stages(world, 'sent')).toEqual(['sent', 'uncertain'])
  expect(stages(world, 'waits')).toEqual(['rejected'])
  expect(stages(world, 'unlock')).toEqual(['rejected'])
})

test('The Charge Point as a whole can be reset as connector 0, and nothing else can be asked of it.', () => {
  const world = ready()
  give(world, 'r1', 0, { type: 'reset', hard: false })
  world.run(120_000)
  expect(stages(world, 'r1')).toEqual(['sent', 'accepted', 'observed'])
  give(world, 's1', 0, { type: 'start', idTag: null })
  expect(stages(world, 's1')).toEqual(['rejected'])
})

test.each([
  ['ClearChargingProfile', {}],
  ['ChangeAvailability', { connectorId: 0, type: 'Inoperative' }],
])('What is wanted is asked for again after a %s that someone sent as it stands.', (action, payload) => {
  const world = ready()
  give(world, 'a', 1, { type: 'availability', operative: true })
  world.run(30_000)
  const [before] = member(world).connectors
  expect(before).toMatchObject({ limit: { accepted: 10 }, availability: { accepted: true } })
  const framesBefore = world.frames.length
  give(world, 'c1', 0, { type: 'call', action, payload })
  world.run(30_000)
  expect(member(world).connectors[0]).toMatchObject({ limit: { accepted: 10, effective: 10 }, availability: { accepted: true } })
  const again = { ClearChargingProfile: 'SetChargingProfile', ChangeAvailability: 'Operative' }[action] ?? ''
  expect(world.frames.slice(framesBefore).filter(({ from, text }) => from === 'site' && text.includes(`"${again}"`))).toHaveLength(1)
})
