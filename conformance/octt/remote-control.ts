import { expect } from 'vitest'
import type { Fields } from '../../core/ocpp/fields.ts'
import type { Step } from '../conversation.ts'
import {
  asks, authorizes, begins, boots, charges, connects, holds, isBooked, isIdle, isUnplugged, measures, runs, says, shows, starts, status, stops, timestamp,
} from './steps.ts'

const soon = (): string => timestamp(-3_600)
const reservation: Fields = { connectorId: 1, expiryDate: soon(), idTag: 'DRIVER', reservationId: 47 }
const reserves = (answer: string, state?: Fields): Step => asks('ReserveNow', { ...reservation, ...state }, { status: answer })
const isReserved: readonly Step[] = [...begins, reserves('Accepted'), status('Reserved'), shows('Reserved')]

const localList = [{ idTag: 'DRIVER', idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } }, { idTag: 'BLOCKED', idTagInfo: { status: 'Blocked' } }]
const sendsList = (updateType: 'Full' | 'Differential', listVersion: number, answer: string): Step =>
  asks('SendLocalList', { listVersion, updateType, localAuthorizationList: localList }, { status: answer })

const schedule: Fields = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }, { startPeriod: 60, limit: 7.5 }] }
const profile = (purpose: string, more: Fields = {}): Fields => ({
  chargingProfileId: 100, stackLevel: 0, chargingProfilePurpose: purpose, chargingProfileKind: 'Absolute',
  chargingSchedule: { ...schedule, duration: 300, startSchedule: timestamp() }, ...more,
})
const setsDefault = asks('SetChargingProfile', { connectorId: 1, csChargingProfiles: profile('TxDefaultProfile') }, { status: 'Accepted' })

const firmware = (...reports: readonly string[]): readonly Step[] => reports.map((report) => says('FirmwareStatusNotification', { status: report }))
const diagnostics = (...reports: readonly string[]): readonly Step[] => reports.map((report) => says('DiagnosticsStatusNotification', { status: report }))
const updates = asks('UpdateFirmware', { location: 'https://firmware.example/1.1.bin', retrieveDate: timestamp(), retries: 1 }, {})
const getsDiagnostics = asks('GetDiagnostics', { location: 'ftp://files.example/upload', retries: 1 }, { fileName: 'diagnostics.zip' })

const triggers = (requestedMessage: string, said: Step): readonly Step[] => [asks('TriggerMessage', { requestedMessage }, { status: 'Accepted' }), said]
const heartbeat = says('Heartbeat', {}, { currentTime: expect.any(String) })

/** Configuration, local list, firmware, diagnostics, reservation, trigger, smart charging, cache and data transfer. */
export const remoteControl: { readonly [id: string]: readonly Step[] } = {
  TC_019_1_CSMS: [...begins, asks('GetConfiguration', {}, { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] })],
  TC_019_2_CSMS: [
    ...begins,
    asks('GetConfiguration', { key: ['SupportedFeatureProfiles'] }, { configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: 'Core' }] }),
  ],
  TC_021_CSMS: [...begins, asks('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '30' }, { status: 'Accepted' })],
  TC_040_1_CSMS: [...begins, asks('ChangeConfiguration', { key: 'NoSuchKey', value: '1' }, { status: 'NotSupported' })],
  TC_040_2_CSMS: [...begins, asks('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '-1' }, { status: 'Rejected' })],
  TC_042_1_CSMS: [...begins, asks('GetLocalListVersion', {}, { listVersion: -1 })],
  TC_042_2_CSMS: [...begins, asks('GetLocalListVersion', {}, { listVersion: 0 })],
  TC_043_1_CSMS: [...begins, sendsList('Full', 1, 'NotSupported')],
  TC_043_3_CSMS: [...begins, sendsList('Full', 1, 'Failed')],
  TC_043_4_CSMS: [...begins, asks('GetLocalListVersion', {}, { listVersion: 0 }), sendsList('Full', 1, 'Accepted'), asks('GetLocalListVersion', {}, { listVersion: 1 })],
  TC_043_5_CSMS: [...begins, sendsList('Full', 1, 'Accepted'), sendsList('Differential', 2, 'Accepted')],
  TC_044_1_CSMS: [
    ...begins, updates, ...firmware('Downloading', 'Downloaded'), status('Unavailable'), ...firmware('Installing'),
    connects(), says('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model', firmwareVersion: '1.1' }, { status: 'Accepted' }),
    status('Available'), ...firmware('Installed'),
    holds(({ chargePoint }) => expect(chargePoint.profile.firmwareVersion).toBe('1.1')), shows('Available'),
  ],
  TC_044_2_CSMS: [...begins, updates, ...firmware('Downloading', 'DownloadFailed'), shows('Available')],
  TC_044_3_CSMS: [...begins, updates, ...firmware('Downloading', 'Downloaded', 'Installing', 'InstallationFailed'), connects(), ...boots, shows('Available')],
  TC_045_1_CSMS: [...begins, getsDiagnostics, ...diagnostics('Uploading', 'Uploaded')],
  TC_045_2_CSMS: [...begins, getsDiagnostics, ...diagnostics('Uploading', 'UploadFailed')],
  TC_046_CSMS: [...isReserved, authorizes('DRIVER'), status('Preparing'), ...starts('DRIVER', 'Accepted', { reservationId: 47 }), status('Charging'), runs('DRIVER')],
  TC_047_CSMS: [...isReserved, status('Available'), shows('Available'), isIdle],
  TC_048_1_CSMS: [...begins, status('Faulted', 1, 'GroundFailure'), reserves('Faulted'), shows('Faulted')],
  TC_048_2_CSMS: [...begins, status('Preparing'), reserves('Occupied'), shows('Preparing')],
  TC_048_3_CSMS: [...begins, status('Unavailable'), reserves('Unavailable'), shows('Unavailable')],
  TC_048_4_CSMS: [...begins, reserves('Rejected'), shows('Available')],
  TC_049_CSMS: [
    ...begins, reserves('Accepted', { connectorId: 0 }), authorizes('DRIVER'), status('Preparing'),
    ...starts('DRIVER', 'Accepted', { reservationId: 47 }), status('Charging'), runs('DRIVER'),
  ],
  TC_051_CSMS: [...isReserved, asks('CancelReservation', { reservationId: 47 }, { status: 'Accepted' }), status('Available'), shows('Available')],
  TC_052_CSMS: [...begins, asks('CancelReservation', { reservationId: 48 }, { status: 'Rejected' })],
  TC_053_CSMS: [
    ...begins, reserves('Accepted', { parentIdTag: 'FAMILY' }), status('Reserved'),
    says('Authorize', { idTag: 'SISTER' }, { idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } }),
    status('Preparing'), ...starts('SISTER', 'Accepted', { reservationId: 47 }), status('Charging'), runs('SISTER'),
  ],
  TC_054_CSMS: [
    ...begins,
    ...triggers('MeterValues', measures(1_234)), holds(({ connector }) => expect(connector.meter.register).toBe(1_234)),
    ...triggers('Heartbeat', heartbeat),
    ...triggers('StatusNotification', status('Available')),
    ...triggers('DiagnosticsStatusNotification', says('DiagnosticsStatusNotification', { status: 'Idle' })),
    ...triggers('FirmwareStatusNotification', says('FirmwareStatusNotification', { status: 'Idle' })),
  ],
  TC_055_CSMS: [...begins, asks('TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 99 }, { status: 'Rejected' })],
  TC_056_CSMS: [...begins, setsDefault, ...charges.slice(begins.length), stops('Local'), ...isUnplugged],
  TC_057_CSMS: [
    ...charges,
    asks('SetChargingProfile', ({ transactionId }) => ({ connectorId: 1, csChargingProfiles: { ...profile('TxProfile'), transactionId } }), { status: 'Accepted' }),
    stops('Local'), ...isUnplugged, isBooked('DRIVER', 'Local'),
  ],
  TC_059_CSMS: [
    ...begins,
    asks('RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER', chargingProfile: profile('TxProfile', { chargingProfileKind: 'Relative', chargingSchedule: schedule }) }, { status: 'Accepted' }),
    authorizes('DRIVER'), status('Preparing'), ...starts('DRIVER'), status('Charging'), runs('DRIVER'),
  ],
  TC_061_CSMS: [...begins, asks('ClearCache', {}, { status: 'Accepted' })],
  TC_064_CSMS: [
    ...begins,
    says('DataTransfer', { vendorId: 'com.vendor', messageId: 'hello', data: '{"a":1}' }, { status: expect.stringMatching(/^(Accepted|Rejected|UnknownMessageId|UnknownVendorId)$/) }),
  ],
  TC_066_CSMS: [
    ...charges, setsDefault,
    asks('GetCompositeSchedule', { connectorId: 1, duration: 300, chargingRateUnit: 'A' }, { status: 'Accepted', connectorId: 1, scheduleStart: timestamp(), chargingSchedule: schedule }),
  ],
  TC_067_CSMS: [
    ...begins, setsDefault, asks('ClearChargingProfile', { id: 100 }, { status: 'Accepted' }),
    asks('ClearChargingProfile', { connectorId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile' }, { status: 'Unknown' }),
    isIdle,
  ],
}
