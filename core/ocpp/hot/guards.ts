import type { Action, RequestOf } from '../actions.ts'
import type { Fields } from '../fields.ts'
import { isPlainBootNotification } from './boot-notification.ts'
import { isPlainMeterValues } from './meter-values.ts'
import { isPlain } from './plain.ts'
import { isPlainStatusNotification } from './status-notification.ts'
import { isPlainAuthorize, isPlainStartTransaction, isPlainStopTransaction } from './transactions.ts'

/** Recognises a payload that its schema would read as it is, without a warning; what it does not recognise is left to the schema. */
type Guard<A extends Action> = (payload: Fields) => payload is RequestOf<A>

function isPlainHeartbeat(payload: Fields): payload is RequestOf<'Heartbeat'> {
  return isPlain(payload, 0, () => -1)
}

/** The guards of the requests that make up the traffic. */
export const guards: { readonly [A in Action]?: Guard<A> } = {
  Authorize: isPlainAuthorize,
  BootNotification: isPlainBootNotification,
  Heartbeat: isPlainHeartbeat,
  MeterValues: isPlainMeterValues,
  StartTransaction: isPlainStartTransaction,
  StatusNotification: isPlainStatusNotification,
  StopTransaction: isPlainStopTransaction,
}
