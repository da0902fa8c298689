import * as v from 'valibot'
import { profile } from './profile.ts'
import { connectorId, enumeration, integer, timestamp } from './simple-types.ts'
import { idToken } from './types.ts'

const row = profile('Reservation')

/** The Reservation profile (OCPP 1.6 §6). */
export const reservation = {
  CancelReservation: row('CentralSystem', { reservationId: integer }, { status: enumeration(['Accepted', 'Rejected']) }),
  ReserveNow: row('CentralSystem', {
    connectorId,
    expiryDate: timestamp,
    idTag: idToken,
    parentIdTag: v.optional(idToken),
    reservationId: integer,
  }, { status: enumeration(['Accepted', 'Faulted', 'Occupied', 'Rejected', 'Unavailable']) }),
}
