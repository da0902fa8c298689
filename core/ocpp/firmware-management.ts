import * as v from 'valibot'
import { profile } from './profile.ts'
import { enumeration, integer, text, timestamp } from './simple-types.ts'

const row = profile('FirmwareManagement')

const location = v.pipe(v.string(), v.url())

/** The Firmware Management profile (OCPP 1.6 §6). */
export const firmwareManagement = {
  DiagnosticsStatusNotification: row('ChargePoint', { status: enumeration(['Idle', 'Uploaded', 'UploadFailed', 'Uploading']) }, {}),
  FirmwareStatusNotification: row('ChargePoint', {
    status: enumeration(['Downloaded', 'DownloadFailed', 'Downloading', 'Idle', 'InstallationFailed', 'Installing', 'Installed']),
  }, {}),
  GetDiagnostics: row('CentralSystem', {
    location,
    retries: v.optional(integer),
    /** s */
    retryInterval: v.optional(integer),
    startTime: v.optional(timestamp),
    stopTime: v.optional(timestamp),
  }, { fileName: v.optional(text(255)) }),
  UpdateFirmware: row('CentralSystem', {
    location,
    retries: v.optional(integer),
    retrieveDate: timestamp,
    /** s */
    retryInterval: v.optional(integer),
  }, {}),
}
