import { create, step, wakeAt } from '../../../core/knx/link/link.ts'
import type { LinkEffect, LinkEvent, LinkState } from '../../../core/knx/link/state.ts'
import type { IndividualAddress } from '../../../core/knx/telegram.ts'
import { decode, encode } from './codec.ts'
import { inTurn } from '../../in-turn.ts'
import { type Link, type LinkListener, tell } from './listener.ts'
import { isMulticast, openSocket, type Socket, type SocketSettings } from './udp-socket.ts'

/** A multicast host means routing, any other tunnelling; `address` is the own individual address in routing. */
export interface LinkSettings extends SocketSettings {
  readonly nat: boolean
  readonly address?: IndividualAddress
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

/** A clock that nobody sets: the link keeps no time beyond its own run. */
function now(): number {
  return performance.now()
}
