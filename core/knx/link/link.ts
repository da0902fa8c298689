import type { Instant } from '../../site/event.ts'
import { formatGroupAddress } from '../group-address.ts'
import type { Telegram } from '../telegram.ts'
import { expireConnecting, opened, receiveConnecting } from './connect.ts'
import type { Endpoint, Frame } from './frame.ts'
import { advanceRouting, enqueued, receiveRouting } from './routing.ts'
import type { LinkEvent, LinkOptions, LinkState, Tunnel } from './state.ts'
import { andThen, enter, fitsFrame, giveUp, lose, open, stay, type Step, unconfirmed } from './step.ts'
import { disconnect, expireTunnel, receiveTunnel, sendNext } from './tunnel.ts'

/** More telegrams than this are not kept waiting: the rest is told at once that it was not confirmed. */
export const queueLimit = 32
const disconnectTimeoutMs = 1_000

/** A link at rest; `start` sets it going. */
export function create(options: LinkOptions): LinkState {
  return { options, phase: { name: 'stopped' }, queue: [], failures: 0, reason: '' }
}

/** One event on a KNXnet/IP link: total, pure, and every `transmit` gets exactly one `transmitted`. */
export function step(state: LinkState, event: LinkEvent): Step {
  return andThen(expire(state, event.at), (present) => receive(present, event))
}

/** When the host owes the link a tick; undefined: never. */
export function wakeAt(state: LinkState): Instant | undefined {
  const { phase } = state
  switch (phase.name) {
    case 'stopped': return undefined
    case 'connecting': return Math.min(phase.repeatAt, phase.until)
    case 'tunnel': return Math.min(phase.heartbeat.due, phase.flight?.until ?? Infinity)
    case 'routing': return state.queue.length === 0 ? undefined : Math.min(phase.nextAt, phase.giveUpAt)
    default: return phase.until
  }
}

function expire(state: LinkState, at: Instant): Step {
  const { phase } = state
  switch (phase.name) {
    case 'stopped': return stay(state)
    case 'waiting': return at >= phase.until ? open(state, at) : stay(state)
    case 'opening': return at >= phase.until ? lose(state, at, 'no socket could be opened in time') : stay(state)
    case 'connecting': return expireConnecting(state, phase, at)
    case 'tunnel': return expireTunnel(state, phase, at)
    case 'routing': return advanceRouting(state, phase, at)
    case 'disconnecting': return at >= phase.until ? halt(state) : stay(state)
  }
}

function receive(state: LinkState, event: LinkEvent): Step {
  switch (event.type) {
    case 'tick': return stay(state)
    case 'start': return start(state, event.at)
    case 'stop': return stop(state, event.at)
    case 'opened': return state.phase.name === 'opening' ? opened(state, event.at, event.local, event.gateway) : stay(state)
    case 'failed': return fail(state, event.at, event.reason)
    case 'frame': return receiveFrame(state, event.at, event.sender, event.frame)
    case 'transmit': return transmit(state, event.at, event.telegram)
  }
}

function receiveFrame(state: LinkState, at: Instant, sender: Endpoint, frame: Frame): Step {
  const { phase } = state
  switch (phase.name) {
    case 'connecting': return receiveConnecting(state, phase, at, sender, frame)
    case 'tunnel': return receiveTunnel(state, phase, at, sender, frame)
    case 'routing': return receiveRouting(state, phase, at, frame)
    case 'disconnecting': {
      const ours = sender.address === phase.gateway.address && 'channel' in frame && frame.channel === phase.channel
      return ours && frame.service === 'DISCONNECT_RESPONSE' ? halt(state) : stay(state)
    }
    default: return stay(state)
  }
}

function transmit(state: LinkState, at: Instant, telegram: Telegram): Step {
  const { phase } = state
  if (phase.name !== 'tunnel' && phase.name !== 'routing') return [state, [unconfirmed]]
  if (!fitsFrame(telegram)) {
    return [state, [unconfirmed, { type: 'note', text: `a telegram to ${formatGroupAddress(telegram.address)} fits into no frame` }]]
  }
  if (state.queue.length >= queueLimit) return [state, [unconfirmed]]
  const queued: LinkState = { ...state, queue: [...state.queue, telegram] }
  return phase.name === 'tunnel' ? sendNext(queued, at) : enqueued(queued, phase, at)
}

function fail(state: LinkState, at: Instant, reason: string): Step {
  switch (state.phase.name) {
    case 'stopped':
    case 'waiting': return stay(state)
    case 'disconnecting': return halt(state)
    default: return lose(state, at, reason)
  }
}

function start(state: LinkState, at: Instant): Step {
  const { name } = state.phase
  if (name === 'stopped') return open(state, at)
  return name === 'disconnecting' ? andThen(halt(state), (next) => open(next, at)) : stay(state)
}

function stop(state: LinkState, at: Instant): Step {
  const { phase } = state
  if (phase.name === 'stopped' || phase.name === 'disconnecting') return stay(state)
  const ended = phase.name === 'tunnel' ? farewell(state, phase, at) : halt(state)
  return andThen(ended, (next) => giveUp(next, 'the link was stopped'))
}

function farewell(state: LinkState, tunnel: Tunnel, at: Instant): Step {
  const { gateway, channel } = tunnel
  return enter(state, { name: 'disconnecting', gateway, channel, until: at + disconnectTimeoutMs }, disconnect(tunnel))
}

/** The end: the next `start` begins without memory of failures. */
function halt(state: LinkState): Step {
  return enter({ ...state, failures: 0 }, { name: 'stopped' }, { type: 'close' })
}
