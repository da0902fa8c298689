import { expect } from 'vitest'
import type { Status } from '../../core/index.ts'
import type { Fields } from '../../core/ocpp/fields.ts'
import type { Answer, DialOptions } from '../charge-point.ts'
import type { Scene, Step } from '../conversation.ts'

/** Now, or so many seconds ago, as it goes over the wire. */
export function timestamp(secondsAgo = 0): string {
  return new Date(Date.now() - secondsAgo * 1_000).toISOString()
}

type Payload = Fields | ((scene: Scene) => Fields)
type Options = Extract<Step, { type: 'connects' }>['options']

export const says = (action: string, payload: Payload = {}, answered: Fields = {}): Step => ({ type: 'says', action, payload, answered })
export const asks = (action: string, payload: Payload, answer: Answer): Step => ({ type: 'asks', action, payload, answer })
export const hears = (action: string, like: Payload, answer: Answer): Step => ({ type: 'hears', action, like, answer })
export const holds = (check: (scene: Scene) => void): Step => ({ type: 'holds', check })
export const happens = (what: (scene: Scene) => Promise<void>): Step => ({ type: 'happens', what })
export const connects = (options: Options = {}): Step => ({ type: 'connects', leaving: 'close', options })
export const losesPower = (options: Options = {}): Step => ({ type: 'connects', leaving: 'cut', options })
export const isRefused = (how: number | RegExp, options: Options = {}): Step => ({ type: 'isRefused', how, options })

export const bootNotification: Fields = { chargePointVendor: 'Vendor', chargePointModel: 'Model', chargePointSerialNumber: 'S-1', firmwareVersion: '1.0' }

export const status = (state: Status, connectorId = 1, errorCode = 'NoError'): Step => says('StatusNotification', { connectorId, errorCode, status: state })

/** The state that the Central System shows for the connector. */
export const shows = (state: Status): Step => holds(({ connector }) => expect(connector.report.status).toBe(state))

export const boots: readonly Step[] = [
  says('BootNotification', bootNotification, { status: 'Accepted' }),
  status('Available', 0), status('Available'),
]

/** Connects and boots: how nearly all conversations begin. */
export const begins: readonly Step[] = [connects(), ...boots]

export const authorizes = (idTag: string, verdict = 'Accepted'): Step => says('Authorize', { idTag }, { idTagInfo: { status: verdict } })

export const starts = (idTag: string, verdict = 'Accepted', more: Fields = {}): readonly Step[] => [
  says('StartTransaction', { connectorId: 1, idTag, meterStart: 1_000, timestamp: timestamp(), ...more }, { idTagInfo: { status: verdict } }),
  holds(({ transactionId }) => expect(transactionId).toBeGreaterThan(0)),
]

export const stops = (reason: string | undefined, more: Fields = {}): Step => says('StopTransaction', ({ transactionId }) => ({
  transactionId, meterStop: 3_500, timestamp: timestamp(), ...(reason !== undefined && { reason }), ...more,
}))

export const measures = (register: number): Step => says('MeterValues', ({ transactionId }) => ({
  connectorId: 1, transactionId,
  meterValue: [{ timestamp: timestamp(), sampledValue: [{ value: String(register), measurand: 'Energy.Active.Import.Register', unit: 'Wh', context: 'Sample.Periodic' }] }],
}))

/** A transaction of this tag is running. */
export const runs = (idTag: string): Step => holds(({ connector, transactionId }) => expect(connector.transaction).toMatchObject({ id: transactionId, idTag, live: true, unwanted: false }))

/** No transaction is running. */
export const isIdle: Step = holds(({ connector }) => expect(connector.transaction).toBeNull())

/** The books say this of the transaction that was started last. */
export const isBooked = (idTag: string, reason: string, energy = 2_500): Step => holds(({ books, transactionId }) => {
  expect(books.find(({ id }) => id === transactionId)).toMatchObject({ idTag, reason, energy })
})

/** Plugged in, a tag held to it, charging. */
export const charges: readonly Step[] = [...begins, status('Preparing'), authorizes('DRIVER'), ...starts('DRIVER'), status('Charging'), runs('DRIVER')]

/** Unplugged. */
export const isUnplugged: readonly Step[] = [status('Finishing'), status('Available'), isIdle, shows('Available')]

/** Over TLS, trusting the root certificate of the Central System. */
export async function trusting({ central }: Scene): Promise<Partial<DialOptions>> {
  return { url: `wss://127.0.0.1:${central.controller.port}`, ws: { ca: await central.rootCertificate() } }
}
