import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { ChargerConfig, SiteConfig } from '../../core/index.ts'
import type { Fields } from '../../core/ocpp/fields.ts'
import { startCentralSystem, type CentralSystem } from '../central-system.ts'
import { dial, type DialOptions, type ScriptedChargePoint } from '../charge-point.ts'

export const bootNotification: Fields = { chargePointVendor: 'Vendor', chargePointModel: 'Model' }

/** Now, or so many seconds ago, as it goes over the wire. */
export function timestamp(secondsAgo = 0): string {
  return new Date(Date.now() - secondsAgo * 1_000).toISOString()
}

/** A Central System for the tests of a file, and Charge Points that are hung up after each. */
export interface Site {
  readonly central: () => CentralSystem
  readonly restart: () => Promise<void>
  readonly dials: (identity: string, options?: Partial<DialOptions>) => Promise<ScriptedChargePoint>
  /** Connects, boots, and says that connector 1 is Available. */
  readonly boots: (identity: string, options?: Partial<DialOptions>) => Promise<ScriptedChargePoint>
}

/** Starts it before the tests, and looks after each of them that it has kept to the letter of the standard. */
export function useSite(chargers: readonly ChargerConfig[], change: Partial<SiteConfig> = {}): Site {
  let central: CentralSystem
  let stations: ScriptedChargePoint[] = []
  beforeAll(async () => {
    central = await startCentralSystem({ chargers, change })
  })
  afterEach(async () => {
    await Promise.all(stations.map((station) => station.close()))
    const violations = stations.flatMap((station) => station.violations)
    stations = []
    expect(violations).toEqual([])
  })
  afterAll(() => central.stop())

  const dials: Site['dials'] = async (identity, options = {}) => {
    const station = await dial({ url: central.url, identity, ...options })
    stations.push(station)
    return station
  }
  return {
    central: () => central,
    async restart() {
      central = await central.restart()
    },
    dials,
    async boots(identity, options) {
      const station = await dials(identity, options)
      await station.call('BootNotification', bootNotification)
      await status(station, 'Available')
      return station
    },
  }
}

export async function status(station: ScriptedChargePoint, state: string, connectorId = 1, more: Fields = {}): Promise<void> {
  await station.call('StatusNotification', { connectorId, errorCode: 'NoError', status: state, ...more })
}

/** The number of a transaction that this starts, and the verdict on its tag. */
export async function start(station: ScriptedChargePoint, more: Fields = {}): Promise<{ readonly transactionId: number; readonly verdict: unknown }> {
  const { transactionId, idTagInfo } = await station.call('StartTransaction', { connectorId: 1, idTag: 'DRIVER', meterStart: 1_000, timestamp: timestamp(), ...more })
  return { transactionId: Number(transactionId), verdict: Object(idTagInfo).status }
}

export function stop(station: ScriptedChargePoint, transactionId: number, more: Fields = {}): Promise<Fields> {
  return station.call('StopTransaction', { transactionId, meterStop: 3_500, timestamp: timestamp(), ...more })
}

export function measure(station: ScriptedChargePoint, sampledValue: readonly Fields[], more: Fields = {}): Promise<Fields> {
  return station.call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: timestamp(), sampledValue }], ...more })
}
