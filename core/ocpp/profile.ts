import type * as v from 'valibot'
import { fields } from './lenient.ts'

/** The feature profiles (OCPP 1.6 §3.2), and the messages of the security whitepaper. */
export type Profile =
  | 'Core' | 'FirmwareManagement' | 'LocalAuthListManagement' | 'Reservation' | 'SmartCharging' | 'RemoteTrigger' | 'Security'

/** Who may send the request of an action. */
export type Initiator = 'ChargePoint' | 'CentralSystem' | 'both'

/** Makes the rows of one profile: for each action its initiator, and the fields of its request and of its confirmation. */
export function profile<const P extends Profile>(name: P) {
  return <const I extends Initiator, Request extends v.ObjectEntries, Confirmation extends v.ObjectEntries>(
    initiator: I, request: Request, confirmation: Confirmation,
  ) => ({ profile: name, initiator, request: fields(request), confirmation: fields(confirmation) })
}
