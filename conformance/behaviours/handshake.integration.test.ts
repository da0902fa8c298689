import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { charger } from '../central-system.ts'
import { dial } from '../charge-point.ts'
import { bootNotification, useSite } from './site.ts'

const raw = '4f43413a4f43413a4f43413a4f43413a4f434131'
const site = useSite([
  ...['CP1', 'CP2', 'RDAM|123', 'SLOW', 'Zähler 7/ä🔌', 'QUARREL'].map((identity) => charger(identity)),
  charger('GUARDED', { password: raw }), charger('WORDY', { password: 'pässword:with:colons' }), charger('OTHER', { password: 'open sesame' }),
])
const basic = (user: string, password: string | Buffer) => Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString('base64')
const header = (authorization: string) => ({ ws: { headers: { authorization } } })

describe('1. The subprotocol', () => {
  test.each([
    [['ocpp1.6']], [['ocpp0.1', 'ocpp1.6']], [['ocpp2.0.1', 'ocpp1.6', 'ocpp1.5']], [['ocpp1.6', 'ocpp2.0.1']],
  ])('is ocpp1.6 of %j.', async (subprotocols) => {
    expect((await site.dials('CP1', { subprotocols })).socket.protocol).toBe('ocpp1.6')
  })

  test.each([[['ocpp2.0.1']], [['ocpp0.1', 'soap']], [['OCPP1.5']]])('is refused in words where only %j is offered.', async (subprotocols) => {
    await expect(site.dials('CP1', { subprotocols })).rejects.toThrow('400')
    expect(site.central().log.at(-1)?.text).toMatch(/no common subprotocol/)
  })

  test('is taken for ocpp1.6 where none is offered, with a warning.', async () => {
    const station = await site.dials('CP1', { subprotocols: [] })
    expect(station.socket.protocol).toBe('')
    expect(site.central().log.at(-1)).toMatchObject({ level: 'warning', text: expect.stringContaining('without naming a subprotocol') })
  })
})

describe('2. The identity', () => {
  test('that is unknown is 404, and remembered.', async () => {
    await expect(site.dials('STRANGER')).rejects.toThrow('404')
    expect(site.central().controller.host.site().strangers).toMatchObject([{ identity: 'STRANGER' }])
  })

  test('that is not percent-encoded UTF-8 is 400.', async () => {
    for (const path of ['%', '%ZZ', '%C3%28', '%FF']) await expect(dial({ url: `${site.central().url}/${path}`, identity: '' })).rejects.toThrow('400')
  })

  test('is compared exactly, but for its percent-encoding.', async () => {
    await site.dials('RDAM|123')
    await site.dials('Zähler 7/ä🔌')
    await expect(site.dials('cp1')).rejects.toThrow('404')
    await expect(site.dials('CP1 ')).rejects.toThrow('404')
  })

  test.each(['', '/ocpp', '/ocpp/1.6/', '//', '/steve/websocket/CentralSystemService'])('is the last part of the path, behind %j.', async (prefix) => {
    const station = await site.dials('CP1', { url: site.central().url + prefix })
    expect(await station.call('BootNotification', bootNotification)).toMatchObject({ status: 'Accepted' })
  })

  test.each(['CP1/', 'CP1//', 'CP1?token=1/2', 'CP1/?x=y', '%43P1'])('is read out of %s.', async (path) => {
    const socket = new WebSocket(`${site.central().url}/${path}`, ['ocpp1.6'])
    await once(socket, 'open')
    socket.terminate()
  })
})

describe('3. The password', () => {
  const misfits: readonly (readonly [how: string, authorization: string | undefined])[] = [
    ['is not sent', undefined], ['is empty', `Basic ${basic('GUARDED', '')}`], ['is wrong', `Basic ${basic('GUARDED', 'wrong')}`],
    ['is that of another', `Basic ${basic('OTHER', 'open sesame')}`], ['is right under another name', `Basic ${basic('OTHER', raw)}`],
    ['is not Basic', `Bearer ${raw}`], ['is not base64', 'Basic ***'],
  ]
  test.each(misfits.map(([how, authorization], index) => ({ how, authorization, localAddress: `127.0.1.${index + 1}` })))('that $how is 401.', async ({ authorization, localAddress }) => {
    const headers = authorization === undefined ? {} : { authorization }
    await expect(site.dials('GUARDED', { ws: { localAddress, headers } })).rejects.toThrow('401')
  })

  test.each([
    ['as raw bytes', `Basic ${basic('GUARDED', Buffer.from(raw, 'hex'))}`], ['as hexadecimal text', `Basic ${basic('GUARDED', raw)}`],
    ['in capitals', `Basic ${basic('GUARDED', raw.toUpperCase())}`], ['after basic', `basic ${basic('GUARDED', raw)}`], ['after BASIC', `BASIC  ${basic('GUARDED', raw)}`],
    ['without padding', `Basic ${basic('GUARDED', raw).replaceAll('=', '')}`],
  ])('fits %s.', async (_, authorization) => {
    await site.dials('GUARDED', header(authorization))
  })

  test('may have letters of any kind, and colons.', async () => {
    await site.dials('WORDY', header(`Basic ${basic('WORDY', 'pässword:with:colons')}`))
  })

  test('is not looked at where none is set: chargers send the one of their last system.', async () => {
    await site.dials('CP1', header(`Basic ${basic('CP1', 'of another system')}`))
  })

  test('that is wrong again costs a second for each time before.', async () => {
    const before = performance.now()
    for (let attempt = 0; attempt < 2; attempt++) await expect(site.dials('GUARDED', { password: 'wrong' })).rejects.toThrow('401')
    expect(performance.now() - before).toBeGreaterThan(990)
  })
})

describe('4. Of two connections of one identity', () => {
  test('the newer wins, and the late close of the older changes nothing.', async () => {
    const older = await site.boots('CP2')
    const closed = new Promise((resolve) => older.socket.once('close', resolve))
    const newer = await site.dials('CP2')
    await closed
    expect(await newer.call('Heartbeat', {})).toHaveProperty('currentTime')
    expect(site.central().chargePoint('CP2').link).not.toBeNull()
  })

  test('one that does not know the password throws nobody out.', async () => {
    const station = await site.boots('GUARDED', { password: raw })
    await expect(site.dials('GUARDED', { password: 'guessed', ws: { localAddress: '127.0.2.1' } })).rejects.toThrow('401')
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('two that keep replacing each other are calmed.', async () => {
    const attempts: string[] = []
    for (let attempt = 0; attempt < 12; attempt++) attempts.push(await site.dials('QUARREL').then(() => 'in', (error: Error) => error.message))
    expect(attempts.at(-1)).toContain('503')
    expect(attempts.filter((outcome) => outcome === 'in').length).toBeLessThan(8)
  })
})
