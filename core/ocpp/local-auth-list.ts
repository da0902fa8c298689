import * as v from 'valibot'
import { fields } from './lenient.ts'
import { profile } from './profile.ts'
import { enumeration, integer } from './simple-types.ts'
import { idTagInfo, idToken } from './types.ts'

const row = profile('LocalAuthListManagement')

/** OCPP 1.6 §7.1; without `idTagInfo` a differential update removes the entry. */
const authorizationData = fields({ idTag: idToken, idTagInfo: v.optional(idTagInfo) })

/** The Local Auth List Management profile (OCPP 1.6 §6). */
export const localAuthListManagement = {
  GetLocalListVersion: row('CentralSystem', {}, { listVersion: integer }),
  SendLocalList: row('CentralSystem', {
    listVersion: integer,
    localAuthorizationList: v.optional(v.array(authorizationData)),
    updateType: enumeration(['Differential', 'Full']),
  }, { status: enumeration(['Accepted', 'Failed', 'NotSupported', 'VersionMismatch']) }),
}
