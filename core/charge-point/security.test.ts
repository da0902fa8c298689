import { describe, expect, it } from 'vitest'
import { exampleCharger, exampleIdentity as identity, exampleSite } from '../../fixtures/site.ts'
import type { ChargerConfig } from '../config/site-config.ts'
import { admit, createSite, findMember, load, reduce, revive, rowOf, type Effect, type Event, type Happening, type Site } from '../index.ts'

const old = 'correct horse battery'
const fresh = '00112233445566778899aabbccddeeff00112233'
const boot = { chargePointVendor: 'Vendor', chargePointModel: 'Model', chargePointSerialNumber: 'SN-1' }

/** A site that is told what happens, and remembers what it has said. */
function play(charger: Partial<ChargerConfig> = {}) {
  let site = revive(createSite(7))
  let at = Date.UTC(2026, 10, 23)
  const effects: Effect[] = []
  const take = (happening: Happening) => {
    // The host stamps what happens.
    const [after, more] = reduce(site, { ...happening, at } as Event)
    site = after
    effects.push(...more)
  }
  const configured = (change: Partial<ChargerConfig>) => take({ type: 'configured', config: { ...exampleSite, chargers: [{ ...exampleCharger, ...change }] } })
  const say = (action: string, payload: unknown) => {
    effects.length = 0
    take({ type: 'received', identity, connection: 'a', text: JSON.stringify([2, 'm', action, payload]) })
    return frames().find(([type, id]) => (type === 3 || type === 4) && id === 'm')
  }
  const frames = (): readonly (readonly unknown[])[] => effects.flatMap((effect) => (effect.type === 'send' ? [JSON.parse(effect.text)] : []))
  const member = () => findMember(site.population, identity)
  configured(charger)
  return {
    take, configured, say, frames, member, site: (): Site => site,
    notes: () => effects.flatMap((effect) => (effect.type === 'note' ? [`${effect.level}: ${effect.text}`] : [])),
    wait(ms: number) {
      at += ms
      take({ type: 'tick' })
    },
    open: (profile: 0 | 1 | 2 | 3 = 0, byProposed = false) => take({ type: 'opened', identity, connection: 'a', remote: '192.0.2.1', subprotocol: 'ocpp1.6', proof: { profile, byProposed } }),
    order: (key: string, value: string) => take({ type: 'command', command: {
      id: `${key} ${value}`, source: 'api', identity, connector: 1, expiresAt: null, order: { type: 'call', action: 'ChangeConfiguration', payload: { key, value } },
    } }),
    answer: (status: string) => take({ type: 'received', identity, connection: 'a', text: JSON.stringify([3, member()?.pending?.id, status === '' ? {} : { status }]) }),
    /** Answers whatever is asked until nothing is. */
    settle() {
      while (member()?.pending) take({ type: 'received', identity, connection: 'a', text: JSON.stringify([3, member()?.pending?.id, member()?.pending?.action === 'GetConfiguration' ? {} : { status: 'Accepted' }]) })
    },
    admits: (password: string) => admit(site, { identity, path: '/', subprotocols: [], authorization: `Basic ${btoa(`${identity}:${password}`)}`, secure: false, remote: '192.0.2.1' }, at).accept,
  }
}

function ready(charger: Partial<ChargerConfig>) {
  const game = play(charger)
  game.open(1)
  game.say('BootNotification', boot)
  game.settle()
  return game
}

describe('A new AuthorizationKey', () => {
  it.each<readonly [string, boolean, boolean]>([
    ['Accepted', false, true], ['Rejected', true, false], ['NotSupported', true, false], ['RebootRequired', true, true],
  ])('that is answered %s leaves the old one admitted: %s, and the new one: %s.', (status, before, after) => {
    const game = ready({ password: old })
    game.order('AuthorizationKey', fresh)
    expect([game.admits(old), game.admits(fresh)]).toEqual([true, true])
    game.answer(status)
    expect([game.admits(old), game.admits(fresh)]).toEqual([before, after])
  })

  it('whose answer was lost stands beside the old one, over a restart, until one is used.', () => {
    const game = ready({ password: old })
    game.order('AuthorizationKey', fresh)
    game.take({ type: 'closed', identity, connection: 'a', code: 1006, reason: '' })
    const rows = ['site', `charge-point/${identity}`].flatMap((key) => rowOf(game.site(), key) ?? [])
    const [site] = reduce(revive(load(rows, [], 1).site), { type: 'configured', at: 0, config: game.site().config ?? exampleSite })
    expect(findMember(site.population, identity)?.security.password).toEqual({ accepted: null, proposed: fresh, configured: old })
    game.open(1, true)
    expect([game.admits(old), game.admits(fresh)]).toEqual([false, true])
  })

  it('gives way to a password that the configuration names later, and not to the same one again.', () => {
    const game = ready({ password: old })
    game.order('AuthorizationKey', fresh)
    game.answer('Accepted')
    game.configured({ password: old, name: 'Another name' })
    expect(game.admits(fresh)).toBe(true)
    game.configured({ password: 'a third password' })
    expect([game.admits(fresh), game.admits('a third password')]).toEqual([false, true])
    game.configured({ password: old })
    expect([game.admits(fresh), game.admits(old)]).toEqual([false, true])
  })

  it('is not asked for when it breaks the rules, and is told to nobody.', () => {
    const game = ready({ password: old })
    game.order('AuthorizationKey', 'too short')
    expect(game.member()?.pending).toBeNull()
    expect(game.notes().join()).not.toContain('too short')
  })
})

describe('A security profile', () => {
  it('is never lowered over OCPP, and forgotten when the configuration names another.', () => {
    const game = ready({ password: old, securityProfile: 1 })
    game.order('SecurityProfile', '0')
    expect(game.member()?.pending).toBeNull()
    game.order('SecurityProfile', '2')
    game.answer('Accepted')
    expect(game.admits(old)).toBe(true)
    game.open(2)
    expect(game.admits(old)).toBe(false)
    game.configured({ password: old, securityProfile: 0 })
    expect(game.admits(old)).toBe(true)
  })
})

describe('Registration', () => {
  it('that is pending lets a charger be set up, and neither start nor book.', () => {
    const game = ready({ registration: 'pending' })
    expect(game.say('BootNotification', boot)?.[2]).toMatchObject({ status: 'Pending', interval: 60 })
    expect(game.say('StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: '2026-11-23T00:00:00Z' })?.[2]).toBe('SecurityError')
    expect(game.say('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' })?.[0]).toBe(3)
    game.take({ type: 'command', command: { id: 's', source: 'panel', identity, connector: 1, expiresAt: null, order: { type: 'start', idTag: null } } })
    expect(game.notes().join()).toContain('start refused: the charger is not accepted: its registration is pending')
    game.order('HeartbeatInterval', '60')
    expect(game.member()?.pending?.action).toBe('ChangeConfiguration')
  })

  it('that goes back to accepted brings a BootNotification; one that is rejected is left alone.', () => {
    const game = ready({ registration: 'rejected' })
    game.say('BootNotification', boot)
    game.wait(600_000)
    expect(game.member()?.pending).toBeNull()
    game.order('HeartbeatInterval', '60')
    expect(game.member()?.pending).toBeNull()
    game.configured({ registration: 'accepted' })
    expect(game.frames().at(-1)?.slice(2)).toEqual(['TriggerMessage', { requestedMessage: 'BootNotification' }])
    game.answer('Accepted')
    expect(game.say('BootNotification', boot)?.[2]).toMatchObject({ status: 'Accepted' })
  })
})

describe('What a charger tells of its own accord', () => {
  it('is kept, newest first, and critical events and failures are warnings.', () => {
    const game = ready({})
    game.say('SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp: '2026-11-22T23:00:00Z', techInfo: 'lid' })
    expect(game.notes()).toEqual(['warning: security event TamperDetectionActivated: lid'])
    game.say('SecurityEventNotification', { type: 'InvalidMessages', timestamp: '2026-11-22T23:00:01Z' })
    expect(game.notes()).toEqual(['info: security event InvalidMessages'])
    game.say('FirmwareStatusNotification', { status: 'Downloading' })
    game.say('FirmwareStatusNotification', { status: 'DownloadFailed' })
    expect(game.notes()).toEqual(['warning: firmware: DownloadFailed'])
    game.say('FirmwareStatusNotification', { status: 'DownloadFailed' })
    expect(game.notes()).toEqual([])
    game.say('LogStatusNotification', { status: 'Uploaded', requestId: 4 })
    expect(game.say('DataTransfer', { vendorId: 'V', data: 'x'.repeat(1_000) })?.[2]).toEqual({ status: 'UnknownVendorId' })
    const { securityEvents, firmware, log, dataTransfers } = game.member()?.notifications ?? {}
    expect(securityEvents?.map(({ type }) => type)).toEqual(['InvalidMessages', 'TamperDetectionActivated'])
    expect([firmware?.status, log?.requestId, dataTransfers?.[0]?.data.length]).toEqual(['DownloadFailed', 4, 200])
  })
})
