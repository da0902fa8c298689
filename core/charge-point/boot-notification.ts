import type { ConfirmationOf, RequestOf } from '../ocpp/actions.ts'
import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import { bootQuestion } from './discovery.ts'
import { observeBoot } from './errands.ts'
import { registrationOf, registrations } from './registration.ts'

/** Answers a boot as the configuration wants (OCPP 1.6 §4.2); what it had accepted before may be forgotten by it, so it will be told again. */
export function bootNotification(
  before: ChargePoint,
  request: RequestOf<'BootNotification'>,
  turn: Turn,
): readonly [ChargePoint, ConfirmationOf<'BootNotification'>] {
  const chargePoint = observeBoot(before, turn)
  const serialNumber = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? ''
  const { chargePointVendor: vendor, chargePointModel: model, firmwareVersion = '' } = request
  note(turn, 'info', chargePoint.identity, 0, `boot: ${[vendor, model, firmwareVersion].filter((word) => word !== '').join(' ')}`)
  const registration = registrationOf(chargePoint)
  const { status, interval } = registrations[registration]
  if (status !== 'Accepted') note(turn, 'warning', chargePoint.identity, 0, `the boot is answered ${status}: registration is ${registration} in the configuration`)
  const booted = amend(chargePoint, {
    link: chargePoint.link && { ...chargePoint.link, asked: chargePoint.link.asked.filter((key) => key !== bootQuestion) },
    registered: status === 'Accepted',
    withheld: status === 'Accepted' ? null : status,
    profile: { vendor, model, serialNumber, firmwareVersion, configuration: chargePoint.profile.configuration, unsupported: [] },
    connectors: chargePoint.connectors.map(forgotten),
  })
  return [booted, { status, currentTime: formatTimestamp(turn.at), interval }]
}

function forgotten(connector: Connector): Connector {
  const { reservation } = connector
  return amendConnector(connector, {
    limit: { accepted: null, effective: null, rung: connector.limit.rung, failures: 0, restsUntil: connector.limit.restsUntil },
    availability: { accepted: null, restsUntil: 0 },
    reservation: reservation?.stage === 'held' ? { ...reservation, stage: 'wanted' } : reservation,
  })
}
