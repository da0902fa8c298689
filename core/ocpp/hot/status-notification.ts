import type { RequestOf } from '../actions.ts'
import type { Fields } from '../fields.ts'
import { chargePointErrorCodes, chargePointStatuses } from '../words.ts'
import { isConnectorId, isPlain, isRemark, isRequired, isTimestamp, mayBe, type Verdict } from './plain.ts'

const knownStatuses = new Set<unknown>(chargePointStatuses)
const knownErrorCodes = new Set<unknown>(chargePointErrorCodes)

/** Whether a payload is a StatusNotification.req to the letter of the standard. */
export function isPlainStatusNotification(payload: Fields): payload is RequestOf<'StatusNotification'> {
  return isPlain(payload, 3, judge)
}

function judge(name: string, value: unknown): Verdict {
  switch (name) {
    case 'connectorId': return isRequired(isConnectorId(value))
    case 'errorCode': return isRequired(knownErrorCodes.has(value))
    case 'status': return isRequired(knownStatuses.has(value))
    case 'info': return mayBe(isRemark(value, 50))
    case 'timestamp': return mayBe(isTimestamp(value))
    case 'vendorId': return mayBe(isRemark(value, 255))
    case 'vendorErrorCode': return mayBe(isRemark(value, 50))
    default: return -1
  }
}
