import type { ChargerConfig, CurrentType, ObjectName, TimeType } from '../config/site-config.ts'
import type { DatapointTypeId } from './dpt/datapoint-type.ts'

/** Send: towards the bus, what is. Receive: from the bus, what someone wants. */
export type Flow = 'send' | 'receive'

/** What a group object is: its title and description for people, the flows it may have an address for, and its datapoint type. */
export interface GroupObject {
  readonly title: string
  readonly flows: readonly Flow[]
  /** `time` and `current` are as the charger's configuration says. */
  readonly datapoint: DatapointTypeId | 'time' | 'current'
  readonly description: string
}

/** The group objects of a charger; an object with both flows reports what is, whatever was received. */
export const groupObjects: { readonly [Name in ObjectName]: GroupObject } = {
  status: {
    title: 'Status', flows: ['send'], datapoint: '5.010',
    description: '0 Available, 1 Preparing, 2 Charging, 3 SuspendedEV, 4 SuspendedEVSE, 5 Finishing, 6 Reserved, 7 Unavailable, 8 Faulted',
  },
  errorCode: {
    title: 'Error code', flows: ['send'], datapoint: '5.010',
    description: '0 no error, 1 to 15 the error the charger reports',
  },
  charging: {
    title: 'Start / stop charging', flows: ['send', 'receive'], datapoint: '1.010',
    description: '1 starts and 0 stops; reports whether it charges',
  },
  reservation: {
    title: 'Reservation', flows: ['receive'], datapoint: '1.010',
    description: '1 reserves the charger, 0 frees it; while it is reserved no one else can charge',
  },
  availability: {
    title: 'Availability', flows: ['send', 'receive'], datapoint: '1.003',
    description: '1 makes available, 0 unavailable; reports whether it is available',
  },
  unlock: {
    title: 'Unlock connector', flows: ['receive'], datapoint: '1.003',
    description: '1 unlocks the connector',
  },
  transactionEnergy: {
    title: 'Transaction energy', flows: ['send'], datapoint: '13.010',
    description: 'Wh of the last transaction, when it ends',
  },
  startTime: {
    title: 'Start time', flows: ['send'], datapoint: 'time',
    description: 'local time when a transaction starts',
  },
  endTime: {
    title: 'End time', flows: ['send'], datapoint: 'time',
    description: 'local time when a transaction ends',
  },
  chargingCurrent: {
    title: 'Charging current', flows: ['send'], datapoint: 'current',
    description: 'actual current, when it changed by more than 0.2 A',
  },
  maxCurrent: {
    title: 'Maximum charging current', flows: ['send', 'receive'], datapoint: 'current',
    description: 'overrides the wanted limit until normal or fast is chosen; reports the limit in force',
  },
  reset: {
    title: 'Reset', flows: ['receive'], datapoint: '1.015',
    description: '1 asks the charger for a soft reset',
  },
  currentL1: {
    title: 'Current L1', flows: ['send'], datapoint: 'current',
    description: 'actual current of phase L1, when it changed by more than 0.2 A',
  },
  currentL2: {
    title: 'Current L2', flows: ['send'], datapoint: 'current',
    description: 'actual current of phase L2, when it changed by more than 0.2 A',
  },
  currentL3: {
    title: 'Current L3', flows: ['send'], datapoint: 'current',
    description: 'actual current of phase L3, when it changed by more than 0.2 A',
  },
  voltageL1: {
    title: 'Voltage L1', flows: ['send'], datapoint: '14.027',
    description: 'voltage of phase L1 to neutral, when it changed by more than 1 V',
  },
  voltageL2: {
    title: 'Voltage L2', flows: ['send'], datapoint: '14.027',
    description: 'voltage of phase L2 to neutral, when it changed by more than 1 V',
  },
  voltageL3: {
    title: 'Voltage L3', flows: ['send'], datapoint: '14.027',
    description: 'voltage of phase L3 to neutral, when it changed by more than 1 V',
  },
  power: {
    title: 'Power', flows: ['send'], datapoint: '14.056',
    description: 'actual power of all phases, when it changed by more than 50 W',
  },
  energyRegister: {
    title: 'Energy register', flows: ['send'], datapoint: '13.010',
    description: 'Wh on the meter of the charger',
  },
  sessionEnergy: {
    title: 'Session energy', flows: ['send'], datapoint: '13.010',
    description: 'Wh of the running transaction so far; after it, Wh of the last',
  },
  sessionDuration: {
    title: 'Session duration', flows: ['send'], datapoint: '7.006',
    description: 'minutes that the transaction has run; after it, minutes of the last',
  },
  stateOfCharge: {
    title: 'State of charge', flows: ['send'], datapoint: '5.001',
    description: 'of the battery of the car, where the charger knows it',
  },
}

const timeDatapoints: { readonly [Type in TimeType]: DatapointTypeId } = { 'DPT 10.001': '10.001', 'DPT 19.001': '19.001' }

const currentDatapoints: { readonly [Type in CurrentType]: DatapointTypeId } = {
  'DPT 14.019': '14.019', 'DPT 9.021': '9.021', 'DPT 9.021 A': '9.021 A',
}

/** The datapoint type of a group object of this charger. Times take local time, currents take amperes, whatever the type. */
export function datapointOf(name: ObjectName, charger: Pick<ChargerConfig, 'timeType' | 'currentType'>): DatapointTypeId {
  const { datapoint } = groupObjects[name]
  if (datapoint === 'time') return timeDatapoints[charger.timeType]
  return datapoint === 'current' ? currentDatapoints[charger.currentType] : datapoint
}
