import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { styleText } from 'node:util'
import { readConfig } from '../../../core/config/check.ts'
import type { Effect, Event, SiteConfig } from '../../../core/index.ts'
import { parseGroupAddress } from '../../../core/knx/group-address.ts'
import { findOutlet, type Station } from '../../../fixtures/charge-point/station.ts'
import { statusOf } from '../../../fixtures/charge-point/status.ts'
import { addressBook, type AddressBook } from '../../../core/knx/address-book.ts'
import { openWsStation, type WsStation } from '../../../fixtures/charge-point/ws-station.ts'
import { localNames } from '../certificates/local-names.ts'
import { startController, type Controller } from '../controller.ts'
import { describeEffect, describeEvent } from '../present.ts'

const identity = 'OCPP123455A9876'

function demoSite(port: number): SiteConfig {
  const { config, mistakes } = readConfig({
    site: { name: 'Demo', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    ocpp: { port, limitInterval: 1 },
    knx: { gateway: 'virtual' },
    chargers: [{
      name: 'Charger 1', identity,
      objects: {
        status: '9/7/0', errorCode: '9/7/100', charging: { send: '9/7/1', receive: '9/7/2' }, reservation: '9/7/3',
        availability: { send: '9/7/4', receive: '9/7/5' }, unlock: '9/7/6', transactionEnergy: '9/7/10', startTime: '9/7/20', endTime: '9/7/30',
        chargingCurrent: '9/7/40', maxCurrent: { send: '9/7/41', receive: '9/7/42' }, reset: '9/7/101',
      },
    }],
  })
  if (!config) throw new Error(mistakes.map(({ what }) => what).join('; '))
  return config
}

/** Controller, simulated charger and virtual bus in one terminal: a session from plug to unplug, then open for real ones. */
export async function demo({ port, once }: { readonly port: number; readonly once?: boolean }): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'wallbus-demo-'))
  const config = demoSite(port)
  const book = addressBook(config)
  const controller = await start(config, data, book)
  const station = openWsStation({ url: `ws://127.0.0.1:${controller.port}`, identity, station: { configuration: { MeterValueSampleInterval: '2' } } })
  try {
    await tellStory(controller, station)
    if (!(once ?? !process.stdout.isTTY)) await stayOpen(controller.port)
  } finally {
    await station.close()
    await controller.stop()
    await rm(data, { recursive: true, force: true })
  }
}

async function start(config: SiteConfig, data: string, book: AddressBook): Promise<Controller> {
  const options = { data, log: () => undefined, watch: (event: Event, effects: readonly Effect[]) => show(event, effects, book) }
  try {
    return await startController({ config, ...options })
  } catch (error) {
    const controller = await startController({ config: { ...config, ocpp: { ...config.ocpp, port: 0 } }, ...options })
    say(`${error instanceof Error ? error.message : String(error)}; chargers connect on port ${controller.port} instead`)
    return controller
  }
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

async function stayOpen(port: number): Promise<void> {
  const address = localNames().find((name) => /^\d+\.\d+\.\d+\.\d+$/.test(name) && name !== '127.0.0.1')
  title('Now with real ones')
  say(`a charger: set it to OCPP 1.6J and ws://${address ?? 'this-machine'}:${port}/${identity} (this demo knows only that identity)`)
  say('your own site: write site.yaml (docs/configuration.md) with your chargers and the address of your KNXnet/IP gateway, then: wallbus run site.yaml')
  say('end with Ctrl-C')
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
}

const widest = 150

function show(event: Event, effects: readonly Effect[], book: AddressBook): void {
  const told = effects.filter(({ type }) => type !== 'progress' && type !== 'note')
  for (const line of [describeEvent(event, book), ...told.map((effect) => describeEffect(effect, book))]) {
    if (line === undefined) continue
    const colour = line.includes('KNX') ? 'cyan' : line.includes('books') ? 'green' : 'gray'
    say(paint(colour, line.slice(0, process.stdout.columns ?? widest)))
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
