import { hostname, networkInterfaces } from 'node:os'

/** The names by which Charge Points may know this machine: host name, mDNS name, its addresses that reach beyond one link, and loopback. */
export const localNames = (): readonly string[] => {
  const host = hostname().toLowerCase()
  const mdns = host.includes('.') ? [] : [`${host}.local`]
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  const reachable = addresses.filter(({ address }) => !address.startsWith('fe80:')).map(({ address }) => address)
  return [host, ...mdns, ...reachable, 'localhost', '127.0.0.1']
}
