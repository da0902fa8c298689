import type { Turn } from '../site/turn.ts'
import { ownIdTag, type ChargePoint } from './charge-point.ts'
import type { Connector } from './connector.ts'

/** The verdict on an idTag, as it goes into idTagInfo (OCPP 1.6 §7.27). */
export interface IdTagInfo {
  readonly status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid'
  readonly parentIdTag?: string
  readonly expiryDate?: string
}

const invalid: IdTagInfo = { status: 'Invalid' }

/** May this tag charge on any connector of the Charge Point? (OCPP 1.6 §4.1) */
export function judge(chargePoint: ChargePoint, idTag: string, turn: Turn): IdTagInfo {
  let verdict = invalid
  for (const connector of chargePoint.connectors) {
    const here = judgeAt(chargePoint, connector, idTag, turn)
    if (here.status === 'Accepted') return here
    if (verdict === invalid) verdict = here
  }
  return verdict
}

/** May this tag charge on this connector? Blocked and expired tags may not, even where every tag may. */
export function judgeAt(chargePoint: ChargePoint, connector: Connector, idTag: string, turn: Turn): IdTagInfo {
  const tag = idTag.toUpperCase()
  const known = Object.hasOwn(turn.rules.tags, tag) ? turn.rules.tags[tag] : undefined
  if (known?.blocked) return { status: 'Blocked' }
  if (known?.expires !== undefined && Date.parse(known.expires) <= turn.at) return { status: 'Expired' }
  const parent = known?.parent
  // A connector that nobody has configured is judged as the others of its Charge Point.
  const judges = connector.charger ? [connector] : chargePoint.connectors
  const listed = judges.some((one) => isListed(one, tag) || (parent !== undefined && isListed(one, parent.toUpperCase())))
  if (!listed && !(tag === remoteIdTag(chargePoint).toUpperCase() && mayStartRemotely(chargePoint, connector))) return invalid
  return {
    status: 'Accepted',
    ...(parent !== undefined && { parentIdTag: parent }),
    ...(known?.expires !== undefined && { expiryDate: known.expires }),
  }
}

function isListed(connector: Connector, tag: string): boolean {
  const { charger } = connector
  return charger !== null && (isAmong(charger.startTags, tag) || isAmong(charger.managedTags, tag))
}

function isAmong(tags: readonly string[], tag: string): boolean {
  return tags.some((entry) => entry === '*' || entry.toUpperCase() === tag)
}

/**
 * The bridge's own tag is in nobody's hands, and its start may come out of a queue long after; a tag that the charger lends us, because it
 * takes no other, counts only while a start of ours is under way or has led to the running transaction.
 */
function mayStartRemotely(chargePoint: ChargePoint, connector: Connector): boolean {
  const own = remoteIdTag(chargePoint)
  return (
    own === ownIdTag ||
    connector.transaction?.idTag === own ||
    chargePoint.errands.some((errand) => errand.connector === connector.id && errand.order.type === 'start' && errand.stage !== 'queued')
  )
}

/** The tag of our remote starts: some chargers take no other than the one they are set to for plug and charge. */
export function remoteIdTag(chargePoint: ChargePoint): string {
  const { configuration } = chargePoint.profile
  const own = Object.hasOwn(configuration, 'PlugAndChargeIdentifier') ? configuration['PlugAndChargeIdentifier'] : undefined
  return own === undefined || own === '' || own.length > 20 ? ownIdTag : own
}
