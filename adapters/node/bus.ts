import type { SiteConfig, Telegram } from '../../core/index.ts'
import { openVirtualLink } from '../../fixtures/knx-gateway/virtual-link.ts'
import type { VirtualBus } from '../../fixtures/knx-gateway/virtual-bus.ts'
import type { Link, LinkListener } from './knx/listener.ts'
import { openLink } from './knx/udp-link.ts'

/** The way to the bus, which a new configuration may change. */
export interface Bus {
  /** Puts a telegram on the bus; `done` is told once whether the bus confirmed it. */
  readonly transmit: (telegram: Telegram, done: (confirmed: boolean) => void) => void
  /** Takes the way the configuration names; the same one is left open. */
  readonly use: (knx: SiteConfig['knx']) => Promise<void>
  readonly close: () => Promise<void>
}

/** What a bus tells its host; `left`: there is no way while another one is opened. */
export type BusListener = Omit<LinkListener, 'transmitted'> & { readonly left: () => void }

/** Opens the way to the bus that the configuration names. */
export function openBus(first: SiteConfig['knx'], virtualBus: VirtualBus, listener: BusListener): Bus {
  let knx = first
  let generation = 0
  /** Who waits for the outcome of a telegram: a link tells them in the order in which they were given to it. */
  let underWay: ((confirmed: boolean) => void)[] = []
  let link = open()

  /** What an earlier link still has to say when it is gone concerns nobody. */
  function open(): Link {
    const ours = generation
    const ifOurs = <Word>(tell: (word: Word) => void) => (word: Word) => {
      if (ours === generation) tell(word)
    }
    return openWay(knx, virtualBus, {
      telegram: ifOurs(listener.telegram),
      up: ifOurs(listener.up),
      down: ifOurs(listener.down),
      note: ifOurs(listener.note),
      transmitted: ifOurs((confirmed: boolean) => underWay.shift()?.(confirmed)),
    })
  }

  return {
    transmit(telegram, done) {
      underWay.push(done)
      link.transmit(telegram)
    },
    async use(next) {
      const before = knx
      knx = next
      if (sameWay(before, next)) return
      const old = link
      listener.left()
      generation += 1
      const unheard = underWay
      underWay = []
      for (const done of unheard) done(false)
      link = open()
      await old.close()
    },
    async close() {
      generation += 1
      await link.close()
    },
  }
}

/** A gateway, a bus in memory, or none. */
function openWay({ gateway, port, nat }: SiteConfig['knx'], virtualBus: VirtualBus, listener: LinkListener): Link {
  if (gateway === 'virtual') return openVirtualLink(virtualBus, listener)
  if (gateway === 'none') return { transmit: () => listener.transmitted(false), close: () => Promise.resolve() }
  return openLink({ host: gateway, port, nat }, listener)
}

function sameWay(a: SiteConfig['knx'], b: SiteConfig['knx']): boolean {
  return a.gateway === b.gateway && a.port === b.port && a.nat === b.nat
}
