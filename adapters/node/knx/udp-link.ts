import { create, step, wakeAt } from '../../../core/knx/link/link.ts'
import type { LinkEffect, LinkEvent, LinkState } from '../../../core/knx/link/state.ts'
import type { IndividualAddress, Telegram } from '../../../core/knx/telegram.ts'
import { decode, encode } from './codec.ts'
import { inTurn } from './in-turn.ts'
import { isMulticast, openSocket, type Socket, type SocketSettings } from './udp-socket.ts'

/** A multicast host means routing, any other tunnelling; `address` is the own individual address in routing. */
export interface LinkSettings extends SocketSettings {
  readonly nat: boolean
  readonly address?: IndividualAddress
}

/** What a link tells its host; `down` may come again with another reason. */
export interface LinkListener {
  /** A group telegram of another device. */
  telegram(telegram: Telegram): void
  up(address: IndividualAddress): void
  down(reason: string): void
  /** The outcome of one `transmit`, in the order in which they came. */
  transmitted(confirmed: boolean): void
  note(text: string): void
}

/** A way to the bus; `close` ends when the gateway has been told, at most a second later. */
export interface Link {
  transmit(telegram: Telegram): void
  close(): Promise<void>
}

/** Starts a KNXnet/IP link over UDP that finds its way back by itself until it is closed. */
export function openLink(settings: LinkSettings, listener: LinkListener): Link {
  let state: LinkState = create({
    mode: isMulticast(settings.host) ? 'routing' : 'tunnelling', nat: settings.nat, address: settings.address ?? null,
  })
  let socket: Socket | undefined
  let timer: NodeJS.Timeout | undefined
  const ends: (() => void)[] = []

  // A listener may transmit while it is told something.
  const happen = inTurn((event: LinkEvent): void => {
    const [next, effects] = step(state, event)
    state = next
    clearTimeout(timer)
    const wake = wakeAt(state)
    if (wake !== undefined) timer = setTimeout(() => happen({ type: 'tick', at: now() }), Math.ceil(wake - event.at))
    for (const effect of effects) perform(effect)
    if (state.phase.name === 'stopped') for (const end of ends.splice(0)) end()
  })

  const perform = (effect: LinkEffect): void => {
    switch (effect.type) {
      case 'open': return open()
      case 'close': return socket?.close()
      case 'write': return socket?.send(effect.to, encode(effect.frame))
      default: return tell(listener, effect)
    }
  }

  const open = (): void => {
    const opened: Socket = openSocket(settings, {
      // Datagrams and failures of a socket that was replaced concern nobody.
      opened: (local, gateway) => { if (opened === socket) happen({ type: 'opened', at: now(), local, gateway }) },
      failed: (reason) => { if (opened === socket) happen({ type: 'failed', at: now(), reason }) },
      datagram: (sender, octets) => {
        const frame = opened === socket ? decode(octets) : undefined
        if (frame !== undefined) happen({ type: 'frame', at: now(), sender, frame })
      },
    })
    socket = opened
  }

  happen({ type: 'start', at: now() })
  return {
    transmit: (telegram) => happen({ type: 'transmit', at: now(), telegram }),
    close: () => new Promise((resolve) => {
      ends.push(resolve)
      happen({ type: 'stop', at: now() })
    }),
  }
}

function tell(listener: LinkListener, effect: Exclude<LinkEffect, { readonly type: 'open' | 'close' | 'write' }>): void {
  switch (effect.type) {
    case 'telegram': return listener.telegram(effect.telegram)
    case 'up': return listener.up(effect.address)
    case 'down': return listener.down(effect.reason)
    case 'transmitted': return listener.transmitted(effect.confirmed)
    case 'note': return listener.note(effect.text)
  }
}

/** A clock that nobody sets: the link keeps no time beyond its own run. */
function now(): number {
  return performance.now()
}
