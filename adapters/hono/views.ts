import { allMembers, capabilityReport, type ChargePoint, type Instant, type Site, type Stranger, type Telegram, type TransactionRecord } from '../../core/index.ts'
import { commandsOf, describeCharger, tagName } from '../../core/charge-point/view.ts'
import { readTelegram, type AddressBook } from '../../core/knx/address-book.ts'
import { formatGroupAddress } from '../../core/knx/group-address.ts'
import type { SitePort } from './port.ts'
import type { Charger, ChargePointDetail, ChargePointView } from './schemas/charger.ts'
import type { Attempt, SiteView, TelegramView } from './schemas/diagnosis.ts'
import type { Session } from './schemas/session.ts'

export function viewSite(port: Pick<SitePort, 'site' | 'now' | 'since' | 'version'>): SiteView {
  const { config, bus, population } = port.site()
  return {
    name: config?.site.name ?? '',
    timeZone: config?.site.timeZone ?? 'UTC',
    version: port.version,
    now: port.now(),
    since: port.since,
    bus: { gateway: config?.knx.gateway ?? 'none', up: bus.up },
    ocpp: { port: config?.ocpp.port ?? 0, secure: config?.ocpp.secure ?? false },
    chargers: config?.chargers.length ?? 0,
    connected: allMembers(population).filter(({ link }) => link).length,
  }
}

/** The configured connectors of a Charge Point. */
export function viewChargersOf(chargePoint: ChargePoint, at: Instant, { rules }: Site): readonly Charger[] {
  return chargePoint.connectors.flatMap((connector) => describeCharger(chargePoint, connector, at, rules) ?? [])
}

export function viewChargePoint({ identity, link, heardAt, offlineSince, registered, profile, connectors }: ChargePoint): ChargePointView {
  const { vendor, model, serialNumber, firmwareVersion, unsupported } = profile
  return {
    identity, offlineSince, registered,
    link: link && { remote: link.remote, since: link.since, heardAt },
    profile: { vendor, model, serialNumber, firmwareVersion, unsupported },
    connectors: connectors.map(({ id, charger, report }) => ({ id, name: charger?.name ?? null, status: report.status, errorCode: report.errorCode })),
  }
}

export function viewChargePointDetail(chargePoint: ChargePoint): ChargePointDetail {
  const { link, profile, pending, connectors, security, notifications } = chargePoint
  return {
    ...viewChargePoint(chargePoint),
    configuration: profile.configuration,
    pending: pending && { action: pending.action, expiresAt: pending.expiresAt },
    commands: [0, ...connectors.map(({ id }) => id)].flatMap((id) => commandsOf(chargePoint, id)),
    capabilities: { ...capabilityReport(chargePoint) },
    securityProfile: link?.securityProfile ?? null,
    certificate: security.certificate,
    ...notifications,
  }
}

export function viewSession(record: TransactionRecord, { config, rules }: Site): Session {
  const { id, identity, connector, idTag, startedAt, endedAt, energy, meterStart, meterStop, reason } = record
  const charger = config?.chargers.find((one) => one.identity === identity && one.connector === connector)
  return {
    id, identity, connector, startedAt, endedAt, energy, meterStart, meterStop, reason,
    charger: charger?.name ?? null,
    tag: idTag,
    tagName: tagName(idTag, rules),
    state: endedAt === null ? 'running' : reason === 'Lost' ? 'lost' : 'ended',
  }
}

/** Someone who was turned away: what is wrong, and what to do, which our reasons say after a colon. */
export function viewAttempt({ identity, remote, reason, firstAt, lastAt, attempts }: Stranger): Attempt {
  const colon = reason.indexOf(': ')
  const [what, remedy] = colon === -1 ? [reason, ''] : [reason.slice(0, colon), reason.slice(colon + 2)]
  return { identity, remote, reason: what, remedy, addable: identity !== '' && what === 'unknown identity', firstAt, lastAt, attempts }
}

export function viewTelegram(telegram: Telegram, book: AddressBook): Omit<TelegramView, 'at' | 'from'> {
  return { service: telegram.service, address: formatGroupAddress(telegram.address), ...readTelegram(telegram, book) }
}
