import type { Instant } from '../../site/event.ts'
import { type Endpoint, type Frame, isUnspecified, status, trouble, unspecified } from './frame.ts'
import { join } from './routing.ts'
import type { Connecting, LinkEffect, LinkState } from './state.ts'
import { enter, lose, stay, type Step } from './step.ts'
import { openTunnel } from './tunnel.ts'

const connectTimeoutMs = 10_000
/** A lost CONNECT_REQUEST costs no more than this; should both be answered, the second tunnel is released. */
const connectRepeatMs = 2_000

/** The socket is there: in routing that is all, in tunnelling the gateway is asked for a tunnel. */
export function opened(state: LinkState, at: Instant, local: Endpoint, gateway: Endpoint): Step {
  if (state.options.mode === 'routing') return join(state, at, local, gateway)
  const control = state.options.nat ? unspecified : local
  return ask(state, { name: 'connecting', gateway, control, repeatAt: at, until: at + connectTimeoutMs }, at)
}

/** Repeats the CONNECT_REQUEST, or gives the attempt up. */
export function expireConnecting(state: LinkState, connecting: Connecting, at: Instant): Step {
  if (at >= connecting.until) return lose(state, at, 'the gateway does not answer')
  return at >= connecting.repeatAt ? ask(state, connecting, at) : stay(state)
}

/** Takes the gateway's answer: a tunnel, or the reason why there is none. */
export function receiveConnecting(state: LinkState, connecting: Connecting, at: Instant, sender: Endpoint, frame: Frame): Step {
  if (frame.service !== 'CONNECT_RESPONSE' || sender.address !== connecting.gateway.address) return stay(state)
  if (frame.status !== status.ok) return lose(state, at, trouble(frame.status))
  if (frame.grant === null) return stay(state)
  const { address, data } = frame.grant
  return openTunnel(state, connecting, frame.channel, address, state.options.nat || isUnspecified(data) ? sender : data, at)
}

function ask(state: LinkState, connecting: Connecting, at: Instant): Step {
  const { gateway, control } = connecting
  const request: LinkEffect = { type: 'write', to: gateway, frame: { service: 'CONNECT_REQUEST', control, data: control } }
  return enter(state, { ...connecting, repeatAt: at + connectRepeatMs }, request)
}
