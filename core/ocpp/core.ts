import * as v from 'valibot'
import { fields, forgiven, lenient, spare } from './lenient.ts'
import { profile } from './profile.ts'
import { anyText, boolean, connectorId, enumeration, integer, register, remark, text, timestamp } from './simple-types.ts'
import { chargingProfile, idTagInfo, idToken, meterValue } from './types.ts'
import { chargePointErrorCodes, chargePointStatuses, stopReasons } from './words.ts'

const row = profile('Core')

const acceptedOrRejected = { status: enumeration(['Accepted', 'Rejected']) }

/** An error code the standard does not know is some other error. */
const errorCode = lenient(enumeration(chargePointErrorCodes), (input) =>
  typeof input === 'string' ? { value: 'OtherError' as const } : undefined)

/** The data of a DataTransfer; JSON that is no text is taken as its text. */
const data = lenient(v.string(), (input) => ({ value: JSON.stringify(input) }))

/** OCPP 1.6 §7.29; a value that is no text, an empty list for one, is none. */
const keyValue = fields({ key: text(50), readonly: forgiven(boolean, false), value: spare(anyText(500)) })

/** A start on a connector that cannot be is one on the Charge Point as a whole. */
const startConnectorId = lenient(connectorId, (input) => (typeof input === 'number' ? { value: 0 } : undefined))

/** The Core profile (OCPP 1.6 §6). A transaction must come into the books, so its start and stop are read from the least. */
export const core = {
  Authorize: row('ChargePoint', { idTag: idToken }, { idTagInfo }),
  BootNotification: row('ChargePoint', {
    chargePointVendor: text(20),
    chargePointModel: text(20),
    chargePointSerialNumber: v.optional(text(25)),
    chargeBoxSerialNumber: v.optional(text(25)),
    firmwareVersion: v.optional(text(50)),
    iccid: v.optional(text(20)),
    imsi: v.optional(text(20)),
    meterType: v.optional(text(25)),
    meterSerialNumber: v.optional(text(25)),
  }, { status: enumeration(['Accepted', 'Pending', 'Rejected']), currentTime: timestamp, interval: integer }),
  ChangeAvailability: row('CentralSystem', { connectorId, type: enumeration(['Inoperative', 'Operative']) }, {
    status: enumeration(['Accepted', 'Rejected', 'Scheduled']),
  }),
  ChangeConfiguration: row('CentralSystem', { key: text(50), value: text(500) }, {
    status: enumeration(['Accepted', 'Rejected', 'RebootRequired', 'NotSupported']),
  }),
  ClearCache: row('CentralSystem', {}, acceptedOrRejected),
  DataTransfer: row('both', { vendorId: text(255), messageId: v.optional(text(50)), data: v.optional(data) }, {
    status: enumeration(['Accepted', 'Rejected', 'UnknownMessageId', 'UnknownVendorId']),
    data: v.optional(data),
  }),
  GetConfiguration: row('CentralSystem', { key: v.optional(v.array(text(50))) }, {
    configurationKey: v.optional(v.array(keyValue)),
    unknownKey: v.optional(v.array(text(50))),
  }),
  Heartbeat: row('ChargePoint', {}, { currentTime: timestamp }),
  MeterValues: row('ChargePoint', { connectorId, transactionId: spare(integer), meterValue: v.array(meterValue) }, {}),
  RemoteStartTransaction: row('CentralSystem', {
    connectorId: v.optional(connectorId),
    idTag: idToken,
    chargingProfile: v.optional(chargingProfile),
  }, acceptedOrRejected),
  RemoteStopTransaction: row('CentralSystem', { transactionId: integer }, acceptedOrRejected),
  Reset: row('CentralSystem', { type: enumeration(['Hard', 'Soft']) }, acceptedOrRejected),
  StartTransaction: row('ChargePoint', {
    connectorId: startConnectorId,
    idTag: idToken,
    meterStart: forgiven(register, 0),
    reservationId: spare(integer),
    timestamp: forgiven(timestamp, undefined),
  }, { idTagInfo, transactionId: integer }),
  StatusNotification: row('ChargePoint', {
    connectorId,
    errorCode,
    info: v.optional(remark(50)),
    status: enumeration(chargePointStatuses),
    timestamp: spare(timestamp),
    vendorId: v.optional(remark(255)),
    vendorErrorCode: v.optional(remark(50)),
  }, {}),
  StopTransaction: row('ChargePoint', {
    idTag: spare(idToken),
    meterStop: forgiven(register, undefined),
    timestamp: forgiven(timestamp, undefined),
    transactionId: integer,
    reason: v.optional(forgiven(enumeration(stopReasons), 'Other')),
    transactionData: spare(v.array(meterValue)),
  }, { idTagInfo: v.optional(idTagInfo) }),
  UnlockConnector: row('CentralSystem', { connectorId }, { status: enumeration(['Unlocked', 'UnlockFailed', 'NotSupported']) }),
}
