import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Charger, CommandView } from '../../hono/schemas/charger.ts'
import { createEventReader, type ServerEvent } from './event-stream.ts'
import { nothingYet, takeEvents, type Live } from './live-state.ts'
import { inOrder, progressOf } from './orders.ts'
import { readPlace, writePlace } from './router.ts'
import { createStore } from './store.ts'

const charger = (identity: string, connector = 1) => ({ identity, connector, name: identity }) as Charger
const event = (name: string, data: unknown): ServerEvent => ({ event: name, data: JSON.stringify(data) })
const told = (...chargers: readonly Charger[]) => chargers.map((one) => event('charger', one))

describe('a stream of events', () => {
  it('is read the same however it is cut.', () => {
    const stream = 'id: 1\nevent: charger\ndata: {"a":1}\n\n: here\n\ndata: one\ndata: two\r\n\r\nevent: nothing\n\n'
    const whole = createEventReader()(stream)
    expect(whole).toEqual([{ event: 'charger', data: '{"a":1}' }, { event: 'message', data: 'one\ntwo' }])
    fc.assert(fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
      const reader = createEventReader()
      const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
      expect(places.slice(1).flatMap((end, i) => reader(stream.slice(places[i], end)))).toEqual(whole)
    }))
  })
})

describe('what is shown live', () => {
  it('has each charger in its newest state, and none that was removed.', () => {
    const live = takeEvents(nothingYet, [...told(charger('A'), charger('B')), event('charger', { ...charger('A'), name: 'new' }), event('removed', { identity: 'B', connector: 1 })], 5)
    expect([...live.chargers.values()].map(({ name }) => name)).toEqual(['new'])
    expect(live).toMatchObject({ link: 'live', heardAt: 5 })
  })

  it('forgets after a reconnection what the controller no longer has.', () => {
    const before = takeEvents(nothingYet, told(charger('A'), charger('B')), 1)
    expect([...takeEvents(before, told(charger('B')), 2, true).chargers.keys()]).toEqual(['B/1'])
  })

  it('takes no harm from events that are not to be read.', () => {
    const live = takeEvents(nothingYet, [{ event: 'charger', data: '{' }, { event: 'charger', data: 'null' }, event('later version', {})], 1)
    expect(live.chargers.size).toBe(0)
  })

  it('knows the clock of the controller.', () => {
    expect(takeEvents(nothingYet, [event('site', { now: 1_500 })], 1_000).skewMs).toBe(500)
  })

  it('keeps a bounded number of commands, the newest.', () => {
    const commands = Array.from({ length: 1_000 }, (_, i) => event('command', { id: `c${i}` }))
    const live = takeEvents(nothingYet, commands, 1)
    expect(live.commands.size).toBe(300)
    expect(live.commands.has('c999')).toBe(true)
  })
})

describe('the progress of a command', () => {
  const command = (id: string, type: string, stages: CommandView['stages'], ended = false): CommandView =>
    ({ id, source: 'knx', identity: 'A', connector: 1, order: { type }, at: 0, ended, stages })
  const live = (...commands: readonly CommandView[]): Live => ({ ...nothingYet, commands: new Map(commands.map((one) => [one.id, one])) })

  it('is that of the newest at each control.', () => {
    const shown = progressOf(live(command('1', 'start', []), command('2', 'stop', []), command('3', 'reset', [])), charger('A'), 0)
    expect([...shown].map(([control, { id }]) => [control, id])).toEqual([['charging', '2'], ['reset', '3']])
  })

  it('vanishes when it has ended, a refusal later than a success.', () => {
    const good = command('1', 'start', [{ stage: 'observed', at: 0, reason: '' }], true)
    const bad = command('2', 'reset', [{ stage: 'rejected', at: 0, reason: 'no' }], true)
    expect([...progressOf(live(good, bad), charger('A'), 30_000).keys()]).toEqual(['reset'])
    expect(progressOf(live(good, bad), charger('A'), 90_000).size).toBe(0)
  })

  it('is not shown at another charger, nor for a kind that no control has.', () => {
    expect(progressOf(live(command('1', 'start', []), command('2', 'constructor', [])), charger('B'), 0).size).toBe(0)
    expect(progressOf(live(command('2', 'constructor', [])), charger('A'), 0).size).toBe(0)
  })
})

describe('the rest', () => {
  it('lists chargers as people count.', () => {
    expect(inOrder([charger('Place 10'), charger('Place 9')], 'en').map(({ name }) => name)).toEqual(['Place 9', 'Place 10'])
  })

  it('reads an address as it was written, whatever is in it.', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (identity) => {
      expect(readPlace(writePlace('chargers', identity, '1'))).toEqual({ page: 'chargers', rest: [identity, '1'] })
    }))
    expect(readPlace('#/nowhere/%zz')).toEqual({ page: 'chargers', rest: [] })
  })

  it('tells of changes only.', () => {
    const store = createStore(1)
    let calls = 0
    const end = store.subscribe(() => { calls += 1 })
    store.set(1)
    store.set(2)
    end()
    store.set(3)
    expect(calls).toBe(1)
  })
})
