import type { Payload } from '../telegram.ts'
import type { Codec, DatapointValue, DateTime, TimeOfDay } from './codec.ts'
import { bit } from './dpt-1.ts'
import { percent, unsigned8 } from './dpt-5.ts'
import { unsigned16 } from './dpt-7.ts'
import { float16, milliamperes } from './dpt-9.ts'
import { timeOfDay } from './dpt-10.ts'
import { unsigned32 } from './dpt-12.ts'
import { signed32 } from './dpt-13.ts'
import { float32 } from './dpt-14.ts'
import { latin1 } from './dpt-16.ts'
import { dateTime } from './dpt-19.ts'

/** A datapoint type: its name in ETS, how values travel, and the unit (here, not on the bus) or the words in which people read them. */
export interface DatapointType {
  readonly ets: string
  readonly codec: Codec<DatapointValue>
  readonly unit?: string
  readonly words?: readonly [zero: string, one: string]
}

/** The datapoint types by their number; `9.021 A` is no type of the standard but 9.021 misused for plain amperes, which some expect. */
export const datapointTypes = {
  '1.001': { ets: 'DPST-1-1', codec: bit, words: ['off', 'on'] },
  '1.002': { ets: 'DPST-1-2', codec: bit, words: ['false', 'true'] },
  '1.003': { ets: 'DPST-1-3', codec: bit, words: ['disable', 'enable'] },
  '1.005': { ets: 'DPST-1-5', codec: bit, words: ['no alarm', 'alarm'] },
  '1.010': { ets: 'DPST-1-10', codec: bit, words: ['stop', 'start'] },
  '1.015': { ets: 'DPST-1-15', codec: bit, words: ['no action', 'reset'] },
  '5.001': { ets: 'DPST-5-1', codec: percent, unit: '%' },
  '5.010': { ets: 'DPST-5-10', codec: unsigned8 },
  '7.006': { ets: 'DPST-7-6', codec: unsigned16, unit: 'min' },
  '7.012': { ets: 'DPST-7-12', codec: unsigned16, unit: 'mA' },
  '9.021': { ets: 'DPST-9-21', codec: milliamperes, unit: 'A' },
  '9.021 A': { ets: 'DPST-9-21', codec: float16, unit: 'A' },
  '10.001': { ets: 'DPST-10-1', codec: timeOfDay },
  '12.001': { ets: 'DPST-12-1', codec: unsigned32 },
  '13.010': { ets: 'DPST-13-10', codec: signed32, unit: 'Wh' },
  '13.013': { ets: 'DPST-13-13', codec: signed32, unit: 'kWh' },
  '14.019': { ets: 'DPST-14-19', codec: float32, unit: 'A' },
  '14.027': { ets: 'DPST-14-27', codec: float32, unit: 'V' },
  '14.033': { ets: 'DPST-14-33', codec: float32, unit: 'Hz' },
  '14.056': { ets: 'DPST-14-56', codec: float32, unit: 'W' },
  '16.001': { ets: 'DPST-16-1', codec: latin1 },
  '19.001': { ets: 'DPST-19-1', codec: dateTime },
} as const satisfies Readonly<Record<string, DatapointType>>

export type DatapointTypeId = keyof typeof datapointTypes

/** Whether this is the number of a datapoint type known here. */
export function isDatapointTypeId(id: string): id is DatapointTypeId {
  return Object.hasOwn(datapointTypes, id)
}

/** A value as people read it: `16 A`, `start`, `Sunday 07:30:15`. */
export function formatValue(id: DatapointTypeId, value: DatapointValue): string {
  const { unit, words }: DatapointType = datapointTypes[id]
  if (typeof value === 'boolean') return words?.[Number(value)] ?? String(value)
  if (typeof value === 'object') return formatTime(value)
  const text = typeof value === 'number' ? formatNumber(value) : value
  return unit === undefined ? text : `${text} ${unit}`
}

/** A payload as people read it, or the reason why it cannot be read. */
export function formatPayload(id: DatapointTypeId, payload: Payload): string {
  const value = datapointTypes[id].codec.decode(payload)
  return value.ok ? formatValue(id, value.value) : value.reason
}

// Single precision carries seven digits: 13.8 comes back as 13.800000190734863.
function formatNumber(number: number): string {
  return String(Number.isInteger(number) ? number : Number(number.toPrecision(7)))
}

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

function formatTime(time: TimeOfDay | DateTime): string {
  const date = 'year' in time ? `${time.year}-${twoDigits(time.month)}-${twoDigits(time.day)}` : ''
  const clock = [time.hour, time.minute, time.second].map(twoDigits).join(':')
  return [weekdays[time.weekday] ?? '', date, clock].filter((part) => part !== '').join(' ')
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
