import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChargerConfig, SiteConfig, Telegram } from '../../core/index.ts'
import { connectForeign } from '../../fixtures/foreign-client.ts'
import { exampleSite } from '../../fixtures/site.ts'
import { startController, type Controller } from './controller.ts'
import type { Entry } from './log.ts'

const [example] = exampleSite.chargers
const identity = example?.identity ?? ''
const boot = { chargePointVendor: 'Vendor', chargePointModel: 'Model' }

let data: string
let running: Controller[] = []
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'wallbus-'))
})
afterEach(async () => {
  await Promise.all(running.map((controller) => controller.stop()))
  running = []
  await rm(data, { recursive: true })
})

async function start(change: Partial<SiteConfig> = {}, chargers: Partial<ChargerConfig> = {}) {
  const entries: Entry[] = []
  const config: SiteConfig = {
    ...exampleSite,
    ocpp: { ...exampleSite.ocpp, port: 0 },
    knx: { ...exampleSite.knx, gateway: 'virtual' },
    chargers: exampleSite.chargers.map((charger) => ({ ...charger, ...chargers })),
    ...change,
  }
  const controller = await startController({ config, data, address: '127.0.0.1', log: (entry) => entries.push(entry) })
  running.push(controller)
  const telegrams: Telegram[] = []
  const watchers: (() => void)[] = []
  controller.virtualBus.watch((telegram) => {
    telegrams.push(telegram)
    watchers.forEach((watcher) => watcher())
  })
  /** Resolves when the bus has carried what the predicate looks for. */
  const carried = (predicate: (telegram: Telegram) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => telegrams.some(predicate) && resolve()
      watchers.push(look)
      look()
    })
  return { controller, config, entries, telegrams, carried, url: `ws://127.0.0.1:${controller.port}` }
}

const status = (value: number) => (telegram: Telegram) =>
  telegram.service === 'write' && telegram.address === example?.objects.status?.send && 'bytes' in telegram.payload && telegram.payload.bytes[0] === value

describe('a controller', () => {
  it('shows a charger of another make on the bus, and starts it from there.', async () => {
    const { controller, url, carried } = await start()
    const client = await connectForeign({ url, identity })
    expect(await client.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
    await client.call('StatusNotification', { connectorId: 1, status: 'Preparing', errorCode: 'NoError' })
    await carried(status(1))
    controller.virtualBus.write(example?.objects.charging?.receive ?? 0, { small: 1 })
    expect(await client.asked('RemoteStartTransaction')).toMatchObject({ connectorId: 1 })
    await client.close()
  })

  it('keeps a transaction over a restart, and ends it with the right energy.', async () => {
    const first = await start()
    const client = await connectForeign({ url: first.url, identity })
    await client.call('BootNotification', boot)
    const timestamp = new Date().toISOString()
    const { transactionId } = await client.call('StartTransaction', { connectorId: 1, idTag: '04A1', meterStart: 1_000, timestamp })
    await client.close()
    await first.controller.stop()
    running = []

    const second = await start()
    const again = await connectForeign({ url: second.url, identity })
    expect(await again.call('StartTransaction', { connectorId: 1, idTag: '04A1', meterStart: 1_000, timestamp })).toMatchObject({ transactionId })
    await again.call('StopTransaction', { transactionId, meterStop: 3_500, timestamp: new Date().toISOString() })
    expect(await second.controller.store.transactions({})).toMatchObject([{ id: transactionId, energyWh: 2_500 }])
    await again.close()
  })

  it('refuses an unknown identity and a wrong password with a reason, and remembers who it was.', async () => {
    const { controller, url, entries } = await start({}, { password: 'secret' })
    await expect(connectForeign({ url, identity: 'nobody' })).rejects.toThrow()
    await expect(connectForeign({ url, identity, password: 'wrong' })).rejects.toThrow()
    const client = await connectForeign({ url, identity, password: 'secret' })
    expect(await client.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
    expect(controller.host.site().strangers.map((stranger) => stranger.identity)).toEqual(['nobody'])
    const told = entries.map(({ text }) => text).join('\n')
    expect(told).toContain('unknown identity')
    expect(told).toContain('wrong password')
    await client.close()
  })

  it('secure means that plain is refused, and that who trusts its root certificate gets in.', async () => {
    const { controller } = await start({ ocpp: { ...exampleSite.ocpp, port: 0, secure: true } })
    await expect(connectForeign({ url: `ws://127.0.0.1:${controller.port}`, identity })).rejects.toThrow()
    const ca = await readFile(join(data, 'certificates', 'root-ca.pem'), 'utf8')
    const client = await connectForeign({ url: `wss://127.0.0.1:${controller.port}`, identity, ca })
    expect(await client.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
    await client.close()
  })

  it('serves the others while someone sends garbage, and tells the bus nothing of it.', async () => {
    const second = { ...exampleSite.chargers[0], identity: 'OTHER', objects: {} } as ChargerConfig
    const { controller, url, telegrams } = await start({ chargers: [...exampleSite.chargers, second] })
    const good = await connectForeign({ url, identity: 'OTHER' })
    const bad = await connectForeign({ url, identity, answers: { SetChargingProfile: { status: 'Rejected' } } })
    const garbage = createConnection(controller.port, '127.0.0.1')
    garbage.on('error', () => undefined)
    garbage.write('\u0000\u0001garbage\r\n\r\n')
    await bad.call('BootNotification', boot)
    await expect(bad.call('StatusNotification', { connectorId: 1, status: 'Dancing', errorCode: 'NoError' })).rejects.toThrow()
    await expect(bad.call('NoSuchAction', {})).rejects.toThrow()
    await expect(bad.call('StatusNotification', { connectorId: {}, status: 'Available', errorCode: 'NoError' })).rejects.toThrow()
    expect(await good.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
    expect(telegrams).toEqual([])
    garbage.destroy()
    await Promise.all([good.close(), bad.close()])
  })

  it('takes a new configuration over without dropping a connection.', async () => {
    const { controller, config, url, carried } = await start()
    const client = await connectForeign({ url, identity })
    await client.call('BootNotification', boot)
    await client.call('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' })
    await carried(status(0))
    const moved = config.chargers.map((charger) => ({ ...charger, objects: { status: { send: 4_711 } } }))
    await controller.reconfigure({ ...config, chargers: moved })
    await carried((telegram) => telegram.address === 4_711)
    expect(await client.call('Heartbeat', {})).toHaveProperty('currentTime')
    await client.close()
  })
})
