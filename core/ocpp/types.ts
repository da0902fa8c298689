import * as v from 'valibot'
import { fields, forgiven } from './lenient.ts'
import { anyText, decimal, enumeration, integer, openEnumeration, text, timestamp } from './simple-types.ts'
import {
  authorizationStatuses, chargingProfileKinds, chargingProfilePurposes, chargingRateUnits, locations, measurands, phases, readingContexts,
  recurrencyKinds, units, valueFormats,
} from './words.ts'

/** A value that nothing changes, to its depth. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T

/** What a schema reads, frozen. */
export type Output<S extends v.GenericSchema> = Frozen<v.InferOutput<S>>

/** OCPP 1.6 §7.28: what identifies a person; two that differ in case only are the same. */
export const idToken = text(20, 255)

/** OCPP 1.6 §7.27. */
export const idTagInfo = fields({
  status: enumeration(authorizationStatuses),
  expiryDate: v.optional(timestamp),
  parentIdTag: v.optional(idToken),
})
export type IdTagInfo = Output<typeof idTagInfo>

/** OCPP 1.6 §7.43. What a value means is judged elsewhere: here it is a text, and so are words the standard does not know. */
export const sampledValue = fields({
  value: anyText(10_000),
  context: v.optional(openEnumeration(readingContexts)),
  format: v.optional(openEnumeration(valueFormats)),
  measurand: v.optional(openEnumeration(measurands)),
  phase: v.optional(openEnumeration(phases)),
  location: v.optional(openEnumeration(locations)),
  unit: v.optional(openEnumeration(units)),
})
export type SampledValue = Output<typeof sampledValue>

/** OCPP 1.6 §7.33; required by the standard, `timestamp` is undefined where a charger has no readable one. */
export const meterValue = fields({
  timestamp: forgiven(timestamp, undefined),
  sampledValue: v.array(sampledValue),
})
export type MeterValue = Output<typeof meterValue>

/** OCPP 1.6 §7.14: `startPeriod` in seconds from the schedule's start, `limit` in the schedule's unit. */
const chargingSchedulePeriod = fields({
  startPeriod: integer,
  limit: decimal,
  numberPhases: v.optional(integer),
})

/** OCPP 1.6 §7.13: `duration` in seconds. */
export const chargingSchedule = fields({
  duration: v.optional(integer),
  startSchedule: v.optional(timestamp),
  chargingRateUnit: enumeration(chargingRateUnits),
  chargingSchedulePeriod: v.array(chargingSchedulePeriod),
  minChargingRate: v.optional(decimal),
})
export type ChargingSchedule = Output<typeof chargingSchedule>

/** OCPP 1.6 §7.8. */
export const chargingProfile = fields({
  chargingProfileId: integer,
  transactionId: v.optional(integer),
  stackLevel: integer,
  chargingProfilePurpose: enumeration(chargingProfilePurposes),
  chargingProfileKind: enumeration(chargingProfileKinds),
  recurrencyKind: v.optional(enumeration(recurrencyKinds)),
  validFrom: v.optional(timestamp),
  validTo: v.optional(timestamp),
  chargingSchedule,
})
export type ChargingProfile = Output<typeof chargingProfile>
