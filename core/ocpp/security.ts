import * as v from 'valibot'
import { fields, forgiven, lenient } from './lenient.ts'
import { profile } from './profile.ts'
import { connectorId, enumeration, integer, text, timestamp } from './simple-types.ts'

const row = profile('Security')

const acceptedOrRejected = { status: enumeration(['Accepted', 'Rejected']) }

const certificateType = enumeration(['CentralSystemRootCertificate', 'ManufacturerRootCertificate'])

const certificateHashData = fields({
  hashAlgorithm: enumeration(['SHA256', 'SHA384', 'SHA512']),
  issuerNameHash: text(128),
  issuerKeyHash: text(128),
  serialNumber: text(40),
})

/** An empty list is none. */
const certificateHashDataList = lenient(v.pipe(v.array(certificateHashData), v.minLength(1)), (input) =>
  Array.isArray(input) && input.length === 0 ? { value: undefined } : undefined)

const firmware = fields({
  location: text(512),
  retrieveDateTime: timestamp,
  installDateTime: v.optional(timestamp),
  signingCertificate: text(5500),
  signature: text(800),
})

const log = fields({ remoteLocation: text(512), oldestTimestamp: v.optional(timestamp), latestTimestamp: v.optional(timestamp) })

/** The messages of the security whitepaper, edition 3, §5. */
export const security = {
  CertificateSigned: row('CentralSystem', { certificateChain: text(10_000) }, acceptedOrRejected),
  DeleteCertificate: row('CentralSystem', { certificateHashData }, { status: enumeration(['Accepted', 'Failed', 'NotFound']) }),
  ExtendedTriggerMessage: row('CentralSystem', {
    requestedMessage: enumeration([
      'BootNotification', 'LogStatusNotification', 'FirmwareStatusNotification', 'Heartbeat', 'MeterValues', 'SignChargePointCertificate',
      'StatusNotification',
    ]),
    connectorId: v.optional(connectorId),
  }, { status: enumeration(['Accepted', 'Rejected', 'NotImplemented']) }),
  GetInstalledCertificateIds: row('CentralSystem', { certificateType }, {
    certificateHashData: v.optional(certificateHashDataList),
    status: enumeration(['Accepted', 'NotFound']),
  }),
  GetLog: row('CentralSystem', {
    log,
    logType: enumeration(['DiagnosticsLog', 'SecurityLog']),
    requestId: integer,
    retries: v.optional(integer),
    /** s */
    retryInterval: v.optional(integer),
  }, { status: enumeration(['Accepted', 'Rejected', 'AcceptedCanceled']), filename: v.optional(text(255)) }),
  InstallCertificate: row('CentralSystem', { certificateType, certificate: text(5500) }, {
    status: enumeration(['Accepted', 'Failed', 'Rejected']),
  }),
  LogStatusNotification: row('ChargePoint', {
    status: enumeration([
      'BadMessage', 'Idle', 'NotSupportedOperation', 'PermissionDenied', 'Uploaded', 'UploadFailure', 'Uploading',
    ]),
    requestId: v.optional(integer),
  }, {}),
  SecurityEventNotification: row('ChargePoint', {
    type: text(50),
    timestamp: forgiven(timestamp, undefined),
    techInfo: v.optional(text(255)),
  }, {}),
  SignCertificate: row('ChargePoint', { csr: text(5500) }, acceptedOrRejected),
  SignedFirmwareStatusNotification: row('ChargePoint', {
    status: enumeration([
      'Downloaded', 'DownloadFailed', 'Downloading', 'DownloadScheduled', 'DownloadPaused', 'Idle', 'InstallationFailed', 'Installing',
      'Installed', 'InstallRebooting', 'InstallScheduled', 'InstallVerificationFailed', 'InvalidSignature', 'SignatureVerified',
    ]),
    requestId: v.optional(integer),
  }, {}),
  SignedUpdateFirmware: row('CentralSystem', {
    retries: v.optional(integer),
    /** s */
    retryInterval: v.optional(integer),
    requestId: integer,
    firmware,
  }, { status: enumeration(['Accepted', 'Rejected', 'AcceptedCanceled', 'InvalidCertificate', 'RevokedCertificate']) }),
}
