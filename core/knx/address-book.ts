import { errorCodes } from '../charge-point/project.ts'
import { statuses } from '../charge-point/connector.ts'
import { objectNames, type ObjectName, type SiteConfig } from '../config/site-config.ts'
import { formatPayload, type DatapointTypeId } from './dpt/datapoint-type.ts'
import { datapointOf, groupObjects } from './group-object.ts'
import type { Payload, Telegram } from './telegram.ts'

/** What a group address is called, and how its values are read. */
export interface AddressBook {
  readonly [address: string]: { readonly title: string; readonly datapoint: DatapointTypeId; /** What the numbers stand for. */ readonly words: readonly string[] }
}

const wordsOf: { readonly [Name in ObjectName]?: readonly string[] } = { status: statuses, errorCode: errorCodes }

export function addressBook(config: SiteConfig): AddressBook {
  const entries = config.chargers.flatMap((charger) =>
    objectNames.flatMap((name) =>
      [charger.objects[name]?.send, charger.objects[name]?.receive].flatMap((address) =>
        address === undefined ? [] : [[address, { title: `${charger.name}, ${groupObjects[name].title}`, datapoint: datapointOf(name, charger), words: wordsOf[name] ?? [] }] as const],
      ),
    ),
  )
  return Object.fromEntries(entries)
}

/** What a telegram says, as people read it: whose address it is, null for a stranger's; and its value, null for a read. */
export function readTelegram(telegram: Telegram, book: AddressBook): { readonly title: string | null; readonly value: string | null } {
  const known = Object.hasOwn(book, String(telegram.address)) ? book[String(telegram.address)] : undefined
  const title = known?.title ?? null
  if (telegram.service === 'read') return { title, value: null }
  const { payload } = telegram
  return { title, value: known ? withWord(formatPayload(known.datapoint, payload), known.words) : raw(payload) }
}

function withWord(value: string, words: readonly string[]): string {
  const word = words[Number(value)]
  return word === undefined ? value : `${value} ${word}`
}

function raw(payload: Payload): string {
  return 'small' in payload ? String(payload.small) : payload.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
