import { map, ok, refuse, type Result } from '../../result.ts'
import { octets, within, type Codec, type DatapointValue, type TimeOfDay } from './codec.ts'

/** DPT 10.001: weekday, hour, minute and second in three octets; 23:59:59 is the last (KNX 03.07.02). */
export const timeOfDay: Codec<TimeOfDay> = {
  encode: (value) => map(check(value), ({ weekday, hour, minute, second }) => ({ bytes: [(weekday << 5) | hour, minute, second] })),
  decode(payload) {
    const bytes = octets(payload, 3)
    if (!bytes.ok) return bytes
    const [hours = 0, minute = 0, second = 0] = bytes.value
    return check({ weekday: hours >> 5, hour: hours & 31, minute, second })
  },
}

function check(value: DatapointValue): Result<TimeOfDay> {
  return isTimeOfDay(value) ? ok(value) : refuse('a weekday from 0 to 7 and a time from 00:00:00 to 23:59:59 are expected')
}

function isTimeOfDay(value: DatapointValue): value is TimeOfDay {
  return typeof value === 'object' && within(value.weekday, 0, 7) && within(value.hour, 0, 23)
    && within(value.minute, 0, 59) && within(value.second, 0, 59)
}
