import type { ChargePoint, Event, SiteConfig } from '../../core/index.ts'
import { encodeCall } from '../../core/ocpp/frame.ts'
import type { TracedStep } from './live/history.ts'
import { mask } from './mask.ts'

/**
 * The recent steps of a Charge Point as lines of JSON, as `wallbus run --trace` writes them. What was before the first of them is put
 * in front: configuration, connection and boot, so that `wallbus replay` can begin there.
 */
export function traceLines(member: ChargePoint | undefined, steps: readonly TracedStep[], config: SiteConfig | null): readonly string[] {
  const [first] = steps
  const at = first?.event.at ?? member?.link?.since ?? 0
  const before = member && config ? prologue(member, config, at, first?.event) : []
  return [...before.map((event) => ({ event, effects: [] })), ...steps.map(({ event, effects }) => ({ event, effects }))].map((line) => `${JSON.stringify(mask(line))}\n`)
}

function prologue({ identity, link, registered, profile }: ChargePoint, config: SiteConfig, at: number, first: Event | undefined): readonly Event[] {
  const chargers = config.chargers.filter((charger) => charger.identity === identity)
  const configured: Event = { type: 'configured', at, config: { ...config, tags: [], chargers } }
  const connection = first && 'connection' in first ? first.connection : link?.connection
  if (connection === undefined || first?.type === 'opened') return [configured]
  const opened: Event = { type: 'opened', at, identity, connection, remote: link?.remote ?? '', subprotocol: 'ocpp1.6' }
  const boot = encodeCall('boot', 'BootNotification', { chargePointVendor: profile.vendor, chargePointModel: profile.model })
  return [configured, opened, ...(registered ? [{ type: 'received', at, identity, connection, text: boot } as const] : [])]
}
