import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Frame } from '../core/knx/link/frame.ts'
import { create, step, wakeAt } from '../core/knx/link/link.ts'
import type { LinkEffect, LinkEvent, LinkState } from '../core/knx/link/state.ts'
import type { Step } from '../core/knx/link/step.ts'
import { endpoints, frames, telegrams } from '../fixtures/knx-gateway/arbitrary.ts'
import { type Action, type Fate, type Observation, type Plan, simulate, type StepLink } from '../fixtures/knx-gateway/simulation.ts'

const fates: fc.Arbitrary<readonly Fate[]> = fc.array(fc.oneof(
  { weight: 3, arbitrary: fc.constant([1]) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 3 }) },
), { maxLength: 120 })

const gapMs = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 100_000 }))
const traffic: fc.Arbitrary<Action> = fc.record({
  type: fc.constantFrom('transmit' as const, 'other' as const, 'wait' as const), afterMs: gapMs,
})
const disasters: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('restart' as const), afterMs: gapMs, offMs: gapMs }),
  fc.record({ type: fc.constant('crash' as const), afterMs: gapMs }),
)
const calamities = fc.array(fc.oneof({ weight: 5, arbitrary: traffic }, { weight: 1, arbitrary: disasters }), { maxLength: 30 })
/** A gateway keeps a tunnel that nobody uses for 120 s, the link waits up to 30 s between attempts. */
const recoveryMs = 200_000

/** Everything goes wrong for a while; then the gateway is on, the network is healed, and in due time a last telegram is sent. */
const troubled: fc.Arbitrary<Plan> = fc.tuple(calamities, fates, fc.integer({ min: 1, max: 4 })).map(([actions, faults, tunnels]) => ({
  actions: actions.concat({ type: 'wait', afterMs: 100_000 }, { type: 'transmit', afterMs: recoveryMs }),
  fates: faults, healAt: actions.reduce((sum, { afterMs }) => sum + afterMs, 100_000), tunnels, restMs: 10_000,
}))

/** A network without faults; the link is up before the first telegram. */
const opening: readonly Action[] = [{ type: 'wait', afterMs: 1_000 }]
const peaceful = fc.array(traffic, { maxLength: 30 }).map((actions) => opening.concat(actions))
const faultless = peaceful.map((actions): Plan => ({ actions, fates: [], healAt: 0, tunnels: 1, restMs: 10_000 }))

/** Two tunnels, because a lost CONNECT_RESPONSE leaves one that nobody uses. */
const oneLoss = fc.tuple(peaceful, fc.nat({ max: 60 })).map(([actions, lost]): Plan => ({
  actions, fates: Array.from({ length: lost + 1 }, (_, i) => i === lost ? [] : [1]), healAt: Infinity, tunnels: 2, restMs: 10_000,
}))

const offForADay: Plan = {
  actions: [{ type: 'restart', afterMs: 1_000, offMs: 86_400_000 }, { type: 'wait', afterMs: 86_300_000 }],
  fates: [], healAt: 0, tunnels: 1, restMs: 0,
}

type Kind = Exclude<Observation['type'], 'write' | 'up' | 'down' | 'open' | 'crash'>
const ids = (seen: readonly Observation[], ...types: readonly Kind[]): readonly number[] =>
  // The cast states what `includes` cannot tell the compiler: only kinds with an id are asked for.
  seen.flatMap((item) => 'id' in item && types.includes(item.type as Kind) ? [item.id] : [])
const isAscending = (numbers: readonly number[]): boolean => numbers.every((id, i) => i === 0 || id > (numbers[i - 1] ?? NaN))

/** No telegram reaches the bus twice, and a confirmed one did reach it; confirmed ones in their order. */
function confirmedIsOnTheBus(seen: readonly Observation[]): boolean {
  const put = ids(seen, 'put')
  const confirmed = ids(seen, 'confirmed')
  return new Set(put).size === put.length && isAscending(confirmed)
    && isAscending(put.filter((id) => confirmed.includes(id))) && confirmed.every((id) => put.includes(id))
}

/** Telegrams of others come through once and in their order; an own one counts among them only if it was late from a lost tunnel. */
function reportedOnce(seen: readonly Observation[]): boolean {
  const heard = ids(seen, 'heard')
  const reported = ids(seen, 'reported')
  const confirmed = ids(seen, 'confirmed')
  return isAscending(reported) && reported.every((id) => heard.includes(id)) && ids(seen, 'echoed').every((id) => !confirmed.includes(id))
}

/** With the network healed the link is up in the end, and the last telegram is confirmed. */
function recovers(seen: readonly Observation[]): boolean {
  const last = ids(seen, 'transmit').at(-1)
  return seen.findLast(({ type }) => type === 'up' || type === 'down')?.type === 'up' && ids(seen, 'confirmed').at(-1) === last
}

/** Every telegram given to a link that did not crash has exactly one outcome, in its order. */
function everyTransmitHasOneOutcome(seen: readonly Observation[]): boolean {
  const expected: number[] = []
  const met: number[] = []
  for (const item of seen) {
    if (item.type === 'crash') expected.splice(0, expected.length, ...met)
    if (item.type === 'transmit') expected.push(item.id)
    if (item.type === 'confirmed' || item.type === 'unconfirmed') met.push(item.id)
  }
  return isAscending(met) && met.length === expected.length && met.every((id, i) => id === expected[i])
}

function survivesOneLoss(seen: readonly Observation[]): boolean {
  const late = seen.find(({ type }) => type === 'up')?.at ?? Infinity
  const transmitted = seen.flatMap((item) => item.type === 'transmit' && item.at > late ? [item.id] : [])
  const confirmed = ids(seen, 'confirmed')
  return transmitted.every((id) => confirmed.includes(id)) && seen.every(({ type }) => type !== 'down')
}

function notFlooded(seen: readonly Observation[]): boolean {
  const attempts = seen.filter(({ type }) => type === 'open').length
  const requests = seen.filter((item) => item.type === 'write' && item.service === 'CONNECT_REQUEST').length
  return attempts > 2_000 && attempts < 2_200 && requests <= attempts * 5
}

function isInTouch(seen: readonly Observation[]): boolean {
  return ids(seen, 'reported').at(-1) === ids(seen, 'heard').at(-1)
}

type Law = (seen: readonly Observation[]) => boolean

function failureOf(law: Law, plans: fc.Arbitrary<Plan>, stepLink: StepLink = step, numRuns = 500): readonly Observation[] | undefined {
  const details = fc.check(fc.property(plans, (plan) => law(simulate(plan, stepLink))), { numRuns })
  return details.failed && details.counterexample !== null ? simulate(details.counterexample[0], stepLink) : undefined
}

describe('a link and a gateway over a network that loses, doubles, delays and reorders, with restarts and crashes', () => {
  test.each([
    ['A confirmed telegram has reached the bus, in its order, and none reaches it twice.', confirmedIsOnTheBus],
    ['Telegrams of other devices are reported once and in their order, never twice.', reportedOnce],
    ['Once the network is healed the link finds its way back, and a telegram is confirmed.', recovers],
    ['Every telegram has exactly one outcome.', everyTransmitHasOneOutcome],
  ])('%s', (_, law) => {
    expect(failureOf(law, troubled)).toBeUndefined()
  })

  test('Without faults every telegram is on the bus once and confirmed, every other device is heard, and the link stays up.', () => {
    expect(failureOf((seen) => {
      const transmitted = ids(seen, 'transmit')
      const are = (kind: Kind, wanted: readonly number[]): boolean => JSON.stringify(ids(seen, kind)) === JSON.stringify(wanted)
      return are('put', transmitted) && are('confirmed', transmitted) && are('reported', ids(seen, 'heard'))
        && seen.every(({ type }) => type !== 'down')
    }, faultless)).toBeUndefined()
  })

  test('One lost datagram, whichever it is, costs neither a telegram nor the connection.', () => {
    expect(failureOf(survivesOneLoss, oneLoss)).toBeUndefined()
  })

  test('A gateway that is off for a day is not flooded.', () => {
    expect(notFlooded(simulate(offForADay))).toBe(true)
  })
})

/** The link, with the event and then the outcome changed. */
function mutant(
  before: (event: LinkEvent, state: LinkState) => LinkEvent, after: (next: Step, state: LinkState, event: LinkEvent) => Step,
): StepLink {
  return (state, event) => after(step(state, before(event, state)), state, event)
}

function same<Value>(value: Value): Value {
  return value
}

function waitUntil([next, effects]: Step, until: number): Step {
  return [next.phase.name === 'waiting' ? { ...next, phase: { name: 'waiting', until } } : next, effects]
}

describe('mutants, each of which breaks a law', () => {
  test('A link that takes every sequence for the next reports telegrams twice.', () => {
    const gullible = mutant((event, state) => {
      if (event.type !== 'frame' || event.frame.service !== 'TUNNELLING_REQUEST' || state.phase.name !== 'tunnel') return event
      const frame: Frame = { ...event.frame, sequence: state.phase.receiveSequence }
      return { ...event, frame }
    }, same)
    expect(failureOf(reportedOnce, troubled, gullible)).toBeDefined()
  })

  test('A link that does not acknowledge duplicates loses the connection by one lost datagram.', () => {
    const sullen = mutant(same, ([next, effects], state) => {
      const before = state.phase.name === 'tunnel' ? state.phase.receiveSequence : -1
      const moved = next.phase.name !== 'tunnel' || next.phase.receiveSequence !== before
      return [next, effects.filter((effect) => moved || effect.type !== 'write' || effect.frame.service !== 'TUNNELLING_ACK')]
    })
    expect(failureOf(survivesOneLoss, oneLoss, sullen)).toBeDefined()
  })

  test('A link that repeats with a new sequence puts telegrams on the bus twice.', () => {
    const hasty = mutant(same, ([next, effects], state) => {
      const { phase } = next
      if (phase.name !== 'tunnel' || phase.flight?.repeated !== true) return [next, effects]
      if (state.phase.name !== 'tunnel' || state.phase.flight?.repeated !== false) return [next, effects]
      const sequence = (phase.sendSequence + 1) % 256
      const renumbered = effects.map((effect): LinkEffect => effect.type === 'write' && effect.frame.service === 'TUNNELLING_REQUEST'
        ? { type: 'write', to: effect.to, frame: { ...effect.frame, sequence } } : effect)
      return [{ ...next, phase: { ...phase, sendSequence: sequence } }, renumbered]
    })
    expect(failureOf(confirmedIsOnTheBus, troubled, hasty)).toBeDefined()
  })

  test('A link that never ends its wait is stuck.', () => {
    expect(failureOf(recovers, troubled, mutant(same, (next) => waitUntil(next, 1e15)))).toBeDefined()
  })

  test('A link without heartbeat does not find out that its gateway forgot it.', () => {
    const heartless = mutant(same, ([next, effects]) => [next.phase.name === 'tunnel' && next.phase.heartbeat.tries === 0
      ? { ...next, phase: { ...next.phase, heartbeat: { ...next.phase.heartbeat, due: 1e15 } } } : next, effects])
    const spoken = troubled.map((plan): Plan => Object.assign(plan, {
      actions: [...plan.actions.filter(({ type }) => type !== 'transmit'), { type: 'other', afterMs: recoveryMs }],
    }))
    expect(failureOf(isInTouch, spoken)).toBeUndefined()
    expect(failureOf(isInTouch, spoken, heartless)).toBeDefined()
  })

  test('A link that does not wait between attempts floods the gateway.', () => {
    const impatient = mutant(same, (next, _, event) => waitUntil(next, event.at + 1))
    expect(notFlooded(simulate(offForADay, impatient))).toBe(false)
  })

  test('A link that forgets what waited when it goes down leaves telegrams without outcome.', () => {
    const forgetful = mutant(same, ([next, effects]) => [next, effects.some(({ type }) => type === 'down')
      ? effects.filter(({ type }) => type !== 'transmitted') : effects])
    expect(failureOf(everyTransmitHasOneOutcome, troubled, forgetful)).toBeDefined()
  })
})

const granted: Frame = {
  service: 'CONNECT_RESPONSE', channel: 7, status: 0, grant: { data: { address: '10.0.0.1', port: 3671 }, address: 0x11c9 },
}

describe('any events whatever', () => {
  const local = { address: '10.0.0.2', port: 50_000 }
  const gateway = { address: '10.0.0.1', port: 3671 }
  const sender = endpoints([gateway])
  const frame = frames(fc.constantFrom(7, 8), fc.constantFrom(0, 1, 2, 255), [local, gateway, { address: '0.0.0.0', port: 0 }])
  // Backward steps are included: a clock that is set does no harm.
  const stepMs = fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 100_000 }), fc.integer({ min: -10_000, max: 0 }))
  const happenings = fc.array(fc.record({
    stepMs,
    event: fc.oneof(
      fc.constantFrom({ type: 'start' as const }, { type: 'stop' as const }, { type: 'failed' as const, reason: 'why not' }),
      fc.constant({ type: 'opened' as const, local, gateway }),
      fc.constant({ type: 'tick' as const }),
      fc.constant({ type: 'frame' as const, sender: gateway, frame: granted }),
      fc.record({ type: fc.constant('frame' as const), sender, frame }),
      fc.record({ type: fc.constant('frame' as const), sender, frame }),
      fc.record({ type: fc.constant('transmit' as const), telegram: telegrams }),
    ),
  }), { maxLength: 60 })
  const options = fc.record({
    mode: fc.constantFrom('tunnelling' as const, 'routing' as const), nat: fc.boolean(), address: fc.constantFrom(null, 0x1105),
  })
  const prefixes = fc.constantFrom<readonly LinkEvent[]>([], [
    { type: 'start', at: 0 }, { type: 'opened', at: 0, local, gateway }, { type: 'frame', at: 0, sender: gateway, frame: granted },
  ])

  test('No event throws or changes its argument; the outcome is the same each time, is JSON, and wants its tick later than now.', () => {
    fc.assert(fc.property(options, prefixes, happenings, (given, prefix, list) => {
      let state = create(given)
      for (const event of prefix) [state] = step(state, event)
      let at = 0
      for (const { stepMs: passed, event } of list) {
        at += passed
        const stamped = deepFreeze({ ...event, at })
        const outcome = step(deepFreeze(state), stamped)
        expect(step(state, stamped)).toEqual(outcome)
        expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome)
        expect(wakeAt(outcome[0]) ?? Infinity).toBeGreaterThan(at)
        state = outcome[0]
      }
    }), { numRuns: 1_000 })
  })

  test('Each transmit has one outcome, whatever the network says meanwhile, as soon as the link is stopped.', () => {
    fc.assert(fc.property(options, prefixes, happenings, (given, prefix, list) => {
      let state = create(given)
      let balance = 0
      let at = 0
      const take = (event: LinkEvent): void => {
        const [next, effects] = step(state, event)
        state = next
        balance += (event.type === 'transmit' ? 1 : 0) - effects.filter(({ type }) => type === 'transmitted').length
        expect(balance).toBe(state.queue.length)
      }
      for (const event of prefix) take(event)
      for (const { stepMs: passed, event } of list) take({ ...event, at: at += passed })
      take({ type: 'stop', at })
      expect(balance).toBe(0)
    }), { numRuns: 1_000 })
  })
})


function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
