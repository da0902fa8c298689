import type { Instant } from '../../site/event.ts'
import { type IndividualAddress, samePayload, type Telegram } from '../telegram.ts'
import { type Cemi, type Endpoint, type Frame, status, trouble } from './frame.ts'
import type { Connecting, Flight, LinkEffect, LinkState, Tunnel } from './state.ts'
import { andThen, enter, lose, settle, stay, type Step } from './step.ts'

const heartbeatMs = 60_000
const heartbeatTimeoutMs = 10_000
const heartbeatTries = 3
const acknowledgeTimeoutMs = 1_000
const confirmTimeoutMs = 3_000
/** Sequence counters are one octet. */
const sequences = 256
const noAcknowledgement = 'the gateway does not acknowledge'
const noAnswer = 'the gateway does not answer'

/** The gateway has granted a tunnel: both sequence counters begin at 0. */
export function openTunnel(
  state: LinkState, { gateway, control }: Connecting, channel: number, address: IndividualAddress, data: Endpoint, at: Instant,
): Step {
  const tunnel: Tunnel = {
    name: 'tunnel', gateway, control, data, channel, address, since: at, sendSequence: 0, receiveSequence: 0,
    flight: null, heartbeat: { tries: 0, due: at + heartbeatMs, status: status.ok },
  }
  return [{ ...state, phase: tunnel, reason: '' }, [{ type: 'up', address }]]
}

/** Puts the first waiting telegram on its way, unless one is on its way or none waits. */
export function sendNext(state: LinkState, at: Instant): Step {
  const { phase, queue: [telegram] } = state
  if (phase.name !== 'tunnel' || phase.flight !== null || telegram === undefined) return stay(state)
  return send(state, phase, telegram, { repeated: false, acknowledged: false, confirmed: null, until: at + acknowledgeTimeoutMs })
}

/** Acts on the deadlines of an open tunnel: acknowledgement, confirmation, heartbeat. */
export function expireTunnel(state: LinkState, tunnel: Tunnel, at: Instant): Step {
  const { flight } = tunnel
  const step = flight === null || at < flight.until ? stay(state)
    : flight.acknowledged ? outcome(state, tunnel, at, false)
      : repeat(state, tunnel, flight, at, noAcknowledgement)
  return andThen(step, (next) => next.phase.name === 'tunnel' && at >= next.phase.heartbeat.due ? beat(next, next.phase, at) : stay(next))
}

/** Takes a frame from the gateway; what has another sender's address (ports differ with some gateways), channel or sequence is dropped. */
export function receiveTunnel(state: LinkState, tunnel: Tunnel, at: Instant, sender: Endpoint, frame: Frame): Step {
  if (!('channel' in frame)) return stay(state)
  const fromData = frame.service === 'TUNNELLING_REQUEST' || frame.service === 'TUNNELLING_ACK'
  if (sender.address !== (fromData ? tunnel.data : tunnel.gateway).address) return stay(state)
  if (frame.channel !== tunnel.channel) return releaseOther(state, tunnel, frame)
  switch (frame.service) {
    case 'TUNNELLING_ACK': return acknowledged(state, tunnel, at, frame.sequence, frame.status)
    case 'TUNNELLING_REQUEST': return indicated(state, tunnel, at, frame.sequence, frame.cemi)
    case 'CONNECTIONSTATE_RESPONSE': return alive(state, tunnel, at, frame.status)
    case 'DISCONNECT_REQUEST': return lose(state, at, 'the gateway closed the tunnel', {
      type: 'write', to: tunnel.gateway, frame: { service: 'DISCONNECT_RESPONSE', channel: tunnel.channel, status: status.ok },
    })
    default: return stay(state)
  }
}

/** The farewell to the gateway, so that it does not keep the tunnel for two more minutes. */
export function disconnect({ gateway, control, channel }: Tunnel): LinkEffect {
  return { type: 'write', to: gateway, frame: { service: 'DISCONNECT_REQUEST', channel, control } }
}

function send(state: LinkState, tunnel: Tunnel, telegram: Telegram, flight: Flight): Step {
  const { channel, sendSequence: sequence, address: source } = tunnel
  const cemi: Cemi = { code: 'L_Data.req', source, error: false, telegram }
  const request: Frame = { service: 'TUNNELLING_REQUEST', channel, sequence, cemi }
  return enter(state, { ...tunnel, flight }, { type: 'write', to: tunnel.data, frame: request })
}

function repeat(state: LinkState, tunnel: Tunnel, flight: Flight, at: Instant, reason: string): Step {
  const [telegram] = state.queue
  if (flight.repeated || telegram === undefined) return lose(state, at, reason, disconnect(tunnel))
  return send(state, tunnel, telegram, { ...flight, repeated: true, until: at + acknowledgeTimeoutMs })
}

function acknowledged(state: LinkState, tunnel: Tunnel, at: Instant, sequence: number, code: number): Step {
  const { flight } = tunnel
  if (flight === null || flight.acknowledged || sequence !== tunnel.sendSequence) return stay(state)
  if (code === status.unknownChannel) return lose(state, at, trouble(code))
  if (code !== status.ok) return repeat(state, tunnel, flight, at, trouble(code))
  const next: Tunnel = {
    ...tunnel,
    sendSequence: (tunnel.sendSequence + 1) % sequences,
    flight: { ...flight, acknowledged: true, until: at + confirmTimeoutMs },
  }
  return flight.confirmed === null ? enter(state, next) : outcome(state, next, at, flight.confirmed)
}

function indicated(state: LinkState, tunnel: Tunnel, at: Instant, sequence: number, cemi: Cemi | null): Step {
  const acknowledge: LinkEffect = {
    type: 'write', to: tunnel.data, frame: { service: 'TUNNELLING_ACK', channel: tunnel.channel, sequence, status: status.ok },
  }
  const ahead = (sequence - tunnel.receiveSequence + sequences) % sequences
  // One behind: our acknowledgement was lost, or the datagram came twice.
  if (ahead === sequences - 1) return [state, [acknowledge]]
  if (ahead !== 0) return stay(state)
  const next: Tunnel = { ...tunnel, receiveSequence: (sequence + 1) % sequences }
  return andThen(enter(state, next, acknowledge), (heard) => cemi === null ? stay(heard) : take(heard, next, at, cemi))
}

function take(state: LinkState, tunnel: Tunnel, at: Instant, cemi: Cemi): Step {
  const echo = cemi.source === tunnel.address
  if (cemi.code === 'L_Data.ind') return echo ? stay(state) : [state, [{ type: 'telegram', telegram: cemi.telegram }]]
  const { flight } = tunnel
  const [telegram] = state.queue
  if (cemi.code !== 'L_Data.con' || flight === null || telegram === undefined || !sameTelegram(cemi.telegram, telegram)) return stay(state)
  // Before the acknowledgement it only counts together with it: it may be the late confirmation of an earlier telegram that was alike.
  if (flight.acknowledged) return outcome(state, tunnel, at, !cemi.error)
  return enter(state, { ...tunnel, flight: { ...flight, confirmed: !cemi.error } })
}

function outcome(state: LinkState, tunnel: Tunnel, at: Instant, confirmed: boolean): Step {
  return andThen(settle(state, { ...tunnel, flight: null }, confirmed), (next) => sendNext(next, at))
}

function beat(state: LinkState, tunnel: Tunnel, at: Instant): Step {
  const { gateway, control, channel, heartbeat: { tries, status: last } } = tunnel
  if (tries >= heartbeatTries) return lose(state, at, last === status.ok ? noAnswer : trouble(last), disconnect(tunnel))
  const request: Frame = { service: 'CONNECTIONSTATE_REQUEST', channel, control }
  const heartbeat = { tries: tries + 1, due: at + heartbeatTimeoutMs, status: last }
  return enter(state, { ...tunnel, heartbeat }, { type: 'write', to: gateway, frame: request })
}

function alive(state: LinkState, tunnel: Tunnel, at: Instant, code: number): Step {
  const { tries, due } = tunnel.heartbeat
  if (code === status.unknownChannel) return lose(state, at, trouble(code))
  if (tries === 0) return stay(state)
  // Any other trouble has until the end of the tries to pass.
  const heartbeat = code === status.ok ? { tries: 0, due: at + heartbeatMs, status: code } : { tries, due, status: code }
  return enter(state, { ...tunnel, heartbeat })
}

/** A repeated or doubled CONNECT_REQUEST may have got a second tunnel, which nobody would use. */
function releaseOther(state: LinkState, tunnel: Tunnel, frame: Frame): Step {
  const granted = frame.service === 'CONNECT_RESPONSE' && frame.status === status.ok
  return granted ? [state, [disconnect({ ...tunnel, channel: frame.channel })]] : stay(state)
}

function sameTelegram(a: Telegram, b: Telegram): boolean {
  if (a.service !== b.service || a.address !== b.address) return false
  return a.service === 'read' || b.service === 'read' || samePayload(a.payload, b.payload)
}
