import type { RequestOf } from '../ocpp/actions.ts'
import { printable } from '../ocpp/printable.ts'
import type { Instant } from '../site/event.ts'
import { note, type Turn } from '../site/turn.ts'
import { amend } from './amend.ts'
import type { ChargePoint } from './charge-point.ts'
import { instantOf } from './clock.ts'

/** What a Charge Point has told of its own accord and nothing depends on: kept for people, newest first. */
export interface Notifications {
  readonly securityEvents: readonly SecurityEvent[]
  /** Of the update under way, or of the last. */
  readonly firmware: StatusReport | null
  readonly diagnostics: StatusReport | null
  readonly log: StatusReport | null
  readonly dataTransfers: readonly DataTransfer[]
}

/** Security whitepaper §8. */
export interface SecurityEvent {
  readonly type: string
  readonly at: Instant
  readonly techInfo: string
}

/** How far an update or upload has come, in the standard's word. */
export interface StatusReport {
  readonly status: string
  readonly at: Instant
  /** Of the CALL that asked for it; null: it was not told. */
  readonly requestId: number | null
}

/** A message only its vendor understands; the data is cut to 200 characters. */
export interface DataTransfer {
  readonly vendorId: string
  readonly messageId: string
  readonly data: string
  readonly at: Instant
}

export const noNotifications: Notifications = { securityEvents: [], firmware: null, diagnostics: null, log: null, dataTransfers: [] }

const securityEventsKept = 32
const dataTransfersKept = 16
const longestData = 200

/** Security whitepaper §8: those that are critical. */
const criticalEvents: readonly string[] = [
  'FirmwareUpdated', 'SettingSystemTime', 'StartupOfTheDevice', 'ResetOrReboot', 'SecurityLogWasCleared', 'MemoryExhaustion',
  'TamperDetectionActivated',
]

/** Keeps a security event; the critical ones are warnings. */
export function keepSecurityEvent(chargePoint: ChargePoint, request: RequestOf<'SecurityEventNotification'>, turn: Turn): ChargePoint {
  const type = printable(request.type, 50)
  const techInfo = printable(request.techInfo ?? '')
  const event: SecurityEvent = { type, at: instantOf(request.timestamp, turn), techInfo }
  note(turn, criticalEvents.includes(type) ? 'warning' : 'info', chargePoint.identity, 0, `security event ${type}${techInfo && `: ${techInfo}`}`)
  const securityEvents = [event, ...chargePoint.notifications.securityEvents].slice(0, securityEventsKept)
  return withNotifications(chargePoint, { securityEvents })
}

const failures: readonly string[] = [
  'BadMessage', 'DownloadFailed', 'InstallationFailed', 'InstallVerificationFailed', 'InvalidSignature', 'NotSupportedOperation',
  'PermissionDenied', 'UploadFailed', 'UploadFailure',
]

/** Keeps how far an update or upload has come; one that says the same again and again is not told again. */
export function keepStatus(
  chargePoint: ChargePoint,
  subject: 'firmware' | 'diagnostics' | 'log',
  { status, requestId: given }: { readonly status: string; readonly requestId?: number | undefined },
  turn: Turn,
): ChargePoint {
  const requestId = given ?? null
  const before = chargePoint.notifications[subject]
  if (before?.status === status && before.requestId === requestId) return chargePoint
  note(turn, failures.includes(status) ? 'warning' : 'info', chargePoint.identity, 0, `${subject}: ${status}`)
  return withNotifications(chargePoint, { [subject]: { status, at: turn.at, requestId } })
}

/** Keeps what only a vendor understands; each kind of message is told once while it is remembered. */
export function keepDataTransfer(chargePoint: ChargePoint, request: RequestOf<'DataTransfer'>, turn: Turn): ChargePoint {
  const vendorId = printable(request.vendorId)
  const messageId = printable(request.messageId ?? '', 50)
  const others = chargePoint.notifications.dataTransfers.filter((other) => other.vendorId !== vendorId || other.messageId !== messageId)
  if (others.length === chargePoint.notifications.dataTransfers.length) {
    note(turn, 'info', chargePoint.identity, 0, `data of vendor ${vendorId}${messageId && `, ${messageId}`} is not understood`)
  }
  const transfer: DataTransfer = { vendorId, messageId, data: printable(request.data ?? '', longestData), at: turn.at }
  return withNotifications(chargePoint, { dataTransfers: [transfer, ...others].slice(0, dataTransfersKept) })
}

function withNotifications(chargePoint: ChargePoint, change: Partial<Notifications>): ChargePoint {
  return amend(chargePoint, { notifications: { ...chargePoint.notifications, ...change } })
}
