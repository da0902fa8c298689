import type { ConfirmationOf, IncomingAction, RequestOf } from '../ocpp/actions.ts'
import { encodeError, encodeResult, parseFrame, type Frame } from '../ocpp/frame.ts'
import { parseRequest } from '../ocpp/receive.ts'
import { formatTimestamp } from '../ocpp/timestamp.ts'
import { note, type Turn } from '../site/turn.ts'
import { judge, type IdTagInfo } from './authorization.ts'
import { bootNotification } from './boot-notification.ts'
import type { ChargePoint, Link } from './charge-point.ts'
import { receiveMeterValues } from './meter-values.ts'
import { keepDataTransfer, keepSecurityEvent, keepStatus } from './notifications.ts'
import { confirmed, refused, type Answer } from './outcome.ts'
import { settle } from './reconcile.ts'
import { isHeard } from './registration.ts'
import { signCertificate } from './signing.ts'
import { receiveStatus } from './status-notification.ts'
import { startTransaction, stopTransaction } from './transactions.ts'

type Answers = {
  readonly [A in IncomingAction]: (chargePoint: ChargePoint, request: RequestOf<A>, turn: Turn) => readonly [ChargePoint, ConfirmationOf<A>]
}

/** What each request of a Charge Point does, and the confirmation it gets. */
const answers: Answers = {
  Authorize: (chargePoint, request, turn) => [chargePoint, { idTagInfo: authorize(chargePoint, request.idTag, turn) }],
  BootNotification: bootNotification,
  DataTransfer: (chargePoint, request, turn) => [keepDataTransfer(chargePoint, request, turn), { status: 'UnknownVendorId' }],
  DiagnosticsStatusNotification: (chargePoint, request, turn) => [keepStatus(chargePoint, 'diagnostics', request, turn), {}],
  FirmwareStatusNotification: (chargePoint, request, turn) => [keepStatus(chargePoint, 'firmware', request, turn), {}],
  Heartbeat: (chargePoint, _request, turn) => [chargePoint, { currentTime: formatTimestamp(turn.at) }],
  LogStatusNotification: (chargePoint, request, turn) => [keepStatus(chargePoint, 'log', request, turn), {}],
  MeterValues: (chargePoint, request, turn) => [receiveMeterValues(chargePoint, request, turn), {}],
  SecurityEventNotification: (chargePoint, request, turn) => [keepSecurityEvent(chargePoint, request, turn), {}],
  SignCertificate: signCertificate,
  SignedFirmwareStatusNotification: (chargePoint, request, turn) => [keepStatus(chargePoint, 'firmware', request, turn), {}],
  StartTransaction: startTransaction,
  StatusNotification: (chargePoint, request, turn) => [receiveStatus(chargePoint, request, turn), {}],
  StopTransaction: stopTransaction,
}

function authorize(chargePoint: ChargePoint, idTag: string, turn: Turn): IdTagInfo {
  const verdict = judge(chargePoint, idTag, turn)
  if (verdict.status !== 'Accepted') note(turn, 'warning', chargePoint.identity, 0, `tag ${idTag} is refused: ${verdict.status}`)
  return verdict
}

/** Takes in a message of a Charge Point on its present link: a CALL is answered, an answer finds its CALL, the rest is passed over. */
export function receive(chargePoint: ChargePoint, link: Link, text: string, turn: Turn): ChargePoint {
  const frame = parseFrame(text)
  switch (frame.type) {
    case 'call':
      return answer(chargePoint, link, frame, turn)
    case 'result':
    case 'error':
      return settleFrame(chargePoint, frame, turn)
    case 'malformed':
      reply(chargePoint, link, encodeError(frame.id, frame.code, frame.description), turn)
      note(turn, 'warning', chargePoint.identity, 0, `unreadable message: ${frame.description}`)
      return chargePoint
    case 'ignored':
      return chargePoint
  }
}

function answer(chargePoint: ChargePoint, link: Link, frame: Extract<Frame, { type: 'call' }>, turn: Turn): ChargePoint {
  const { id, action, payload } = frame
  const request = parseRequest(action, payload)
  if (!request.ok) {
    reply(chargePoint, link, encodeError(id, request.code, request.description), turn)
    note(turn, 'warning', chargePoint.identity, 0, `${request.code}: ${request.description}`)
    return chargePoint
  }
  if (!isHeard(chargePoint, request.action)) {
    reply(chargePoint, link, encodeError(id, 'SecurityError', 'a BootNotification must be accepted first'), turn)
    return chargePoint
  }
  const [after, confirmation] = respond(chargePoint, request.action, request, turn)
  reply(after, link, encodeResult(id, confirmation), turn)
  return after
}

function respond<A extends IncomingAction>(chargePoint: ChargePoint, action: A, { value }: { readonly value: RequestOf<A> }, turn: Turn) {
  return answers[action](chargePoint, value, turn)
}

function reply(chargePoint: ChargePoint, link: Link, text: string, turn: Turn): void {
  turn.effects.push({ type: 'send', identity: chargePoint.identity, connection: link.connection, text })
}

/** An answer to anything but the CALL in flight is too late, or none of ours (OCPP-J 1.6 §4.1.1). */
function settleFrame(chargePoint: ChargePoint, frame: Extract<Frame, { type: 'result' | 'error' }>, turn: Turn): ChargePoint {
  const { pending } = chargePoint
  if (pending?.id !== frame.id) return chargePoint
  const outcome = frame.type === 'result' ? confirmed(pending.action, frame.payload) : refused(frame.code, frame.description)
  return settle(chargePoint, pending, { ...outcome, answer: answerOf(frame) }, turn)
}

function answerOf(frame: Extract<Frame, { type: 'result' | 'error' }>): Answer {
  if (frame.type === 'result') return { type: 'result', payload: frame.payload }
  return { type: 'error', code: frame.code, description: frame.description, details: frame.details }
}
