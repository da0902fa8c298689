import { map, ok, refuse, type Result } from '../../result.ts'
import { octets, within, type Codec, type DatapointValue, type DateTime } from './codec.ts'

/** The flags in octet 7. */
const flag = {
  fault: 0x80, workingDay: 0x40, noWorkingDay: 0x20, noYear: 0x10, noDate: 0x08, noWeekday: 0x04, noTime: 0x02, summer: 0x01,
}
/** The flag in octet 8. */
const synchronised = 0x80

/** DPT 19.001: date and time from 1900 to 2155 in eight octets; a fault or a missing part is refused (KNX 03.07.02). */
export const dateTime: Codec<DateTime> = {
  encode: (value) => map(check(value), (time) => ({
    bytes: [
      time.year - 1900, time.month, time.day, (time.weekday << 5) | time.hour, time.minute, time.second,
      flagsOf(time), time.synchronised ? synchronised : 0,
    ],
  })),
  decode(payload) {
    const bytes = octets(payload, 8)
    if (!bytes.ok) return bytes
    const [year = 0, month = 0, day = 0, hours = 0, minute = 0, second = 0, flags = 0, quality = 0] = bytes.value
    if (flags & flag.fault) return refuse('the sending clock reports a fault')
    if (flags & (flag.noYear | flag.noDate | flag.noTime)) return refuse('the sending clock does not know the whole date and time')
    return check({
      year: 1900 + year, month, day, weekday: flags & flag.noWeekday ? 0 : hours >> 5, hour: hours & 31, minute, second,
      summer: (flags & flag.summer) !== 0,
      ...(flags & flag.noWorkingDay ? {} : { workingDay: (flags & flag.workingDay) !== 0 }),
      synchronised: (quality & synchronised) !== 0,
    })
  },
}

function flagsOf({ workingDay, weekday, summer }: DateTime): number {
  const working = workingDay === undefined ? flag.noWorkingDay : workingDay ? flag.workingDay : 0
  return working | (weekday === 0 ? flag.noWeekday : 0) | (summer ? flag.summer : 0)
}

function check(value: DatapointValue): Result<DateTime> {
  return isDateTime(value) ? ok(value) : refuse('a date that exists from 1900 to 2155 and a time up to 24:00:00 are expected')
}

function isDateTime(value: DatapointValue): value is DateTime {
  if (typeof value !== 'object' || !('year' in value)) return false
  const { year, month, day, weekday, hour, minute, second } = value
  return within(year, 1900, 2155) && within(month, 1, 12) && within(day, 1, daysIn(year, month)) && within(weekday, 0, 7)
    && ((within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 59)) || (hour === 24 && minute === 0 && second === 0))
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
