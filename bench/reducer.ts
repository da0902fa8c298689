import { createSite, findMember, reduce, revive, type ChargerConfig, type Event, type Site, type SiteConfig } from '../core/index.ts'
import { measure, median } from './measure.ts'

/** Cost of one event in the reducer alone, for sites of different size, in the mix of a charging session. */
const sizes = [1, 100, 10_000] as const
const rounds = 15

const at = Date.UTC(2026, 10, 23, 12)

function charger(n: number): ChargerConfig {
  const address = (object: number) => ({ send: ((n * 8 + object) % 65_000) + 1 })
  return {
    name: `Charger ${n}`, identity: `CP${n}`, connector: 1, normalCurrent: 10, fastCurrent: 16, fuseCurrent: 32, phases: 3,
    stopBy: 'auto', setUp: true, localList: false, timeType: 'DPT 10.001', currentType: 'DPT 14.019', startTags: ['*'], managedTags: [],
    objects: { status: address(0), charging: address(1), transactionEnergy: address(2), chargingCurrent: address(3), maxCurrent: address(4) },
  }
}

function config(size: number): SiteConfig {
  return {
    site: { name: 'bench', timeZone: 'Europe/Amsterdam' },
    ocpp: { port: 8016, secure: false, callTimeout: 65, pingInterval: 25, limitInterval: 10, sampleInterval: 30 },
    knx: { gateway: 'virtual', port: 3671, nat: false, telegramsPerSecond: 20, cycle: 0 },
    panel: { port: 8080 },
    tags: [],
    chargers: Array.from({ length: size }, (_, n) => charger(n)),
  }
}

function settledSite(size: number): Site {
  let site = revive(createSite(1))
  const step = (event: Event) => {
    ;[site] = reduce(site, event)
  }
  step({ type: 'configured', at, config: config(size) })
  step({ type: 'bus', at, up: true })
  for (let n = 0; n < size; n++) {
    const identity = `CP${n}`
    step({ type: 'opened', at, identity, connection: identity, remote: '127.0.0.1', subprotocol: 'ocpp1.6' })
    step(received(identity, 'BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' }))
    for (let call = findMember(site.population, identity)?.pending; call; call = findMember(site.population, identity)?.pending) {
      step({ type: 'received', at, identity, connection: identity, text: JSON.stringify([3, call.id, { status: 'Accepted' }]) })
    }
  }
  return site
}

let serial = 0
function received(identity: string, action: string, payload: object): Event {
  return { type: 'received', at, identity, connection: identity, text: JSON.stringify([2, `m${serial++}`, action, payload]) }
}

const samples = ['L1', 'L2', 'L3'].flatMap((phase) => [
  { value: '9.7', measurand: 'Current.Import', phase, unit: 'A', context: 'Sample.Periodic' },
  { value: '229.8', measurand: 'Voltage', phase: `${phase}-N`, unit: 'V', context: 'Sample.Periodic' },
  { value: '2230', measurand: 'Power.Active.Import', phase, unit: 'W', context: 'Sample.Periodic' },
  { value: '123456', measurand: 'Energy.Active.Import.Register', phase, unit: 'Wh', context: 'Sample.Periodic' },
])

/** One session as its Charge Point tells it; the number of its transaction is what the answer to its start says. */
function session(site: Site, identity: string): Site {
  const timestamp = new Date(at).toISOString()
  const status = (word: string) => received(identity, 'StatusNotification', { connectorId: 1, status: word, errorCode: 'NoError', timestamp })
  const step = (event: Event) => {
    ;[site] = reduce(site, event)
  }
  step(received(identity, 'BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' }))
  step(status('Preparing'))
  step(received(identity, 'StartTransaction', { connectorId: 1, idTag: '04A1B2C3D4', meterStart: serial, timestamp }))
  const transactionId = findMember(site.population, identity)?.connectors[0]?.transaction?.id
  step(status('Charging'))
  step(received(identity, 'MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue: samples }] }))
  step(received(identity, 'Heartbeat', {}))
  step(received(identity, 'StopTransaction', { transactionId, meterStop: serial + 1_000, timestamp }))
  step(status('Finishing'))
  return site
}
const eventsPerSession = 8
const sessions = 500

const costs = sizes.map((size) => {
  let site = settledSite(size)
  const run = () =>
    measure(sessions * eventsPerSession, () => {
      for (let n = 0; n < sessions; n++) site = session(site, `CP${(n * 7919) % size}`)
    })
  run()
  return median(Array.from({ length: rounds }, run))
})

const [one] = costs
console.log('reducer: cost per event (parse, validate, reduce, answer), one run on one machine')
sizes.forEach((size, i) => console.log(`  ${String(size).padStart(6)} Charge Points  ${((costs[i] ?? 0) * 1e6).toFixed(2).padStart(6)} µs  × ${((costs[i] ?? 0) / (one ?? 1)).toFixed(2)} of one`))
