import type { ConfirmationOf, RequestOf } from '../ocpp/actions.ts'
import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend, type ChargePoint } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import { observeBoot } from './errands.ts'

/** Seconds between heartbeats; pings watch the link, so this is only for the charger's clock. */
const heartbeatInterval = 300

/** Accepts a Charge Point (OCPP 1.6 §4.2); what it had accepted before may be forgotten by it, so it will be told again. */
export function bootNotification(
  before: ChargePoint,
  request: RequestOf<'BootNotification'>,
  turn: Turn,
): readonly [ChargePoint, ConfirmationOf<'BootNotification'>] {
  const chargePoint = observeBoot(before, turn)
  const serialNumber = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? ''
  const { chargePointVendor: vendor, chargePointModel: model, firmwareVersion = '' } = request
  note(turn, 'info', chargePoint.identity, 0, `boot: ${[vendor, model, firmwareVersion].filter((word) => word !== '').join(' ')}`)
  const booted = amend(chargePoint, {
    registered: true,
    profile: { vendor, model, serialNumber, firmwareVersion, configuration: chargePoint.profile.configuration, unsupported: [] },
    connectors: chargePoint.connectors.map(forgotten),
  })
  return [booted, { status: 'Accepted', currentTime: formatTimestamp(turn.at), interval: heartbeatInterval }]
}

function forgotten(connector: Connector): Connector {
  const { reservation } = connector
  return amendConnector(connector, {
    limit: { accepted: null, effective: null, rung: connector.limit.rung, failures: 0, restsUntil: connector.limit.restsUntil },
    availability: { accepted: null, restsUntil: 0 },
    reservation: reservation?.stage === 'held' ? { ...reservation, stage: 'wanted' } : reservation,
  })
}
