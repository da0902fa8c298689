import type { RequestOf } from '../actions.ts'
import type { Fields } from '../fields.ts'
import { isPlain, isRequired, isText, mayBe, type Verdict } from './plain.ts'

/** Whether a payload is a BootNotification.req to the letter of the standard. */
export function isPlainBootNotification(payload: Fields): payload is RequestOf<'BootNotification'> {
  return isPlain(payload, 2, judge)
}

function judge(name: string, value: unknown): Verdict {
  switch (name) {
    case 'chargePointVendor':
    case 'chargePointModel': return isRequired(isText(value, 20))
    case 'iccid':
    case 'imsi': return mayBe(isText(value, 20))
    case 'chargePointSerialNumber':
    case 'chargeBoxSerialNumber':
    case 'meterType':
    case 'meterSerialNumber': return mayBe(isText(value, 25))
    case 'firmwareVersion': return mayBe(isText(value, 50))
    default: return -1
  }
}
