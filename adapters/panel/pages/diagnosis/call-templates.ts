/** What a Central System can ask of a Charge Point, each with a payload to begin with (OCPP 1.6 §6 and the security whitepaper). */
export const callTemplates = {
  CancelReservation: { reservationId: 1 },
  ChangeAvailability: { connectorId: 1, type: 'Operative' },
  ChangeConfiguration: { key: 'HeartbeatInterval', value: '300' },
  ClearCache: {},
  ClearChargingProfile: { connectorId: 1 },
  DataTransfer: { vendorId: 'vendor', messageId: 'message', data: '' },
  ExtendedTriggerMessage: { requestedMessage: 'StatusNotification', connectorId: 1 },
  GetCompositeSchedule: { connectorId: 1, duration: 3600 },
  GetConfiguration: {},
  GetDiagnostics: { location: 'ftp://192.168.1.2/diagnostics/' },
  GetInstalledCertificateIds: { certificateType: 'CentralSystemRootCertificate' },
  GetLocalListVersion: {},
  RemoteStartTransaction: { connectorId: 1, idTag: 'WALLBUS' },
  RemoteStopTransaction: { transactionId: 1 },
  ReserveNow: { connectorId: 1, expiryDate: '2030-01-01T00:00:00Z', idTag: 'WALLBUS', reservationId: 1 },
  Reset: { type: 'Soft' },
  SendLocalList: { listVersion: 1, localAuthorizationList: [], updateType: 'Full' },
  SetChargingProfile: { connectorId: 1, csChargingProfiles: { chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute', chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] } } },
  TriggerMessage: { requestedMessage: 'StatusNotification', connectorId: 1 },
  UnlockConnector: { connectorId: 1 },
  UpdateFirmware: { location: 'http://192.168.1.2/firmware.bin', retrieveDate: '2030-01-01T00:00:00Z' },
} as const

export type CallName = keyof typeof callTemplates
export const callNames = Object.keys(callTemplates)

export function templateOf(action: string): string {
  return JSON.stringify(Object.hasOwn(callTemplates, action) ? callTemplates[action as CallName] : {}, null, 2)
}
