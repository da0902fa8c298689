import { core } from './core.ts'
import { firmwareManagement } from './firmware-management.ts'
import { localAuthListManagement } from './local-auth-list.ts'
import type { Initiator } from './profile.ts'
import { remoteTrigger } from './remote-trigger.ts'
import { reservation } from './reservation.ts'
import { security } from './security.ts'
import { smartCharging } from './smart-charging.ts'
import type { Output } from './types.ts'

/** Every action of OCPP 1.6 and the security whitepaper: its profile, who sends it, and the schemas of request and confirmation. */
export const actions = {
  ...core, ...firmwareManagement, ...localAuthListManagement, ...reservation, ...smartCharging, ...remoteTrigger, ...security,
}

/** The type of that table. */
export type Actions = typeof actions

/** The name of an action. */
export type Action = keyof Actions

/** The payload of an action's CALL. */
export type RequestOf<A extends Action> = Output<Actions[A]['request']>

/** The payload of an action's CALLRESULT. */
export type ConfirmationOf<A extends Action> = Output<Actions[A]['confirmation']>

type InitiatedBy<I extends Initiator> = { [A in Action]: Actions[A]['initiator'] extends I ? A : never }[Action]

/** What a Charge Point asks of a Central System. */
export type IncomingAction = InitiatedBy<'ChargePoint' | 'both'>

/** What a Central System asks of a Charge Point. */
export type OutgoingAction = InitiatedBy<'CentralSystem' | 'both'>

/** Whether a name off the wire is an action of the standard; case matters (OCPP-J 1.6 §4.2.1). */
export function isAction(name: string): name is Action {
  return Object.hasOwn(actions, name)
}

/** Whether a name off the wire is an action of a Charge Point. */
export function isIncomingAction(name: string): name is IncomingAction {
  return isAction(name) && actions[name].initiator !== 'CentralSystem'
}

/** Whether a name is an action of a Central System. */
export function isOutgoingAction(name: string): name is OutgoingAction {
  return isAction(name) && actions[name].initiator !== 'ChargePoint'
}
