import { expect, it } from 'vitest'
import { exampleIdentity, exampleSite } from '../../fixtures/site.ts'
import { createWorld } from '../../fixtures/world.ts'

it('Reads without end do not keep news from the bus.', () => {
  const config = { ...exampleSite, knx: { ...exampleSite.knx, telegramsPerSecond: 2 } }
  const world = createWorld({ config, stations: [{ identity: exampleIdentity }] })
  world.run(20_000)
  const before = world.telegrams.length
  world.act(exampleIdentity, { type: 'plug', connector: 1 })
  world.act(exampleIdentity, { type: 'fault', connector: 1, errorCode: 'GroundFailure' })
  for (let i = 0; i < 20; i++) {
    world.read('9/7/0')
    world.run(400)
  }
  const addresses = world.telegrams.slice(before).filter(({ from }) => from !== 'bus').map(({ telegram }) => telegram.address)
  expect(addresses).toContain(exampleSite.chargers[0]?.objects.errorCode?.send)
  expect(addresses).toContain(exampleSite.chargers[0]?.objects.availability?.send)
})
