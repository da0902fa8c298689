import type { Mode, Source } from '../site/command.ts'
import type { Instant } from '../site/event.ts'
import type { Rules } from '../site/turn.ts'
import type { ChargePoint } from './charge-point.ts'
import { statuses, type Connector, type Reservation, type Status } from './connector.ts'
import { describeLimit, type LimitView } from './limit-view.ts'
import { truthOf } from './project.ts'
import type { EndedTransaction } from './transaction.ts'

/** Everything people are shown of a charger; null where it is not known. Currents in A, power in W, energy in Wh. */
export interface ChargerView {
  readonly name: string
  readonly identity: string
  readonly connector: number
  readonly connected: boolean
  readonly heardAt: Instant | null
  readonly status: Status | null
  readonly error: { readonly code: string; readonly info: string; readonly vendorCode: string } | null
  readonly charging: boolean | null
  readonly current: number | null
  readonly power: number | null
  readonly session: SessionView | null
  readonly last: EndedTransaction | null
  readonly mode: Mode
  readonly limit: LimitView
  readonly availability: { readonly wanted: boolean | null; readonly accepted: boolean | null }
  readonly reservation: { readonly tag: string; readonly stage: Reservation['stage']; readonly until: Instant | null } | null
  readonly commands: readonly CommandUnderWay[]
}

/** A transaction that runs; its energy is null while no meter value of it was heard. */
export interface SessionView {
  readonly id: number
  readonly startedAt: Instant
  readonly tag: string
  readonly tagName: string | null
  readonly energy: number | null
}

/** A command that has not ended yet. */
export interface CommandUnderWay {
  readonly id: string
  readonly source: Source
  readonly order: string
  readonly stage: string
  readonly expiresAt: Instant
}

/** A charger as people are shown it; undefined for a connector that is not configured. It agrees with what the bus is told. */
export function describeCharger(chargePoint: ChargePoint, connector: Connector, at: Instant, rules: Rules): ChargerView | undefined {
  const { identity, link } = chargePoint
  const { charger, report, meter, last, wanted, availability, reservation } = connector
  if (!charger) return undefined
  const truth = (name: 'status' | 'charging' | 'chargingCurrent') => truthOf(name, chargePoint, connector, at)?.value
  const status = truth('status')
  const charging = truth('charging')
  return {
    name: charger.name,
    identity,
    connector: connector.id,
    connected: link !== null,
    heardAt: link && chargePoint.heardAt,
    status: (status === undefined ? undefined : statuses[status]) ?? null,
    error: report.errorCode === 'NoError' ? null : { code: report.errorCode, info: report.info, vendorCode: report.vendorErrorCode },
    charging: charging === undefined ? null : charging === 1,
    current: truth('chargingCurrent') ?? null,
    power: link && meter.at >= link.since ? meter.power : null,
    session: sessionOf(connector, rules),
    last: last && { id: last.id, startedAt: last.startedAt, endedAt: last.endedAt, energy: last.energy },
    mode: wanted.mode,
    limit: describeLimit(chargePoint, connector, charger, at, rules),
    availability: { wanted: wanted.operative, accepted: availability.accepted },
    reservation: reservation && { tag: reservation.idTag, stage: reservation.stage, until: reservation.stage === 'held' ? reservation.expiresAt : null },
    commands: commandsOf(chargePoint, connector.id),
  }
}

/** What is said of a tag beside its number. */
export function tagName(tag: string, { tags }: Pick<Rules, 'tags'>): string | null {
  const key = tag.toUpperCase()
  return (Object.hasOwn(tags, key) ? tags[key]?.name : undefined) ?? null
}

/** The commands under way on one connector; 0 is the Charge Point itself. */
export function commandsOf({ errands }: ChargePoint, connector: number): readonly CommandUnderWay[] {
  return errands
    .filter((errand) => errand.connector === connector && errand.stage !== 'calledOff')
    .map(({ command, source, order, stage, expiresAt }) => ({ id: command, source, order: order.type, stage, expiresAt }))
}

function sessionOf({ transaction, meter }: Connector, rules: Rules): SessionView | null {
  if (!transaction) return null
  const { id, startedAt, idTag, meterStart } = transaction
  const energy = meter.register !== null && meter.register >= meterStart ? meter.register - meterStart : null
  return { id, startedAt, tag: idTag, tagName: tagName(idTag, rules), energy }
}
