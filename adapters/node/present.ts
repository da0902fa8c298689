import type { Effect, Event, Telegram } from '../../core/index.ts'
import { readTelegram, type AddressBook } from '../../core/knx/address-book.ts'
import { formatGroupAddress } from '../../core/knx/group-address.ts'

/** An event in a line, as people read it. */
export function describeEvent(event: Event, book: AddressBook): string | undefined {
  switch (event.type) {
    case 'opened':
      return lane('charger', '→', `${event.identity} connects from ${event.remote}`)
    case 'closed':
      return lane('charger', '→', `${event.identity} is gone (${event.code}${event.reason && `, ${event.reason}`})`)
    case 'received':
      return lane('charger', '→', describeFrame(event.text))
    case 'refused':
      return lane('charger', '→', `${event.identity} is refused: ${event.reason}`)
    case 'command':
      return lane('command', '→', `${event.command.order.type} for ${event.command.identity}/${event.command.connector}, by ${event.command.source}`)
    case 'telegram':
      return lane('KNX', '→', describeTelegram(event.telegram, book))
    case 'bus':
      return lane('KNX', '→', event.up ? 'the bus is reachable' : 'the bus is lost')
    case 'signed':
      return lane('certs', '→', event.result.ok ? `certificate ${event.result.value.serialNumber} for ${event.identity}` : `none for ${event.identity}: ${event.result.reason}`)
    case 'transmitted':
      return event.confirmed ? undefined : lane('KNX', '→', 'the telegram was not confirmed')
    case 'configured':
    case 'tick':
      return undefined
  }
}

/** An effect in a line, as people read it. */
export function describeEffect(effect: Effect, book: AddressBook): string {
  switch (effect.type) {
    case 'send':
      return lane('charger', '←', describeFrame(effect.text))
    case 'close':
      return lane('charger', '←', `closed (${effect.code}, ${effect.reason})`)
    case 'sign':
      return lane('certs', '←', `${effect.identity} asks for a certificate`)
    case 'transmit':
      return lane('KNX', '←', describeTelegram(effect.telegram, book))
    case 'book': {
      const { id, energy, idTag, reason } = effect.transaction
      return lane('books', '←', energy === null ? `transaction ${id} of ${idTag} runs` : `transaction ${id} of ${idTag} ended (${reason}), ${energy} Wh`)
    }
    case 'sample': {
      const { current, power, energy } = effect.sample
      return lane('meter', '←', `${[[current, 'A'], [power, 'W'], [energy, 'Wh']].filter(([amount]) => amount !== null).map((pair) => pair.join(' ')).join(', ')}`)
    }
    case 'progress':
      return lane('command', '←', `${effect.command} ${effect.stage}${effect.reason && `: ${effect.reason}`}`)
    case 'answered':
      return lane('command', '←', `${effect.command} answered ${describePayload(effect.answer)}`.slice(0, longest))
    case 'note':
      return lane('note', effect.level === 'warning' ? '!' : ' ', effect.text)
  }
}

function lane(who: string, arrow: string, text: string): string {
  return `${who.padStart(8)} ${arrow} ${text}`
}

export function describeTelegram(telegram: Telegram, book: AddressBook): string {
  const { title, value } = readTelegram(telegram, book)
  const address = formatGroupAddress(telegram.address)
  const name = title === null ? address : `${address} ${title}`
  return value === null ? `${name}?` : `${name} = ${value}${telegram.service === 'response' ? ' (answer)' : ''}`
}

const longest = 160

/** An OCPP message as words: `StatusNotification connectorId 1, status Charging`. */
function describeFrame(text: string): string {
  const frame = parse(text)
  if (!Array.isArray(frame)) return `unreadable: ${text}`.slice(0, longest)
  const [type, id, third, fourth] = frame as readonly unknown[]
  if (type === 2) return `${String(third)} ${describePayload(fourth)}`.slice(0, longest)
  if (type === 3) return `  answer ${describePayload(third)}`.slice(0, longest)
  if (type === 4) return `  error ${String(third)}: ${String(fourth)}`.slice(0, longest)
  return `message of type ${String(type)} (${String(id)})`.slice(0, longest)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describePayload(payload: unknown): string {
  if (Array.isArray(payload)) return `[${payload.map(describePayload).join('; ')}]`
  if (typeof payload !== 'object' || payload === null) return String(payload)
  return Object.entries(payload).map(([key, value]) => `${key} ${describePayload(value)}`).join(', ')
}
