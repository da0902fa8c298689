import { createInterface } from 'node:readline'
import type { Payload, SiteConfig } from '../../../core/index.ts'
import { datapointTypes, isDatapointTypeId, type DatapointTypeId } from '../../../core/knx/dpt/datapoint-type.ts'
import { formatIndividualAddress, parseGroupAddress } from '../../../core/knx/group-address.ts'
import { refuse, type Result } from '../../../core/result.ts'
import { startGateway } from '../../../fixtures/knx-gateway/udp-gateway.ts'
import type { VirtualBus } from '../../../fixtures/knx-gateway/virtual-bus.ts'
import { addressBook, type AddressBook } from '../../../core/knx/address-book.ts'
import { describeTelegram } from '../present.ts'

export interface KnxOptions {
  readonly port: number
  readonly host: string
  readonly config?: SiteConfig
}

const help = `write <address> <value> [datapoint type]   write 9/7/2 1 · write 9/7/42 13.5 14.019
read <address>                             read 9/7/0
quit`

/** A KNXnet/IP gateway in front of a virtual bus: shows every telegram, and takes `write` and `read` as lines. */
export async function runKnx({ port, host, config }: KnxOptions): Promise<void> {
  const gateway = await startGateway({ port, host })
  const book = config ? addressBook(config) : {}
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  say(`KNXnet/IP gateway on ${host}:${gateway.port}; set knx: { gateway: ${host}, port: ${gateway.port} } in the configuration`)
  say(help)
  gateway.bus.watch((telegram, source) => say(`${new Date().toLocaleTimeString('en-GB')} ${formatIndividualAddress(source).padEnd(9)} ${describeTelegram(telegram, book)}`))
  const lines = createInterface({ input: process.stdin })
  const stop = () => lines.close()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  for await (const line of lines) {
    if (line.trim() === 'quit') return gateway.close()
    const answer = await obey(gateway.bus, line.trim(), book)
    if (answer !== undefined) say(answer)
  }
  // Without a terminal there is nobody to type: then only a signal ends it.
  if (!process.stdin.isTTY) await ended(process)
  await gateway.close()
}

function ended(source: NodeJS.Process): Promise<void> {
  return new Promise((resolve) => source.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
}

async function obey(bus: VirtualBus, line: string, book: AddressBook): Promise<string | undefined> {
  const [verb = '', addressText = '', value = '', type] = line.split(/\s+/)
  if (verb === '') return undefined
  const address = parseGroupAddress(addressText)
  if ((verb !== 'write' && verb !== 'read') || !address.ok) return address.ok || verb === '' ? help : address.reason
  if (verb === 'read') return (await bus.read(address.value)) ? undefined : `nobody answers ${addressText}`
  const known = Object.hasOwn(book, String(address.value)) ? book[String(address.value)]?.datapoint : undefined
  const payload = encodeValue(value, type ?? known ?? '1.001')
  if (!payload.ok) return payload.reason
  bus.write(address.value, payload.value)
  return undefined
}

function encodeValue(text: string, type: string): Result<Payload> {
  if (!isDatapointTypeId(type)) return refuse(`${type} is no datapoint type known here`)
  const number = Number(text)
  if (text === '' || Number.isNaN(number)) return refuse(`${text} is not a number`)
  const id: DatapointTypeId = type
  return datapointTypes[id].codec.encode(id.startsWith('1.') ? number !== 0 : number)
}
