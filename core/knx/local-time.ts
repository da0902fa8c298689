/** Civil time as clocks in a time zone show it. */
export interface LocalTime {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  /** 1 to 31 */
  readonly day: number
  /** 1 Monday … 7 Sunday */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** True while clocks are ahead of the zone's standard time. */
  readonly summer: boolean
}

// Making a formatter takes twenty times as long as using it. Only the zone's name goes in, so no answer depends on what was asked
// before; only zones that exist are kept, and only a configuration names zones, so it stays small.
const clocks = new Map<string, Intl.DateTimeFormat>()
const utc = makeClock('UTC')

/** The civil time at `at` (ms since the epoch, held within 1970 to 9999) in an IANA time zone; an unknown zone counts as UTC. */
export function localTime(at: number, timeZone: string): LocalTime {
  const clock = clockOf(timeZone) ?? utc
  const instant = Math.min(Math.max(Math.floor(at / 1000) * 1000 || 0, 0), Date.UTC(9999, 11, 30))
  const offset = offsetMs(instant, clock)
  const civil = new Date(instant + offset)
  return {
    year: civil.getUTCFullYear(),
    month: civil.getUTCMonth() + 1,
    day: civil.getUTCDate(),
    weekday: civil.getUTCDay() || 7,
    hour: civil.getUTCHours(),
    minute: civil.getUTCMinutes(),
    second: civil.getUTCSeconds(),
    summer: offset > standardOffsetMs(civil.getUTCFullYear(), clock),
  }
}

/** The instant at which clocks in a time zone show what `civil` (ms since the epoch, as if in UTC) says; of two the earlier, roughly. */
export function instantFromLocal(civil: number, timeZone: string): number {
  const clock = clockOf(timeZone) ?? utc
  const held = Math.min(Math.max(civil, 0), Date.UTC(9999, 11, 30))
  const near = held - offsetMs(Math.floor(held / 1000) * 1000, clock)
  return civil - offsetMs(Math.floor(near / 1000) * 1000, clock)
}

/** Whether this names an IANA time zone, compared without case. */
export function isTimeZone(name: string): boolean {
  return clockOf(name) !== undefined
}

// Standard time is the lesser of January and July. So the southern half of the world has its summer around New Year; and Ireland,
// whose law calls summer the standard and winter the exception, has it when its people do.
function standardOffsetMs(year: number, clock: Intl.DateTimeFormat): number {
  return Math.min(offsetMs(Date.UTC(year, 0), clock), offsetMs(Date.UTC(year, 6), clock))
}

/** How far local clocks are ahead of UTC, at a whole second. */
function offsetMs(instant: number, clock: Intl.DateTimeFormat): number {
  const shown = new Map(clock.formatToParts(instant).map((part) => [part.type, Number(part.value)]))
  const field = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0
  return Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'), field('second')) - instant
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(timeZone)
  if (known) return known
  try {
    const clock = makeClock(timeZone)
    clocks.set(timeZone, clock)
    return clock
  } catch {
    return undefined
  }
}

/** Throws a RangeError for a zone that does not exist. */
function makeClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
}
