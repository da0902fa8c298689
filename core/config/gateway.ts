import { ok, refuse, type Result } from '../result.ts'
import type { Kind } from './combine.ts'

/** Where the KNX bus is: `none`, `virtual`, an IPv4 address (multicast is routing, any other tunnelling) or a host name. */
export const gateway: Kind<string> = { noun: 'a gateway', read: readGateway }

const right = 'a host name or IPv4 address, a multicast address for routing, `virtual`, or `none`'
const label = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/

function readGateway(input: unknown): Result<string> {
  if (typeof input !== 'string') return refuse(right)
  if (/^[^:]+:\d+$/.test(input)) return refuse('write the port by itself, as `port`')
  if (/^[\d.]+$/.test(input)) return isAddress(input) ? ok(input) : refuse('an IPv4 address is four numbers from 0 to 255')
  return input.length <= 253 && input.split('.').every((part) => label.test(part)) ? ok(input) : refuse(right)
}

function isAddress(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}
