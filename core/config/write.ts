import { formatGroupAddress } from '../knx/group-address.ts'
import type { ChargerConfig, ObjectAddresses, ObjectName, SiteConfig } from './site-config.ts'

/** A charger as people write it: group addresses are texts, each by its flow. */
export interface WrittenCharger extends Omit<ChargerConfig, 'objects'> {
  readonly objects: { readonly [Name in ObjectName]?: { readonly send?: string; readonly receive?: string } }
}

/** A configuration as people write it, with every default spelt out. */
export interface WrittenConfig extends Omit<SiteConfig, 'chargers'> {
  readonly chargers: readonly WrittenCharger[]
}

/** Writes a configuration as people do; readConfig reads it back as the same. */
export function writeConfig(config: SiteConfig): WrittenConfig {
  return { ...config, chargers: config.chargers.map(writeCharger) }
}

function writeCharger(charger: ChargerConfig): WrittenCharger {
  const objects = Object.entries(charger.objects).map(([name, addresses]) => [name, writeAddresses(addresses)])
  return { ...charger, objects: Object.fromEntries(objects) }
}

function writeAddresses({ send, receive }: ObjectAddresses): { readonly send?: string; readonly receive?: string } {
  return {
    ...(send === undefined ? {} : { send: formatGroupAddress(send) }),
    ...(receive === undefined ? {} : { receive: formatGroupAddress(receive) }),
  }
}
