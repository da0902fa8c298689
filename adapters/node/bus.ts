import type { SiteConfig } from '../../core/index.ts'
import { openVirtualLink } from '../../fixtures/knx-gateway/virtual-link.ts'
import type { VirtualBus } from '../../fixtures/knx-gateway/virtual-bus.ts'
import type { Link, LinkListener } from './knx/listener.ts'
import { openLink } from './knx/udp-link.ts'

/** Opens the way to the bus that the configuration names: a gateway, a bus in memory, or none. */
export function openBus({ gateway, port, nat }: SiteConfig['knx'], virtualBus: VirtualBus, listener: LinkListener): Link {
  if (gateway === 'virtual') return openVirtualLink(virtualBus, listener)
  if (gateway === 'none') return { transmit: () => listener.transmitted(false), close: () => Promise.resolve() }
  return openLink({ host: gateway, port, nat }, listener)
}

/** Is it the same way? Then a new configuration leaves it open. */
export function sameBus(a: SiteConfig['knx'], b: SiteConfig['knx']): boolean {
  return a.gateway === b.gateway && a.port === b.port && a.nat === b.nat
}
