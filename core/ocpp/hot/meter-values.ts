import type { RequestOf } from '../actions.ts'
import type { Fields } from '../fields.ts'
import { isMeterValues } from './meter-value.ts'
import { isConnectorId, isInteger, isPlain, isRequired, mayBe, type Verdict } from './plain.ts'

/** Whether a payload is a MeterValues.req to the letter of the standard. */
export function isPlainMeterValues(payload: Fields): payload is RequestOf<'MeterValues'> {
  return isPlain(payload, 2, judge)
}

function judge(name: string, value: unknown): Verdict {
  switch (name) {
    case 'connectorId': return isRequired(isConnectorId(value))
    case 'transactionId': return mayBe(isInteger(value))
    case 'meterValue': return isRequired(isMeterValues(value))
    default: return -1
  }
}
