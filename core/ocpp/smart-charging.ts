import * as v from 'valibot'
import { profile } from './profile.ts'
import { connectorId, enumeration, integer, timestamp } from './simple-types.ts'
import { chargingProfile, chargingSchedule } from './types.ts'
import { chargingProfilePurposes, chargingRateUnits } from './words.ts'

const row = profile('SmartCharging')

/** The Smart Charging profile (OCPP 1.6 §6). */
export const smartCharging = {
  ClearChargingProfile: row('CentralSystem', {
    id: v.optional(integer),
    connectorId: v.optional(connectorId),
    chargingProfilePurpose: v.optional(enumeration(chargingProfilePurposes)),
    stackLevel: v.optional(integer),
  }, { status: enumeration(['Accepted', 'Unknown']) }),
  GetCompositeSchedule: row('CentralSystem', {
    connectorId,
    /** s */
    duration: integer,
    chargingRateUnit: v.optional(enumeration(chargingRateUnits)),
  }, {
    status: enumeration(['Accepted', 'Rejected']),
    connectorId: v.optional(connectorId),
    scheduleStart: v.optional(timestamp),
    chargingSchedule: v.optional(chargingSchedule),
  }),
  SetChargingProfile: row('CentralSystem', { connectorId, csChargingProfiles: chargingProfile }, {
    status: enumeration(['Accepted', 'Rejected', 'NotSupported']),
  }),
}
