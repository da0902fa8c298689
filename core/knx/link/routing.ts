import type { Instant } from '../../site/event.ts'
import type { IndividualAddress } from '../telegram.ts'
import type { Endpoint, Frame } from './frame.ts'
import type { Busy, LinkState, Lost, Routing } from './state.ts'
import { andThen, enter, settle, stay, type Step, unconfirmed } from './step.ts'

/** At most 50 telegrams a second. */
const spacingMs = 20
/** A telegram that the routers' ROUTING_BUSY holds back for longer is not confirmed. */
const giveUpMs = 10_000
/** What each ROUTING_BUSY adds to the pause; the standard draws from 0 to this at random, without chance the most is the safe choice. */
const busyStepMs = 50
const busyLimit = 20
/** Several routers that say ROUTING_BUSY within this time say it of the same moment. */
const busyMomentMs = 10
/** How long the count stays, for each that is counted, and how fast it then falls. */
const busyHoldMs = 100
const busyFadeMs = 5
const lostNoteMs = 60_000

/** The socket is in the multicast group: nobody else needs to be asked. */
export function join(state: LinkState, at: Instant, local: Endpoint, gateway: Endpoint): Step {
  const address = state.options.address ?? defaultAddress(local)
  const routing: Routing = {
    name: 'routing', gateway, address, since: at, nextAt: at, giveUpAt: at,
    busy: { count: 0, heardAt: at, fadesAt: at }, lost: { count: 0, noteAt: at },
  }
  return [{ ...state, phase: routing, reason: '' }, [{ type: 'up', address }]]
}

/** Sends what may go now, and gives up what was held back too long. */
export function advanceRouting(state: LinkState, routing: Routing, at: Instant): Step {
  const [telegram] = state.queue
  if (telegram === undefined) return stay(state)
  if (at >= routing.nextAt) {
    const sent: Routing = { ...routing, nextAt: at + spacingMs, giveUpAt: at + giveUpMs }
    const cemi = { code: 'L_Data.ind', source: routing.address, error: false, telegram } as const
    const written = enter(state, sent, { type: 'write', to: routing.gateway, frame: { service: 'ROUTING_INDICATION', cemi } })
    return andThen(written, (next) => settle(next, sent, true))
  }
  return at >= routing.giveUpAt ? [{ ...state, queue: [] }, state.queue.map(() => unconfirmed)] : stay(state)
}

/** A telegram begins to wait: from now on its time runs. */
export function enqueued(state: LinkState, routing: Routing, at: Instant): Step {
  const waiting = state.queue.length === 1 ? { ...routing, giveUpAt: at + giveUpMs } : routing
  return advanceRouting({ ...state, phase: waiting }, waiting, at)
}

/** Takes a frame from the group; one with our own individual address is an echo. */
export function receiveRouting(state: LinkState, routing: Routing, at: Instant, frame: Frame): Step {
  switch (frame.service) {
    case 'ROUTING_INDICATION': {
      const { cemi } = frame
      const foreign = cemi !== null && cemi.code === 'L_Data.ind' && cemi.source !== routing.address
      return foreign ? [state, [{ type: 'telegram', telegram: cemi.telegram }]] : stay(state)
    }
    // Any other control value speaks to chosen devices only.
    case 'ROUTING_BUSY': return frame.control === 0 ? pause(state, routing, at, frame.waitMs) : stay(state)
    case 'ROUTING_LOST_MESSAGE': return lostBy(state, routing, at, frame.lost)
    default: return stay(state)
  }
}

function pause(state: LinkState, routing: Routing, at: Instant, waitMs: number): Step {
  const count = busier(routing.busy, at)
  const resumeAt = at + waitMs + count * busyStepMs
  const busy: Busy = { count, heardAt: at, fadesAt: resumeAt + count * busyHoldMs }
  return enter(state, { ...routing, nextAt: Math.max(routing.nextAt, resumeAt), busy })
}

function busier({ count, heardAt, fadesAt }: Busy, at: Instant): number {
  if (count > 0 && at - heardAt < busyMomentMs) return count
  const faded = Math.max(0, Math.floor((at - fadesAt) / busyFadeMs))
  return Math.min(Math.max(0, count - faded) + 1, busyLimit)
}

function lostBy(state: LinkState, routing: Routing, at: Instant, more: number): Step {
  const count = routing.lost.count + more
  if (at < routing.lost.noteAt) return enter(state, { ...routing, lost: { count, noteAt: routing.lost.noteAt } })
  const lost: Lost = { count: 0, noteAt: at + lostNoteMs }
  const text = `a KNX router lost ${count} telegrams: the bus has more traffic than it can carry`
  return enter(state, { ...routing, lost }, { type: 'note', text })
}

/** Unless it is given one, a routing device calls itself 15.15.x, x being the last octet of its IPv4 address: unique on most networks. */
function defaultAddress(local: Endpoint): IndividualAddress {
  const last = Number(local.address.split('.').at(-1))
  return 0xff00 + (Number.isInteger(last) && last > 0 && last < 256 ? last : 250)
}
