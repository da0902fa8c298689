import { describe, expect, test } from 'vitest'
import { createSite, findMember, reduce, type Event, type Happening } from '../../core/index.ts'
import type { Fields } from '../../core/ocpp/fields.ts'
import type { StationOptions } from '../../fixtures/charge-point/options.ts'
import { exampleCharger, exampleIdentity as id, exampleSite } from '../../fixtures/site.ts'
import { createWorld, type World } from '../../fixtures/world.ts'

/** A day with a car at the charger, in virtual time. */
function day(options: Partial<StationOptions>): World {
  const world = createWorld({ config: exampleSite, stations: [{ identity: id, options }] })
  world.run(60_000)
  world.act(id, { type: 'plug', connector: 1 })
  world.act(id, { type: 'tag', connector: 1, idTag: '04A1' })
  world.run(60_000)
  world.happen({ type: 'command', command: { id: 'limit', source: 'api', identity: id, connector: 1, order: { type: 'limit', amperes: 7.25 }, expiresAt: null } })
  world.run(24 * 3_600_000)
  return world
}

function asked(world: World, action: string): readonly Fields[] {
  return world.frames.flatMap(({ from, text }) => {
    const [type, , name, payload]: readonly unknown[] = JSON.parse(text)
    return from === 'site' && type === 2 && name === action ? [Object(payload) as Fields] : []
  })
}

const profiles = (world: World) => asked(world, 'SetChargingProfile').map(({ csChargingProfiles }) => Object(csChargingProfiles))

describe('23. A limit', () => {
  test.each<readonly [string, Partial<StationOptions>]>([
    ['that is refused in amperes is told in watts', { acceptsUnits: 'W', refuses: { GetConfiguration: { error: 'NotSupported' } } }],
    ['goes to one that takes it for a transaction only', { acceptsPurposes: ['TxProfile'] }],
    ['goes to one that takes whole amperes only', { acceptsFractions: false }],
    ['goes to one that takes relative profiles only', { acceptsKinds: ['Relative'] }],
  ])('%s.', (_, options) => {
    const world = day(options)
    expect(world.station(id).connectors[1]?.milliamperes).toBeGreaterThan(6_900)
    expect(world.station(id).connectors[1]?.milliamperes).toBeLessThanOrEqual(7_250)
  })

  test('names the transaction in a TxProfile and only there, begins at 0, and has one decimal at most.', () => {
    const kinds: readonly Partial<StationOptions>[] = [{}, { acceptsUnits: 'W' }, { acceptsPurposes: ['TxProfile'] }, { acceptsKinds: ['Relative'] }]
    const said = kinds.flatMap((options) => profiles(day(options)))
    expect(said.length).toBeGreaterThan(8)
    for (const { chargingProfilePurpose, transactionId, chargingSchedule } of said) {
      expect(transactionId !== undefined).toBe(chargingProfilePurpose === 'TxProfile')
      const [first] = chargingSchedule.chargingSchedulePeriod
      expect(first.startPeriod).toBe(0)
      expect(String(first.limit)).toMatch(/^\d+(\.\d)?$/)
    }
  })
})

describe('24. What a charger does not support', () => {
  test.each(['NotSupported', 'NotImplemented'] as const)('is not asked of it again after %s: no storm in a day.', (refusal) => {
    const world = day({ refuses: { SetChargingProfile: { error: refusal }, TriggerMessage: { error: refusal }, GetConfiguration: { error: refusal } } })
    for (const action of ['SetChargingProfile', 'TriggerMessage', 'GetConfiguration']) expect(asked(world, action).length, action).toBeLessThan(4)
    expect(world.progress.at(-1)).toMatchObject({ command: 'limit', stage: 'rejected' })
  })

  test('One that refuses every profile is asked with rests: a ladder in ten minutes at most.', () => {
    expect(profiles(day({ refuses: { SetChargingProfile: { status: 'Rejected' } } })).length).toBeLessThan(144 * 12)
  })
})

/** What a Charge Point that keeps lists is sent, in virtual time, while it answers with these words in their order. */
function lists(...verdicts: readonly string[]): { readonly sent: readonly Fields[]; readonly lets: (ms: number) => void; readonly lists: (tags: readonly string[]) => void } {
  const sent: Fields[] = []
  let site = createSite(7)
  let at = Date.UTC(2026, 10, 23)
  let listVersion = 0
  function answerTo(action: unknown, payload: unknown): Fields {
    if (action === 'GetConfiguration') return { configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,LocalAuthListManagement' }] }
    if (action === 'GetLocalListVersion') return { listVersion }
    if (action !== 'SendLocalList') return { status: 'Accepted' }
    sent.push(Object(payload))
    const status = verdicts[sent.length - 1] ?? 'Accepted'
    if (status === 'Accepted') listVersion = Number(sent.at(-1)?.['listVersion'])
    return { status }
  }
  const take = (happening: Happening): void => {
    const [after, effects] = reduce(site, { ...happening, at } as Event)
    site = after
    for (const effect of effects) {
      if (effect.type !== 'send') continue
      const [type, messageId, action, payload]: readonly unknown[] = JSON.parse(effect.text)
      if (type === 2) hear([3, messageId, answerTo(action, payload)])
    }
  }
  const hear = (frame: readonly unknown[]): void => take({ type: 'received', identity: id, connection: 'a', text: JSON.stringify(frame) })
  const configured = (startTags: readonly string[]): void => take({ type: 'configured', config: { ...exampleSite, tags: [], chargers: [{ ...exampleCharger, localList: true, startTags }] } })
  configured(['ONE', 'TWO', 'THREE'])
  take({ type: 'opened', identity: id, connection: 'a', remote: '192.0.2.1', subprotocol: 'ocpp1.6' })
  hear([2, 'boot', 'BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' }])
  return {
    sent, lists: configured,
    lets(ms) {
      at += ms
      take({ type: 'tick' })
    },
  }
}

describe('25. A local list', () => {
  test.each(['Failed', 'VersionMismatch'])('of which a difference is answered %s is sent in full.', (verdict) => {
    const charger = lists('Accepted', verdict)
    charger.lists(['ONE', 'TWO', 'THREE', 'FOUR'])
    expect(charger.sent).toMatchObject([{ updateType: 'Full', listVersion: 1 }, { updateType: 'Differential', listVersion: 2, localAuthorizationList: [{ idTag: 'FOUR' }] }])
    charger.lets(3_600_000)
    expect(charger.sent.slice(2)).toMatchObject([{ updateType: 'Full', listVersion: 2, localAuthorizationList: ['ONE', 'TWO', 'THREE', 'FOUR'].map((idTag) => ({ idTag, idTagInfo: { status: 'Accepted' } })) }])
  })
})

describe('27. States', () => {
  const says = (world: World, connectorId: number, state: string): void =>
    world.act(id, { type: 'call', action: 'StatusNotification', payload: { connectorId, errorCode: state === 'Faulted' ? 'GroundFailure' : 'NoError', status: state } })
  const shown = (world: World) => findMember(world.site().population, id)?.connectors.map((connector) => [connector.id, connector.report.status])

  test('of connector 0 are the station\'s alone; a connector nobody has seen is there from then on.', () => {
    const world = createWorld({ config: exampleSite, stations: [{ identity: id }] })
    world.run(60_000)
    expect(shown(world)).toEqual([[1, 'Available']])
    says(world, 0, 'Faulted')
    says(world, 2, 'Preparing')
    world.run(1_000)
    expect(shown(world)).toEqual([[1, 'Available'], [2, 'Preparing']])
  })

  test('A thousand in a second are a handful of telegrams, and the last is the true one.', () => {
    const world = createWorld({ config: exampleSite, stations: [{ identity: id }] })
    world.run(60_000)
    const before = world.telegrams.length
    for (let index = 0; index < 1_000; index++) {
      says(world, 1, index % 2 === 0 ? 'SuspendedEV' : 'SuspendedEVSE')
      world.run(1)
    }
    says(world, 1, 'Preparing')
    world.run(2_000)
    expect(world.telegrams.length - before).toBeLessThan(30)
    expect(world.told('9/7/0')).toBe(1)
  })
})
