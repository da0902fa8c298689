import { afterEach, describe, expect, test } from 'vitest'
import type { Fields } from '../../core/ocpp/fields.ts'
import { connectForeign, type ForeignClient, type ForeignOptions } from '../../fixtures/foreign-client.ts'
import { charger, startCentralSystem, type CentralSystem } from '../central-system.ts'
import { isLike } from '../conversation.ts'
import { connectOcppTools } from './ocpp-tools.ts'
import { connectOcppTs } from './ocpp-ts.ts'

const identity = 'FOREIGN'
const implementations: readonly (readonly [name: string, connect: (options: ForeignOptions) => Promise<ForeignClient>])[] = [
  ['ocpp-rpc', connectForeign], ['ocpp-ts', connectOcppTs], ['@cshil/ocpp-tools', connectOcppTools],
]

let central: CentralSystem
afterEach(() => central.stop())

describe.each(implementations)('A Charge Point by %s', (_name, connect) => {
  test('boots, charges, is stopped and started from afar, measures, is configured and reset.', async () => {
    central = await startCentralSystem({ chargers: [charger(identity)] })
    const client = await connect({ url: central.url, identity })
    const status = (state: string) => client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: state, timestamp: now() })
    const start = (meterStart: number) => client.call('StartTransaction', { connectorId: 1, idTag: 'DRIVER', meterStart, timestamp: now() })
    const stop = (transactionId: unknown, meterStop: number, reason: string) => client.call('StopTransaction', { transactionId, meterStop, reason, timestamp: now() })
    /** The Central System may have questions of its own meanwhile. */
    const hears = async (action: string, payload: Fields): Promise<void> => {
      while (!isLike(await client.asked(action), payload)) continue
    }
    const operated = async (action: string, payload: Fields) => {
      const [called] = await Promise.all([central.operator.call(identity, action, payload), hears(action, payload)])
      expect(called).toEqual({ type: 'result', payload: { status: 'Accepted' } })
    }

    expect(await client.call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })).toMatchObject({ status: 'Accepted' })
    expect(await status('Preparing')).toEqual({})
    expect(await client.call('Authorize', { idTag: 'DRIVER' })).toMatchObject({ idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } })
    const { transactionId: first } = await start(1_000)
    await status('Charging')
    await client.call('MeterValues', {
      connectorId: 1, transactionId: first,
      meterValue: [{ timestamp: now(), sampledValue: [{ value: '1500', measurand: 'Energy.Active.Import.Register', unit: 'Wh' }, { value: '7.5', measurand: 'Current.Import', unit: 'A' }] }],
    })
    expect(central.connector(identity)).toMatchObject({ report: { status: 'Charging' }, meter: { register: 1_500, current: 7.5 }, transaction: { id: first } })

    await operated('RemoteStopTransaction', { transactionId: first })
    expect(await stop(first, 2_000, 'Remote')).toEqual({})
    await status('Finishing')
    await operated('RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER' })
    const { transactionId: second } = await start(2_000)
    expect(second).not.toBe(first)
    await status('Charging')
    expect(await stop(second, 2_300, 'Local')).toEqual({})
    await status('Available')
    await operated('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '30' })
    await operated('Reset', { type: 'Soft' })
    expect(await client.call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })).toMatchObject({ status: 'Accepted' })
    expect(central.chargePoint(identity).recent.toSorted((a, b) => a.serial - b.serial).map(({ energy, reason }) => [energy, reason])).toEqual([[1_000, 'Remote'], [300, 'Local']])
    await client.close()
  })

  test('is told in a CALLERROR what it did wrong, and stays connected.', async () => {
    central = await startCentralSystem({ chargers: [charger(identity)] })
    const client = await connect({ url: central.url, identity })
    await expect(client.call('Heartbeat', {})).rejects.toThrow()
    expect(await client.call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })).toMatchObject({ status: 'Accepted' })
    expect(await client.call('Heartbeat', {})).toHaveProperty('currentTime')
    await client.close()
  })
})

function now(): string {
  return new Date().toISOString()
}
