import type { X509Certificate } from 'node:crypto'
import { isIP, isIPv4 } from 'node:net'

const dnsName = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/

// OCPP-J 1.6 §6.2.1 allows a certificate of 2048 bytes; an RSA certificate without names has some 1100.
const bytesForNames = 800

/** The names that can stand in a server certificate, each once, as many of the first as fit into its 2048 bytes (OCPP-J 1.6 §6.2.1). */
export const fitNames = (names: readonly string[]): readonly string[] => {
  const usable = names.map((name) => name.trim().toLowerCase()).filter((name) => isAddress(name) || dnsName.test(name))
  let bytes = 0
  return [...new Set(usable)].filter((name) => {
    bytes += sizeOf(name)
    return bytes <= bytesForNames
  })
}

/** Whether a certificate holds for a DNS name or an IP address. */
export const isCoveredBy = (certificate: X509Certificate, name: string): boolean => {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined
  return `, ${certificate.subjectAltName ?? ''},`.includes(`, DNS:${name},`)
}

// An address with a zone, such as fe80::1%eth0, means nothing elsewhere.
const isAddress = (name: string): boolean => isIP(name) !== 0 && !name.includes('%')

// An IPv4 address stands there twice, as address and as name.
const sizeOf = (name: string): number => {
  if (isIP(name) === 0) return name.length + 2
  return isIPv4(name) ? name.length + 8 : 18
}
