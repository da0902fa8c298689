import { allMembers, type ChargePoint } from '../../core/index.ts'
import { actions } from '../../core/ocpp/actions.ts'
import type { Happening } from '../happening.ts'
import { call, each, said, timestamp, weekMs, type Letters } from './letters.ts'

/** A connection opens, is taken over by a newer one, closes; an older one closes late or still says something. */
export const link = each((chargePoint, { at }) => {
  const { identity } = chargePoint
  const opened: Happening = { type: 'opened', at, identity, connection: unused(chargePoint), remote: '127.0.0.1', subprotocol: 'ocpp1.6' }
  if (!chargePoint.link) return [opened]
  const closed = { type: 'closed', at, identity, code: 1006, reason: '' } as const
  return [opened, { ...closed, connection: chargePoint.link.connection }, { ...closed, connection: 'older' }]
})

/** The same without a connection that takes over. */
export const plainLink = each((chargePoint, site) => link(site).filter(({ type }) => type === (chargePoint.link ? 'closed' : 'opened')))

/** What comes on a connection that has been taken over, and who is turned away. */
export const strangers = each(({ identity }, { at }) => [
  { type: 'received', at, identity, connection: 'older', text: call('Heartbeat', {}) },
  { type: 'received', at, identity: 'NOBODY', connection: 'none', text: call('Heartbeat', {}) },
  { type: 'refused', at, identity: 'NOBODY', remote: '127.0.0.1', reason: 'unknown identity' },
])

/** A name for a connection that none in the state has. */
function unused({ link: present, connectors }: ChargePoint): string {
  const used = [present?.connection, ...connectors.map(({ report }) => report.connection)]
  return ['a', 'b', 'c', 'd', 'e'].find((name) => !used.includes(name)) ?? 'f'
}

export const boot = said(() => [call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' })])

/** It comes back with another firmware. */
export const otherBoot = said(({ profile: { firmwareVersion } }) =>
  [call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model', firmwareVersion: firmwareVersion === '2' ? '1' : '2' })])

/** Requests that only ask or tell, and texts that are none. */
export const chatter = said((_chargePoint, { at }) => [
  ...['GOOD', 'good', 'BAD', 'OLD', 'CHILD', 'STRANGE', 'WALLBUS'].map((idTag) => call('Authorize', { idTag })),
  call('Heartbeat', {}),
  call('DataTransfer', { vendorId: 'Vendor', data: 'x' }),
  call('SignCertificate', { csr: 'x' }),
  call('FirmwareStatusNotification', { status: 'Idle' }),
  call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError', timestamp: timestamp(at - weekMs) }),
])

/** Texts that break a rule of the protocol. */
export const nonsense = said(() => [
  '', '{}', '[]', '[9]', '[2]', '[2,"m"', '[2,"m","Heartbeat"]', '[2,"","Heartbeat",{}]', '[2,null,"Heartbeat",{}]', '[2,"m","Heartbeat",[]]',
  '[3,"no",', '[5,"m",{}]', `[2,"${'i'.repeat(37)}","Heartbeat",{}]`, '[2,"m",7,{}]', 'null', '[2,"m","StatusNotification",{"connectorId":1}]',
  call('__proto__', {}), call('constructor', {}), call('Reset', { type: 'Soft' }), call('StartTransaction', {}),
  call('StatusNotification', { connectorId: 1, status: 'Flying', errorCode: 'NoError' }),
  call('StatusNotification', { connectorId: -1, status: 'Charging', errorCode: 'NoError' }),
  call('BootNotification', { chargePointVendor: 'a\r\n\u001b[31mb', chargePointModel: '\u202eM' }),
  call('StartTransaction', { connectorId: 1, idTag: 'x\r\ny', meterStart: 'NaN', timestamp: '222222017-01-01T00:00:00Z' }),
  call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: 'x', sampledValue: [{ value: '1,5' }, { value: 'NaN', unit: 'A' }, { value: '' }] }] }),
  call('MeterValues', { connectorId: 1, meterValue: [{ sampledValue: [
    { value: '1e300', measurand: 'Power.Active.Import' }, { value: '1e-300', measurand: 'Voltage' },
  ] }] }),
])

/** What an answer to each of our CALLs can say. */
const statusWords: { readonly [action: string]: readonly string[] } = {
  ChangeConfiguration: ['Accepted', 'Rejected', 'RebootRequired', 'NotSupported'],
  SendLocalList: ['Accepted', 'Failed', 'VersionMismatch', 'NotSupported'],
  CancelReservation: ['Accepted', 'Rejected'],
  CertificateSigned: ['Accepted', 'Rejected'],
  ChangeAvailability: ['Accepted', 'Rejected', 'Scheduled'],
  RemoteStartTransaction: ['Accepted', 'Rejected'],
  RemoteStopTransaction: ['Accepted', 'Rejected'],
  ReserveNow: ['Accepted', 'Faulted', 'Occupied', 'Rejected', 'Unavailable'],
  Reset: ['Accepted', 'Rejected'],
  SetChargingProfile: ['Accepted', 'Rejected', 'NotSupported'],
  TriggerMessage: ['Accepted', 'Rejected', 'NotImplemented'],
  UnlockConnector: ['Unlocked', 'UnlockFailed', 'NotSupported'],
}

const configurationKeys: readonly (readonly [string, string])[] = [
  ['ChargingScheduleAllowedChargingRateUnit', 'Power'],
  ['SupportedFeatureProfiles', 'Core'],
  ['ChargeProfileMaxStackLevel', '7'],
  ['ConnectionTimeOut', '30'],
  ['MeterValuesSampledData', 'Voltage'],
  ['MeterValueSampleInterval', '0'],
  ['NumberOfConnectors', '[]'],
]

/** What is answered otherwise than with a word: nothing much first, as most answer. */
const payloads: { readonly [action: string]: readonly unknown[] } = {
  GetConfiguration: [{}, ...configurationKeys.map(([key, value]) => ({ configurationKey: [{ key, readonly: false, value }] }))],
  GetLocalListVersion: [{ listVersion: 0 }, { listVersion: 7 }, { listVersion: -1 }],
  GetCompositeSchedule: [{ status: 'Rejected' }, ...[6, 32].map((limit) =>
    ({ status: 'Accepted', connectorId: 1, chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] } }))],
}

/** Every word in which the CALL in flight can be answered. */
export const words = said(({ pending }) => {
  if (!pending) return []
  const answers = payloads[pending.action] ?? (statusWords[pending.action] ?? []).map((status) => ({ status }))
  return answers.map((payload) => JSON.stringify([3, pending.id, payload]))
})

/** Every word in which these actions can be answered, and none for others. */
export function wordsFor(...asked: readonly string[]): Letters {
  return (site) => allMembers(site.population).some(({ pending }) => pending && asked.includes(pending.action)) ? words(site) : []
}

/** Only what most chargers answer: yes, or no; for some actions always yes. */
export function yesOrNo(...always: readonly string[]): Letters {
  return said(({ pending }) => {
    if (!pending) return []
    const [yes = 'Accepted', no = 'Rejected'] = statusWords[pending.action] ?? []
    const answers = payloads[pending.action]?.slice(0, 1) ?? (always.includes(pending.action) ? [{ status: yes }] : [{ status: yes }, { status: no }])
    return answers.map((payload) => JSON.stringify([3, pending.id, payload]))
  })
}

/** Answers that are none: an error, an unreadable one, and those to no CALL in flight. */
export const failures = said(({ pending }) => [
  ...(pending ? [JSON.stringify([3, pending.id, { status: 7 }]), JSON.stringify([4, pending.id, 'GenericError', '', {}])] : []),
  ...(pending ? [JSON.stringify([4, pending.id, 'NotSupported', '', {}]), `[3,"${pending.id}",{`] : []),
])

export const foreign = said(() => [JSON.stringify([3, 'foreign', { status: 'Accepted' }]), JSON.stringify([4, 'foreign', 'GenericError', '', {}])])

/** The actions there are words for are those we send. */
export const answerable = Object.keys(statusWords).filter((action) => Object.hasOwn(actions, action))
