import type { RequestOf } from '../actions.ts'
import type { Fields } from '../fields.ts'
import { stopReasons } from '../words.ts'
import { isMeterValues } from './meter-value.ts'
import { isConnectorId, isInteger, isPlain, isRequired, isText, isTimestamp, mayBe, type Verdict } from './plain.ts'

const knownReasons = new Set<unknown>(stopReasons)

/** Whether a payload is an Authorize.req to the letter of the standard. */
export function isPlainAuthorize(payload: Fields): payload is RequestOf<'Authorize'> {
  return isPlain(payload, 1, judgeAuthorize)
}

function judgeAuthorize(name: string, value: unknown): Verdict {
  return name === 'idTag' ? isRequired(isText(value, 20)) : -1
}

/** Whether a payload is a StartTransaction.req to the letter of the standard. */
export function isPlainStartTransaction(payload: Fields): payload is RequestOf<'StartTransaction'> {
  return isPlain(payload, 4, judgeStart)
}

function judgeStart(name: string, value: unknown): Verdict {
  switch (name) {
    case 'connectorId': return isRequired(isConnectorId(value))
    case 'idTag': return isRequired(isText(value, 20))
    case 'meterStart': return isRequired(isInteger(value))
    case 'timestamp': return isRequired(isTimestamp(value))
    case 'reservationId': return mayBe(isInteger(value))
    default: return -1
  }
}

/** Whether a payload is a StopTransaction.req to the letter of the standard. */
export function isPlainStopTransaction(payload: Fields): payload is RequestOf<'StopTransaction'> {
  return isPlain(payload, 3, judgeStop)
}

function judgeStop(name: string, value: unknown): Verdict {
  switch (name) {
    case 'transactionId': return isRequired(isInteger(value))
    case 'meterStop': return isRequired(isInteger(value))
    case 'timestamp': return isRequired(isTimestamp(value))
    case 'idTag': return mayBe(isText(value, 20))
    case 'reason': return mayBe(knownReasons.has(value))
    case 'transactionData': return mayBe(isMeterValues(value))
    default: return -1
  }
}
