import * as v from 'valibot'
import { profile } from './profile.ts'
import { connectorId, enumeration } from './simple-types.ts'

const row = profile('RemoteTrigger')

/** The Remote Trigger profile (OCPP 1.6 §6). */
export const remoteTrigger = {
  TriggerMessage: row('CentralSystem', {
    requestedMessage: enumeration([
      'BootNotification', 'DiagnosticsStatusNotification', 'FirmwareStatusNotification', 'Heartbeat', 'MeterValues', 'StatusNotification',
    ]),
    connectorId: v.optional(connectorId),
  }, { status: enumeration(['Accepted', 'Rejected', 'NotImplemented']) }),
}
