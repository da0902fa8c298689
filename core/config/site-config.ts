import type { Registration } from '../charge-point/registration.ts'
import type { SecurityProfile } from '../charge-point/security.ts'
import type { GroupAddress } from '../knx/telegram.ts'

/** A site's configuration after defaults and checks; names are those of the file (docs/configuration.md). */
export interface SiteConfig {
  readonly site: { readonly name: string; /** IANA name, for times on the bus. */ readonly timeZone: string }
  readonly ocpp: {
    readonly port: number
    /** True: wss only; certificates are made on first start. */
    readonly secure: boolean
    /** Seconds until an unanswered CALL is given up; over 60 because real chargers answer at 60. */
    readonly callTimeout: number
    /** Seconds between WebSocket pings. */
    readonly pingInterval: number
    /** Least seconds between two changes of one charger's limit: each may wear its flash. */
    readonly limitInterval: number
    /** Seconds between meter values, for chargers that send none or too few. */
    readonly sampleInterval: number
  }
  readonly knx: {
    /** Host name or address (tunnelling), a multicast address (routing), `virtual`, or `none`. */
    readonly gateway: string
    readonly port: number
    /** True: behind NAT; the gateway answers to where the datagram came from. */
    readonly nat: boolean
    readonly telegramsPerSecond: number
    /** Minutes after which every value is sent again; 0 is never. */
    readonly cycle: number
  }
  readonly panel: {
    readonly port: number
    /** Address of this machine to listen on, or `none`; all of them unless told. */
    readonly address?: string
    /** Names by which it is opened, beside addresses and names of the local network. */
    readonly hosts?: readonly string[]
  }
  readonly tags: readonly TagConfig[]
  readonly chargers: readonly ChargerConfig[]
}

/** What is known about an RFID tag; compared without case. */
export interface TagConfig {
  readonly tag: string
  readonly name?: string
  readonly parent?: string
  readonly blocked?: boolean
  /** ISO 8601 instant after which the tag is Expired. */
  readonly expires?: string
}

export const timeTypes = ['DPT 10.001', 'DPT 19.001'] as const
export type TimeType = (typeof timeTypes)[number]

export const currentTypes = ['DPT 14.019', 'DPT 9.021', 'DPT 9.021 A'] as const
export type CurrentType = (typeof currentTypes)[number]

/** A charger is one connector of one Charge Point. */
export interface ChargerConfig {
  readonly name: string
  readonly identity: string
  readonly connector: number
  /** HTTP Basic password of the Charge Point. */
  readonly password?: string
  /** The least security profile it must come with (security whitepaper §2); absent: 1 with a password, 0 without. */
  readonly securityProfile?: SecurityProfile
  /** What its BootNotification is answered; absent: accepted. */
  readonly registration?: Registration
  /** A */
  readonly normalCurrent: number
  /** A */
  readonly fastCurrent: number
  /** A: the fuse before the charger; no more is ever asked for. */
  readonly fuseCurrent: number
  /** Phases the charger is connected to; turns amperes into watts for chargers that take no amperes. */
  readonly phases: 1 | 2 | 3
  /** What a stop does: end the transaction, pause it by a limit of 0 A, or what the charger has shown to work. */
  readonly stopBy: 'auto' | 'transaction' | 'limit'
  /** False: the charger's configuration keys are left as they are. */
  readonly setUp: boolean
  /** True: the charger keeps the tags that may start, so that it authorises while it is offline. */
  readonly localList: boolean
  readonly timeType: TimeType
  readonly currentType: CurrentType
  readonly startTags: readonly string[]
  readonly managedTags: readonly string[]
  readonly objects: { readonly [Name in ObjectName]?: ObjectAddresses }
}

/** The addresses of one group object, by flow. */
export interface ObjectAddresses {
  readonly send?: GroupAddress
  readonly receive?: GroupAddress
}

/** The group objects a charger can have, in the order in which people list them. */
export const objectNames = [
  'status', 'errorCode', 'charging', 'reservation', 'availability', 'unlock', 'transactionEnergy',
  'startTime', 'endTime', 'chargingCurrent', 'maxCurrent', 'reset',
  'currentL1', 'currentL2', 'currentL3', 'voltageL1', 'voltageL2', 'voltageL3', 'power', 'energyRegister',
  'sessionEnergy', 'sessionDuration', 'stateOfCharge',
] as const
export type ObjectName = (typeof objectNames)[number]
