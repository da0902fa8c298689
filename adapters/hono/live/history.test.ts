import { expect, test } from 'vitest'
import { createSite, identityOf, reduce, revive, type Event, type Site } from '../../../core/index.ts'
import { exampleIdentity as identity, exampleSite } from '../../../fixtures/site.ts'
import { createHistory, type TracedStep } from './history.ts'

const at = Date.UTC(2026, 10, 28, 12)
const begin: readonly Event[] = [
  { type: 'configured', at, config: exampleSite },
  { type: 'opened', at, identity, connection: 'c', remote: '127.0.0.1', subprotocol: 'ocpp1.6' },
  { type: 'received', at, identity, connection: 'c', text: '[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]' },
]
const refused = (n: number): Event => ({ type: 'refused', at: at + n, identity: 'stranger', remote: `10.0.0.${n}`, reason: 'unknown' })
const received = (n: number): Event => ({
  type: 'received', at: at + n, identity, connection: 'c',
  text: `[2,"m${n}","StartTransaction",{"connectorId":1,"idTag":"04A1B2C3D4","meterStart":${n},"timestamp":"2026-11-28T12:00:00Z"}]`,
})

/** A history of a site that takes these events, and the steps as they were. */
function live(mostSize: number, events: readonly Event[]) {
  let site: Site = revive(createSite(1))
  const history = createHistory(mostSize, () => site)
  const steps: TracedStep[] = events.map((event) => {
    const [after, effects] = reduce(site, event)
    site = after
    history.push(event)
    return { event, effects }
  })
  return { history, steps, of: (name: string) => steps.filter(({ event }) => identityOf(event) === name) }
}

const events = [...begin, ...Array.from({ length: 40 }, (_, n) => [received(n), refused(n)]).flat()]

test('The steps of a Charge Point are those that happened, with the effects that they had.', () => {
  const { history, of } = live(1_000_000, events)
  expect(history.stepsOf(identity)).toEqual(of(identity))
  expect(history.stepsOf(identity).flatMap(({ effects }) => effects).filter(({ type }) => type === 'book')).toHaveLength(79)
  expect(history.stepsOf('stranger')).toEqual(of('stranger'))
  expect(history.stepsOf('nobody')).toEqual([])
})

test('The newest are kept, up to a size, and are the same although what was before them is forgotten.', () => {
  const { history, of } = live(6_000, events)
  const kept = history.stepsOf(identity)
  expect(kept.length).toBeGreaterThan(3)
  expect(kept.length).toBeLessThan(15)
  expect(kept).toEqual(of(identity).slice(-kept.length))
})
