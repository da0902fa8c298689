import type { ConfirmationOf, RequestOf } from '../ocpp/actions.ts'
import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint, Link } from './charge-point.ts'
import { amendConnector, unlimited, type Connector } from './connector.ts'
import { bootQuestion } from './discovery.ts'
import { observeBoot } from './errands.ts'
import { unknownProfile } from './profile.ts'
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
  // With another firmware it is another charger: nothing that was learnt of it need be so any more.
  const isSame = isSameCharger(chargePoint.profile, { vendor, model, firmwareVersion })
  const known = isSame ? chargePoint.profile : unknownProfile
  note(turn, 'info', chargePoint.identity, 0, `boot: ${[vendor, model, firmwareVersion].filter((word) => word !== '').join(' ')}`)
  const registration = registrationOf(chargePoint)
  const { status, interval } = registrations[registration]
  if (status !== 'Accepted') note(turn, 'warning', chargePoint.identity, 0, `the boot is answered ${status}: registration is ${registration} in the configuration`)
  const booted = amend(chargePoint, {
    link: chargePoint.link && askedAfterBoot(chargePoint.link, isSame),
    registered: status === 'Accepted',
    withheld: status === 'Accepted' ? null : status,
    profile: introduced(known, { vendor, model, serialNumber, firmwareVersion }),
    connectors: chargePoint.connectors.map((connector) => forgotten(connector, isSame)),
  })
  return [booted, { status, currentTime: formatTimestamp(turn.at), interval }]
}

/** Another charger is asked everything anew; the same one may be asked for its boot again. */
function askedAfterBoot(link: Link, isSame: boolean): Link {
  if (!isSame) return { ...link, asked: [], keysDue: [] }
  return link.asked.includes(bootQuestion) ? { ...link, asked: link.asked.filter((key) => key !== bootQuestion) } : link
}

type Introduction = Pick<ChargePoint['profile'], 'vendor' | 'model' | 'serialNumber' | 'firmwareVersion'>

/** What it says of itself; the restart that it may have been waiting for is over. */
function introduced(known: ChargePoint['profile'], said: Introduction): ChargePoint['profile'] {
  const isNews = known.vendor !== said.vendor || known.model !== said.model || known.serialNumber !== said.serialNumber || known.firmwareVersion !== said.firmwareVersion
  return isNews || known.setUp.rebootDue ? { ...known, ...said, setUp: { ...known.setUp, rebootDue: false } } : known
}

function isSameCharger(known: ChargePoint['profile'], said: Omit<Introduction, 'serialNumber'>): boolean {
  const isFirst = known.vendor === '' && known.model === '' && known.firmwareVersion === ''
  return isFirst || (known.vendor === said.vendor && known.model === said.model && known.firmwareVersion === said.firmwareVersion)
}

function forgotten(connector: Connector, isSame: boolean): Connector {
  const { reservation } = connector
  return amendConnector(connector, {
    limit: isSame
      ? { ...unlimited, rung: connector.limit.rung, restsUntil: connector.limit.restsUntil, ignored: connector.limit.ignored, hopeless: connector.limit.hopeless }
      : { ...unlimited, restsUntil: connector.limit.restsUntil },
    availability: { accepted: null, restsUntil: 0 },
    reservation: reservation?.stage === 'held' ? { ...reservation, stage: 'wanted' } : reservation,
  })
}
