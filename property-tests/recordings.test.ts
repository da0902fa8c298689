import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allMembers, type Connector, type SiteConfig, type TransactionRecord } from '../core/index.ts'
import { parseFrame } from '../core/ocpp/frame.ts'
import { readRecording } from '../fixtures/recording.ts'
import { recordedIdentity, replay, type ReplayedStep } from '../fixtures/replay.ts'
import { exampleSite, twoConnectors } from '../fixtures/site.ts'
import { objectAt, valueOf } from '../fixtures/world/bus-value.ts'

/** What a person who reads a recording says that came of it. */
interface Outcome {
  /** Vendor and model, if there is a BootNotification. */
  readonly boot?: string
  /** By connector: the last state, and the last current, power and register that were measured. Where nothing is said, nothing is known. */
  readonly connectors?: { readonly [id: string]: string }
  /** The transactions, in the order in which they began. */
  readonly booked?: readonly string[]
  /** The CALLs that cannot be answered but with a CALLERROR, by their id, and why. */
  readonly refused?: { readonly [id: string]: string }
  /** The connectors that are configured, if not just connector 1. */
  readonly configured?: 2 | '1 and 2'
}

const cut = 'whoever posted it cut it off'
const commas = 'its commas were lost in a spreadsheet'

const outcomes: { readonly [file: string]: Outcome } = {
  'chargers/abb-terra-ac-1': { refused: { 5827758: cut } },
  'chargers/abb-terra-ac-2': { boot: 'ABB CDT_TACW22::NET_WIFI' },
  // Connector 0 speaks for the station.
  'chargers/abb-terra-ac-3': {},
  'chargers/abb-terra-ac-4': { refused: { '0317004': cut } },
  'chargers/abb-terra-ac-5': { connectors: { 1: '12.31 A, 2692 W, 2939167 Wh' } },
  'chargers/abb-terra-ac-6': { refused: { 4100534: cut } },
  'chargers/abb-terra-ac-7': { connectors: { 1: 'Preparing, 0 A, 0 W' } },
  'chargers/abb-terra-ac-8': { boot: 'ABB CDT_TACW7::NET_WIFI', connectors: { 1: 'Preparing, 0 A, 0 W' } },
  'chargers/abb-terra-dc-1': { connectors: { 1: 'Charging' }, refused: { '36:354': cut } },
  'chargers/abl-emh-1': { connectors: { 1: 'Finishing, 0 A, 0 W' } },
  'chargers/abl-emh-2': { connectors: { 1: 'Finishing, 0 A, 0 W' } },
  'chargers/actec-evac22k-1': { boot: 'AcTEC EV-AC22K' },
  'chargers/autel-maxi-1': {},
  'chargers/chargebyte-ccc-1': { boot: 'chargebyte Charge Control C' },
  'chargers/enplus-ac-1': { connectors: { 1: 'Finishing, 0 A, 0 W' }, refused: { 2719: cut } },
  'chargers/enplus-ac-2': { connectors: { 1: '0 A, 0 W, 27010 Wh' } },
  'chargers/enplus-ac-4': { connectors: { 1: '0 A, 0 W, 95 Wh' } },
  // The meter values are of 1970, out of a queue.
  'chargers/enplus-ac-6': { connectors: { 1: 'Preparing, 0 A, 0 W' } },
  'chargers/evbox-elvi-1': {
    connectors: { 1: 'SuspendedEVSE, 0 A, 0 W' },
    booked: ['RFIDREDACTED01 runs from 0 Wh'],
    refused: { '2e218e07-df12-4665-b782-40e9a1af0d4e': cut },
  },
  'chargers/evbox-elvi-2': { connectors: { 1: 'Charging, 0 A, 0 W, 0 Wh' }, refused: { '2e22b39d-df12-4665-b782-40e9dfa4173e': cut } },
  'chargers/evbox-elvi-3': { boot: 'EV-BOX G4E-WBW-M7500E' },
  'chargers/evbox-elvi-4': {},
  'chargers/evbox-elvi-5': {},
  'chargers/evbox-elvi-6': {
    refused: {
      '2cb92a04-df12-4647-b7e3-40e55b630124': cut,
      '2cb92a04-df12-4647-b7e3-40e58b583a24': cut,
      '2cb92a05-df12-4647-b7e3-40e5bb4ecb2c': cut,
    },
  },
  'chargers/evcc16768-191221-1': {},
  'chargers/evcc19771-unknown-1': { connectors: { 1: 'SuspendedEVSE, 0 A, 0 W' }, refused: { '00449ee0-67d5-7e3b-869c-a4cf848cd3c9': cut } },
  'chargers/evcc30943-unknown-1': { connectors: { 1: 'Available, 0 A, 0 W' }, refused: { uhxul1fcqi6gd9taerfbs937: cut } },
  'chargers/everest-tarragon-1': { connectors: { 1: 'Preparing, 0 A, 0 W' }, refused: { '941dfb0b-b995-45f5-9833-9dfb3f60dcfb': cut } },
  'chargers/goe-3': { connectors: { 1: '0 A, 0 W, 165333 Wh' } },
  'chargers/goe-v4-2': { boot: 'go-e go-eCharger_V4' },
  'chargers/grizzle-connect-3': { boot: 'UnitedChargers Grizzl-E Smart Connect' },
  'chargers/grizzle-smart-1': { boot: 'United Chargers GRS-*' },
  'chargers/grizzle-smart-2': {},
  'chargers/ha609-chhome-1': { refused: { 16086: cut } },
  // The state leaves Charging before the transaction ends; 3051.36 kWh is the last word of the meter.
  'chargers/huawei-scharger-1': {
    boot: ' ACChargePoint',
    connectors: { 1: 'Available, 0 A, 0 W, 3051360 Wh' },
    booked: ['YRF8JU9VOVEJ8OTS8BV9 0 Wh Other', 'YRF8JU9VOVEJ8OTS8BV9 248 Wh Local'],
  },
  'chargers/huawei-scharger-2': { connectors: { 1: '0 A, 0 W, 108090 Wh' } },
  'chargers/huawei-smartcharger-3': { boot: ' ACChargePoint' },
  'chargers/mennekes-4business-1': {},
  'chargers/mennekes-4business-3': {},
  'chargers/mennekes-acu-2': {
    configured: 2,
    connectors: { 2: 'SuspendedEVSE, 0 A, 0 W' },
    booked: ['RFIDREDACTEDxx runs from 21505 Wh'],
  },
  'chargers/steve1916-unknown-1': {
    refused: { '6a73f5c6-d83b-11f0-bd33-000a14879883': commas, '6c285b1e-d83b-11f0-bd33-000a14879883': commas },
  },
  'chargers/steve637-unknown-1': { connectors: { 1: '3743 Wh' } },
  'chargers/wallbox-ha1245-7': { connectors: { 1: 'SuspendedEVSE, 0 A, 0 W' } },
  'chargers/wallbox-pulsar-3': {},
  'chargers/wallbox-pulsarplus-1': { boot: 'Wall Box Chargers PLP1-0-2-3' },
  'chargers/wallbox-pulsarplus-2': { refused: { 686353697: cut } },
  'chargers/wallbox-pulsarplus-4': { connectors: { 1: 'SuspendedEV, 0 A, 0 W' } },
  'chargers/zjbeny-1': { connectors: { 1: 'Charging' }, refused: { b4r3j7d3r1dlbnvm2zfwpu0s: cut } },
  'chargers/zjbeny-2': { boot: 'ZJBENY BCP-B2N-L', connectors: { 1: 'Preparing, 0 A, 0 W' } },
  'clients/mobilityhouse': {
    configured: '1 and 2',
    boot: 'The Mobility House mh-python',
    connectors: { 1: 'Available, 0 A, 0 W, 4292 Wh', 2: 'Available, 0 A, 0 W' },
    booked: ['TAG1 3242 Wh Local', 'REMOTE1 50 Wh Remote', 'REMOTE1 0 Wh EVDisconnected'],
  },
  'clients/openocpp': {
    configured: '1 and 2',
    boot: 'Open OCPP Open OCPP CP',
    connectors: { 1: 'Available, 0 A, 0 W, 24 Wh', 2: 'Available, 0 A, 0 W, 0 Wh' },
    booked: ['TAG1 9 Wh Local', 'REMOTE1 21 Wh Remote', 'REMOTE1 2 Wh EVDisconnected'],
  },
  // The register of the meter values has nothing to do with meterStart and meterStop, and no reason is Local.
  'clients/vcp': {
    configured: '1 and 2',
    boot: 'Solidstudio VirtualChargePoint',
    connectors: { 1: 'Available, 0 A, 0 W, 4242 Wh', 2: 'Unavailable, 0 A, 0 W' },
    booked: ['TAG1 1900 Wh Local', 'REMOTE1 43 Wh Local', 'REMOTE1 143 Wh Local'],
  },
}

const folder = new URL('../fixtures/traces/', import.meta.url)
const files = ['chargers', 'clients'].flatMap((name) =>
  readdirSync(new URL(name, folder)).map((file) => `${name}/${file.replace('.jsonl', '')}`))

test('Every recording has been read.', () => {
  expect(Object.keys(outcomes).sort()).toEqual(files.sort())
})

describe.each(Object.entries(outcomes))('%s', (file, { boot, connectors = {}, booked = [], refused = {}, configured }) => {
  const { lines } = readRecording(readFileSync(new URL(`${file}.jsonl`, folder), 'utf8'))
  const config = siteWith(configured)
  const steps = replay(lines, config)

  test('Each CALL gets one answer, and none a CALLERROR but those that cannot be read.', () => {
    const answers = steps.flatMap(answersOf)
    const asked = steps.flatMap(({ event }) => (event.type === 'received' ? idOfCall(event.text) : []))
    expect(answers.map(({ id }) => id)).toEqual(asked)
    expect(answers.flatMap((answer) => (answer.type === 'error' ? [answer.id] : [])).sort()).toEqual(Object.keys(refused).sort())
  })

  test('What is left is what a person reads in it.', () => {
    const [member] = allMembers(steps.at(-1)?.site.population ?? { positions: {}, groups: [] })
    expect(member && `${member.profile.vendor} ${member.profile.model}`).toBe(boot ?? ' recorded')
    const words = member?.connectors.map((connector) => [connector.id, wordsOf(connector)] as const) ?? []
    expect(Object.fromEntries(words.filter(([, said]) => said !== ''))).toEqual(connectors)
    expect(recordsOf(steps).map(recordWords)).toEqual(booked)
  })

  test('Every telegram carries a value.', () => {
    const telegrams = steps.flatMap(({ effects }) => effects.flatMap((effect) => (effect.type === 'transmit' ? [effect.telegram] : [])))
    for (const telegram of telegrams) {
      const object = objectAt(config, telegram.address)
      const value = object && telegram.service !== 'read' ? valueOf(object, telegram.payload) : undefined
      expect(value).toSatisfy(() => value !== undefined && !Number.isNaN(value))
    }
  })
})

function siteWith(configured: Outcome['configured']): SiteConfig {
  const base = configured === undefined ? exampleSite : twoConnectors
  const meant = base.chargers.filter(({ connector }) => configured !== 2 || connector === 2)
  return { ...base, chargers: meant.map((charger) => ({ ...charger, identity: recordedIdentity })) }
}

/** The id of what is, or was meant to be, a CALL. */
function idOfCall(text: string): readonly string[] {
  const frame = parseFrame(text)
  return frame.type === 'call' || frame.type === 'malformed' ? [frame.id] : []
}

function answersOf({ effects }: ReplayedStep) {
  return effects.flatMap((effect) => {
    const frame = effect.type === 'send' ? parseFrame(effect.text) : undefined
    return frame?.type === 'result' || frame?.type === 'error' ? [frame] : []
  })
}

function wordsOf({ report, meter }: Connector): string {
  const { current, power, register } = meter
  const amounts = [[current, 'A'], [power, 'W'], [register, 'Wh']].filter(([amount]) => amount !== null)
  return [report.status ?? [], amounts.map((amount) => amount.join(' '))].flat().join(', ')
}

/** The newest record of each transaction, in the order in which they began. */
function recordsOf(steps: readonly ReplayedStep[]): readonly TransactionRecord[] {
  const records = steps.flatMap(({ effects }) => effects.flatMap((effect) => (effect.type === 'book' ? [effect.transaction] : [])))
  return [...new Map(records.map((record) => [record.id, record])).values()]
}

function recordWords({ idTag, energy, reason, meterStart }: TransactionRecord): string {
  return energy === null ? `${idTag} runs from ${meterStart} Wh` : `${idTag} ${energy} Wh ${reason}`
}
