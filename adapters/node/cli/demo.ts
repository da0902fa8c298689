import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { styleText } from 'node:util'
import type { Effect, Event, SiteConfig } from '../../../core/index.ts'
import { parseGroupAddress } from '../../../core/knx/group-address.ts'
import { findOutlet, type Station } from '../../../fixtures/charge-point/station.ts'
import { statusOf } from '../../../fixtures/charge-point/status.ts'
import { addressBook, type AddressBook } from '../../../core/knx/address-book.ts'
import { openWsStation, type WsStation } from '../../../fixtures/charge-point/ws-station.ts'
import { version } from '../../../package.json'
import { localNames } from '../certificates/local-names.ts'
import { loadSite } from '../config/load.ts'
import { startController, type Controller } from '../controller.ts'
import { configurationFile } from '../http/configuration-file.ts'
import { describeEffect, describeEvent } from '../present.ts'
import { demoIdentity, demoSite, freePort } from './demo-site.ts'
import { requireConfig } from './site-file.ts'

const password = 'demo'

/** Controller with its panel, simulated charger and virtual bus in one: a session from plug to unplug, then open for real ones. */
export async function demo({ port, once = !process.stdout.isTTY }: { readonly port: number; readonly once?: boolean }): Promise<void> {
  const interrupted = new Promise<'interrupted'>((resolve) => process.once('SIGINT', () => resolve('interrupted')).once('SIGTERM', () => resolve('interrupted')))
  const data = await mkdtemp(join(tmpdir(), 'wallbus-demo-'))
  try {
    const controller = await start(data, port)
    const url = `ws://127.0.0.1:${controller.port}`
    const station = openWsStation({ url, identity: demoIdentity, station: { configuration: { MeterValueSampleInterval: '2' } } })
    try {
      // Whoever uses the panel meanwhile may take the session another way.
      const story = once ? tellStory(controller, station) : tellStory(controller, station).catch(() => undefined)
      const end = await Promise.race([interrupted, story])
      if (!once && end !== 'interrupted') {
        inviteOthers(controller, station)
        await interrupted
      }
    } finally {
      await station.close()
      await controller.stop()
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
  // A story that was interrupted still waits for its next event.
  process.exit(0)
}

async function start(data: string, wanted: number): Promise<Controller> {
  const [chargers, panel] = await Promise.all([freePort(wanted), freePort(8080, '127.0.0.1')])
  if (chargers !== wanted) say(`port ${wanted} cannot be had; chargers connect on port ${chargers} instead`)
  const file = join(data, 'site.yaml')
  await writeFile(file, demoSite({ chargers, panel }))
  const config = await read(file)
  let book = addressBook(config)
  const controller = await startController({
    config, data, log: () => undefined,
    watch(event, effects) {
      if (event.type === 'configured') book = addressBook(event.config)
      show(event, effects, book)
    },
    panel: { password, version, configuration: configurationFile(file, async () => controller.reconfigure(await read(file))) },
  })
  greet(controller)
  return controller
}

/** Warnings are for sites that stay. */
async function read(file: string): Promise<SiteConfig> {
  return requireConfig(file, { ...(await loadSite(file)), warnings: [] })
}

function greet({ panelPort }: Controller): void {
  if (panelPort !== undefined) say(paint('bold', `\nOpen http://127.0.0.1:${panelPort}/ and log in as admin with the password ${password}`))
}

async function tellStory({ virtualBus }: Controller, station: WsStation): Promise<void> {
  const reaches = (status: string) => station.until((state) => statusOfFirst(state) === status, 20_000)
  const write = (text: string, payload: Parameters<typeof virtualBus.write>[1]) => {
    const address = parseGroupAddress(text)
    if (address.ok) virtualBus.write(address.value, payload)
  }
  title('A charger connects, tells what it is, and is told its limit')
  await reaches('Available')
  await delay(2_500)
  title('Someone plugs a car in')
  station.act({ type: 'plug', connector: 1 })
  await reaches('Preparing')
  await delay(1_500)
  title('The wall switch: 1 on 9/7/2')
  write('9/7/2', { small: 1 })
  await reaches('Charging')
  await delay(5_000)
  title('A visualisation asks for 8 A: 41 00 00 00 on 9/7/42')
  write('9/7/42', { bytes: [0x41, 0, 0, 0] })
  await delay(5_000)
  title('The wall switch: 0 on 9/7/2')
  write('9/7/2', { small: 0 })
  await station.until((state) => statusOfFirst(state) !== 'Charging', 20_000)
  await delay(2_000)
  title('The car is unplugged')
  station.act({ type: 'unplug', connector: 1 })
  await reaches('Available')
  await delay(2_000)
}

function statusOfFirst(station: Station): string | undefined {
  const outlet = findOutlet(station, 1)
  return outlet && statusOf(station, outlet)
}

function inviteOthers(controller: Controller, station: WsStation): void {
  const address = localNames().find((name) => /^\d+\.\d+\.\d+\.\d+$/.test(name) && name !== '127.0.0.1')
  title('Now it is yours: the car is plugged in')
  station.act({ type: 'plug', connector: 1 })
  greet(controller)
  say(`a charger: set it to OCPP 1.6J and ws://${address ?? 'this-machine'}:${controller.port}/ and add it in the panel under Status`)
  say('your own site: write site.yaml (docs/configuration.md) with the address of your KNXnet/IP gateway, then: wallbus run site.yaml')
  say('what is changed in the demo is gone with it; end with Ctrl-C')
}

const widest = 150

function show(event: Event, effects: readonly Effect[], book: AddressBook): void {
  const told = effects.filter(({ type }) => type !== 'progress' && type !== 'note')
  for (const line of [describeEvent(event, book), ...told.map((effect) => describeEffect(effect, book))]) {
    if (line === undefined) continue
    const colour = line.includes('KNX') ? 'cyan' : line.includes('books') ? 'green' : 'gray'
    say(paint(colour, line.slice(0, process.stdout.columns || widest)))
  }
}

function title(text: string): void {
  say(`\n${paint('bold', text)}`)
}

function paint(style: 'cyan' | 'green' | 'gray' | 'bold', text: string): string {
  return process.stdout.isTTY ? styleText(style, text) : text
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
