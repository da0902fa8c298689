import type { Turn } from '../site/turn.ts'
import { availabilityCall, settleAvailability } from './availability.ts'
import { call, launch, type Call } from './calls.ts'
import { amend } from './amend.ts'
import { findConnector, withConnector, type ChargePoint, type PendingCall, type Purpose } from './charge-point.ts'
import { amendConnector, type Connector } from './connector.ts'
import { discoveryCall, meterCall, settleConfiguration, settleTrigger } from './discovery.ts'
import { errandCall, settleErrand, watchErrands } from './errands.ts'
import { tellAccepted, tellSent } from './levels.ts'
import { limitCall, settleLimit } from './limit.ts'
import { readBackCall, settleReadBack } from './limit-in-force.ts'
import { localListCall, settleList, settleListVersion } from './local-list.ts'
import { withSupported, withUnsupported, type Outcome } from './outcome.ts'
import { isAccepted, isPending } from './registration.ts'
import { reservationCall, settleFree, settleReserve } from './reservation.ts'
import { discreet, propose, settleChange } from './security-changes.ts'
import { rebootCall, settleSetting, setUpCall } from './set-up.ts'
import { certificateCall, settleCertificate } from './signing.ts'

/** A rule names the CALL it wants, with the Charge Point as it is once that is sent; or nothing. */
type Rule = (chargePoint: ChargePoint, turn: Turn) => readonly [ChargePoint, Call] | undefined
type ConnectorRule = (chargePoint: ChargePoint, connector: Connector, turn: Turn) => readonly [ChargePoint, Call] | undefined

/** In the order of urgency; one CALL is in flight at a time, so the first that wants one gets it (OCPP-J 1.6 §4.1.1). */
const rules: readonly Rule[] = [
  errandCall,
  certificateCall,
  onConnectors(endCall),
  onConnectors(availabilityCall),
  onConnectors(reservationCall),
  discoveryCall,
  onConnectors(limitCall),
  onConnectors(meterCall),
  setUpCall,
  localListCall,
  onConnectors(readBackCall),
  rebootCall,
]

/** What may be sent to a Charge Point that is set up before it is accepted (OCPP 1.6 §4.2). */
const pendingRules: readonly Rule[] = [errandCall, certificateCall, discoveryCall]

/** Until its boot was answered as it should be, a Charge Point is asked for nothing but that. */
const bootRules: readonly Rule[] = [discoveryCall]

function rulesFor(chargePoint: ChargePoint): readonly Rule[] {
  if (isAccepted(chargePoint)) return rules
  return isPending(chargePoint) ? pendingRules : bootRules
}

/** Compares what is wanted with what the charger has accepted, and sends the most urgent difference. */
export function reconcile(before: ChargePoint, turn: Turn): ChargePoint {
  const chargePoint = before.errands.length === 0 ? before : watchErrands(before, turn)
  if (!chargePoint.link || chargePoint.pending) return chargePoint
  for (const rule of rulesFor(chargePoint)) {
    const asked = ask(chargePoint, rule, turn)
    if (asked) return asked
  }
  return chargePoint
}

function ask(chargePoint: ChargePoint, rule: Rule, turn: Turn): ChargePoint | undefined {
  const wanted = rule(chargePoint, turn)
  return wanted && launch(propose(tellSent(wanted[0], wanted[1].purpose, turn), wanted[1]), wanted[1], turn)
}

function onConnectors(rule: ConnectorRule): Rule {
  return (chargePoint, turn) => {
    for (const connector of chargePoint.connectors) {
      const wanted = rule(chargePoint, connector, turn)
      if (wanted) return wanted
    }
    return undefined
  }
}

/** Milliseconds before a transaction that should not run is asked again to stop. */
const endRest = 60_000

/** Ends a transaction that nobody wants: its tag was refused, or its start was called off. */
function endCall(chargePoint: ChargePoint, connector: Connector, turn: Turn): readonly [ChargePoint, Call] | undefined {
  const { transaction, id } = connector
  if (!transaction?.unwanted || !transaction.live || turn.at < transaction.stopRestsUntil) return undefined
  if (chargePoint.profile.unsupported.includes('RemoteStopTransaction')) return undefined
  const rested = amendConnector(connector, { transaction: { ...transaction, stopRestsUntil: turn.at + endRest } })
  return [withConnector(chargePoint, rested), call('RemoteStopTransaction', { transactionId: transaction.wireId }, { type: 'end', connector: id })]
}

/** Brings what has become of the CALL in flight to whom it concerns. */
export function settle(before: ChargePoint, pending: PendingCall, told: Outcome, turn: Turn): ChargePoint {
  const free = amend(before, { pending: null })
  const { purpose, action } = pending
  const outcome = discreet(before, purpose, told)
  const heard = !outcome.unsupported ? withSupported(free, action, outcome) : purpose.type === 'errand' ? free : withUnsupported(free, action, turn)
  const chargePoint = tellAccepted(heard, purpose, outcome, turn)
  if (purpose.type === 'errand') return settleErrand(settleChange(chargePoint, purpose.command, outcome), purpose.command, outcome, turn)
  if (!('connector' in purpose)) return settleStation(chargePoint, purpose, outcome, turn)
  const connector = findConnector(chargePoint, purpose.connector)
  if (!connector) return chargePoint
  switch (purpose.type) {
    case 'readBack':
      return settleReadBack(chargePoint, connector, outcome, turn)
    case 'limit':
      return settleLimit(chargePoint, connector, purpose, outcome, turn)
    case 'availability':
      return settleAvailability(chargePoint, connector, purpose.operative, outcome, turn)
    case 'reserve':
      return settleReserve(chargePoint, connector, purpose.idTag, outcome, turn)
    case 'free':
      return settleFree(chargePoint, connector, outcome, turn)
    case 'end':
      return chargePoint
  }
}

type StationPurpose = Exclude<Purpose, { readonly connector: number } | { readonly type: 'errand' }>

/** The same for what concerns the Charge Point as a whole. */
function settleStation(chargePoint: ChargePoint, purpose: StationPurpose, outcome: Outcome, turn: Turn): ChargePoint {
  switch (purpose.type) {
    case 'configuration':
      return settleConfiguration(chargePoint, purpose.keys, outcome, turn)
    case 'trigger':
      return settleTrigger(chargePoint, purpose.message, outcome)
    case 'setting':
      return settleSetting(chargePoint, purpose.setting, outcome, turn)
    case 'listVersion':
      return settleListVersion(chargePoint, outcome, turn)
    case 'list':
      return settleList(chargePoint, purpose, outcome, turn)
    case 'certificate':
      return settleCertificate(chargePoint, outcome, turn)
    case 'reboot':
      return chargePoint
  }
}
