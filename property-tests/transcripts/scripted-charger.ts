import { findMember, type ChargePoint, type Status } from '../../core/index.ts'
import type { Fields } from '../../core/ocpp/fields.ts'
import { encodeCall, encodeResult } from '../../core/ocpp/frame.ts'
import { formatTimestamp } from '../../core/ocpp/timestamp.ts'
import { exampleIdentity as identity } from '../../fixtures/site.ts'
import { run } from '../../fixtures/world/engine.ts'
import { happen, type Stage } from './stage.ts'

/** The tag of whoever stands before the charger, where a script names none. */
export const usualTag = '04A1B2C3D4'

/** The Charge Point opens a connection. */
export function connect(stage: Stage): void {
  stage.connection = `scripted-${++stage.connections}`
  stage.inside.open.add(stage.connection)
  happen(stage, { type: 'opened', identity, connection: stage.connection, remote: '192.0.2.1', subprotocol: 'ocpp1.6' })
}

/** Its connection breaks. */
export function leave(stage: Stage): void {
  happen(stage, { type: 'closed', identity, connection: stage.connection, code: 1006, reason: '' })
  stage.connection = ''
}

/** It sends any text. */
export function sendText(stage: Stage, text: string): void {
  happen(stage, { type: 'received', identity, connection: stage.connection, text })
}

/** It sends a CALL; the transactionId LAST is that of the transaction that was begun last. */
export function say(stage: Stage, action: string, payload: Fields): void {
  const meant = payload['transactionId'] === 'LAST' ? { ...payload, transactionId: lastTransaction(stage) } : payload
  sendText(stage, encodeCall(`m-${++stage.messages}`, action, meant))
}

function lastTransaction({ inside }: Stage): number {
  return inside.process.books().at(-1)?.id ?? 0
}

/** It answers the CALL it was sent last. */
export function answer(stage: Stage, payload: Fields): void {
  sendText(stage, encodeResult(stage.call.id, payload))
}

export function reportStatus(stage: Stage, status: string, connectorId = 1, errorCode = 'NoError'): void {
  say(stage, 'StatusNotification', { connectorId, status, errorCode, timestamp: now(stage) })
}

export function startTransaction(stage: Stage, idTag = usualTag, meterStart = 1_000, connectorId = 1): void {
  say(stage, 'StartTransaction', { connectorId, idTag, meterStart, timestamp: now(stage) })
}

export function stopTransaction(stage: Stage, meterStop: number, reason: string): void {
  say(stage, 'StopTransaction', { transactionId: 'LAST', meterStop, reason, timestamp: now(stage) })
}

const measurands: { readonly [name: string]: Fields } = {
  current: { measurand: 'Current.Import', unit: 'A' },
  power: { measurand: 'Power.Active.Import', unit: 'W' },
  register: { measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
}

/** Sends MeterValues of `current`, `power` and `register`, on connector 1. */
export function measure(stage: Stage, amounts: Fields): void {
  const sampledValue = Object.entries(amounts).map(([name, value]) => ({ value: String(value), ...measurands[name] }))
  say(stage, 'MeterValues', { connectorId: 1, meterValue: [{ timestamp: now(stage), sampledValue }] })
}

function now({ inside }: Stage): string {
  return formatTimestamp(inside.at)
}

/** What it answers while nobody watches. */
const silentAnswers: { readonly [action: string]: Fields } = {
  GetConfiguration: { configurationKey: [
    { key: 'ConnectionTimeOut', readonly: false, value: '60' },
    { key: 'ChargeProfileMaxStackLevel', readonly: true, value: '8' },
    { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,Reservation,SmartCharging,RemoteTrigger' },
    { key: 'ChargingScheduleAllowedChargingRateUnit', readonly: true, value: 'Current' },
    { key: 'GetConfigurationMaxKeys', readonly: true, value: '50' },
    { key: 'NumberOfConnectors', readonly: true, value: '1' },
    { key: 'MeterValuesSampledData', readonly: false, value: 'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage' },
    { key: 'MeterValueSampleInterval', readonly: false, value: '60' },
  ] },
}

/** Brings it, from nothing, to a state as usual: known, limited, with a transaction where there must be one. */
export function prepare(stage: Stage, status: Status, errorCode: string): void {
  connect(stage)
  say(stage, 'BootNotification', { chargePointVendor: 'Wallbus', chargePointModel: 'Scripted' })
  reportStatus(stage, 'Available', 0)
  reportStatus(stage, 'Available')
  answerAll(stage)
  for (const step of ways[status] ?? []) {
    step(stage)
    answerAll(stage)
  }
  reportStatus(stage, status, 1, errorCode)
  run(stage.inside, 1_000)
}

function answerAll(stage: Stage): void {
  for (let pending = chargePointOf(stage)?.pending; pending; pending = chargePointOf(stage)?.pending) {
    answer(stage, silentAnswers[pending.action] ?? { status: 'Accepted' })
  }
}

type Act = (stage: Stage) => void

const charge: readonly Act[] = [(stage) => reportStatus(stage, 'Preparing'), startTransaction, (stage) => reportStatus(stage, 'Charging')]

/** How a connector comes to a state from Available. */
const ways: { readonly [State in Status]?: readonly Act[] } = {
  Charging: charge.slice(0, 2),
  SuspendedEV: charge,
  SuspendedEVSE: charge,
  Finishing: [...charge, (stage) => stopTransaction(stage, 1_500, 'Local')],
  Reserved: [(stage) => happen(stage, { type: 'command', command: {
    id: 'earlier', source: 'panel', identity, connector: 1, order: { type: 'reserve', idTag: null }, expiresAt: null,
  } })],
}

function chargePointOf({ inside }: Stage): ChargePoint | undefined {
  return findMember(inside.process.site().population, identity)
}
