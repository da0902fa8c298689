import type { Status } from './connector.ts'

/** What a start or stop comes to in each state of the connector. */
export type Reaction =
  /** RemoteStartTransaction. */
  | 'remoteStart'
  /** A transaction runs already and the charger holds it back: give it the limit again. */
  | 'restoreLimit'
  /** A transaction runs already and the car holds back: it decides. */
  | 'leaveToCar'
  /** End the transaction, or hold it at 0 A. */
  | 'end'
  /** Call off a start that is under way. */
  | 'disarm'
  /** End a transaction if one still runs. */
  | 'endRemains'
  | 'nothing'
  | 'refuse'

type StateOfConnector = Status | 'Unknown'

/** Commands in each state; a connector that was never heard of is tried like one that is prepared. */
export const reactions: { readonly [Order in 'start' | 'stop']: { readonly [State in StateOfConnector]: Reaction } } = {
  start: {
    Unknown: 'remoteStart',
    Available: 'remoteStart',
    Preparing: 'remoteStart',
    Charging: 'nothing',
    SuspendedEV: 'leaveToCar',
    SuspendedEVSE: 'restoreLimit',
    Finishing: 'remoteStart',
    Reserved: 'remoteStart',
    Unavailable: 'refuse',
    Faulted: 'refuse',
  },
  stop: {
    Unknown: 'disarm',
    Available: 'disarm',
    Preparing: 'disarm',
    Charging: 'end',
    SuspendedEV: 'end',
    SuspendedEVSE: 'end',
    Finishing: 'endRemains',
    Reserved: 'endRemains',
    Unavailable: 'endRemains',
    Faulted: 'endRemains',
  },
}

/** Why a start is refused, or what to do when the charger refuses it. */
export const startRefusals: { readonly [State in StateOfConnector]: string } = {
  Unknown: 'the charger rejected the start',
  Available: 'the charger rejected the start; plug in the car and try again',
  Preparing: 'the charger rejected the start twice',
  Charging: 'it charges already',
  SuspendedEV: 'the car does not ask for current',
  SuspendedEVSE: 'the charger holds back',
  Finishing: 'the charger wants the cable unplugged and plugged in again first',
  Reserved: 'the charger is reserved; free the reservation, or start with the tag it is reserved for',
  Unavailable: 'the charger is set to unavailable; make it available first',
  Faulted: 'the charger reports a fault; clear it, or reset the charger',
}
