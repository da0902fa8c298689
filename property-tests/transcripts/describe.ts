import { errorCodes } from '../../core/charge-point/project.ts'
import { statuses } from '../../core/charge-point/connector.ts'
import type { Effect, Event, Order, SiteConfig, Telegram, TransactionRecord } from '../../core/index.ts'
import { formatPayload } from '../../core/knx/dpt/datapoint-type.ts'
import { formatGroupAddress } from '../../core/knx/group-address.ts'
import { datapointOf, groupObjects } from '../../core/knx/group-object.ts'
import type { Payload } from '../../core/knx/telegram.ts'
import { parseFrame } from '../../core/ocpp/frame.ts'
import { objectAt } from '../../fixtures/world/bus-value.ts'
import { wordsOf } from './payload.ts'

/** Describes the events and effects of one conversation; it remembers what was asked, to name what is answered. */
export interface Describer {
  readonly event: (event: Event) => string | undefined
  readonly effect: (effect: Effect) => string | undefined
}

/** Lines without their time: who, which way, and what; undefined for what is not worth a line. */
export function createDescriber(config: SiteConfig): Describer {
  const asked = new Map<string, string>()

  const frame = (who: 'theirs' | 'ours', arrow: string, text: string): string | undefined => {
    const parsed = parseFrame(text)
    const about = 'id' in parsed ? asked.get(`${who === 'ours' ? 'theirs' : 'ours'} ${parsed.id}`) : undefined
    const words = frameWords(parsed, about ?? 'nothing asked')
    if (parsed.type === 'call') asked.set(`${who} ${parsed.id}`, parsed.action)
    return words === undefined ? undefined : `charger ${arrow} ${words === '' ? text : words}`
  }

  return {
    event(event) {
      switch (event.type) {
        case 'received':
          return frame('theirs', '→', event.text)
        case 'telegram':
          return `    bus → ${telegramWords(event.telegram, config)}`
        case 'command':
          return `${event.command.source.padStart(7)} → ${orderWords(event.command.order)}`
        case 'transmitted':
          return event.confirmed ? undefined : '    bus → not confirmed'
        default:
          return undefined
      }
    },
    effect(effect) {
      switch (effect.type) {
        case 'send':
          return frame('ours', '←', effect.text)
        case 'transmit':
          return `    bus ← ${telegramWords(effect.telegram, config)}`
        case 'book':
          return `  books ← ${recordWords(effect.transaction)}`
        case 'sign':
          return `  certs ← a certificate for ${effect.commonNames.join(' or ')}`
        case 'close':
          return `charger ← closed: ${effect.reason}`
        case 'progress':
          return `command   ${effect.command} ${effect.stage}${effect.reason && `: ${effect.reason}`}`
        case 'answered':
          // The answer itself has its line.
          return undefined
        case 'note':
          return noteLine(effect)
        case 'sample':
          return undefined
      }
    },
  }
}

function frameWords(frame: ReturnType<typeof parseFrame>, about: string): string | undefined {
  switch (frame.type) {
    case 'call':
      return frame.action === 'Heartbeat' ? undefined : `${frame.action} ${wordsOf(frame.action, frame.payload)}`.trimEnd()
    case 'result': {
      const words = wordsOf(`${about}Response`, frame.payload)
      return words === '' || about === 'Heartbeat' ? undefined : `  ${about}: ${words}`
    }
    case 'error':
      return `  ${about}: CALLERROR ${frame.code} ${frame.description}`.trimEnd()
    default:
      return ''
  }
}

/** A telegram with its value as people read it and as it travels: six bits bare, octets in hexadecimal. */
function telegramWords(telegram: Telegram, config: SiteConfig): string {
  const object = objectAt(config, telegram.address)
  const title = `${formatGroupAddress(telegram.address)} ${object ? groupObjects[object.name].title : 'nothing of ours'}`
  if (telegram.service === 'read') return `${title}?`
  const { payload } = telegram
  const value = object ? formatPayload(datapointOf(object.name, object.charger), payload) : ''
  const names = object?.name === 'status' ? statuses : object?.name === 'errorCode' ? errorCodes : []
  const word = names[Number(value)] ?? ''
  return `${title} = ${`${value} ${word}`.trim()} (${octets(payload)})${telegram.service === 'response' ? ' in answer' : ''}`
}

function octets(payload: Payload): string {
  return 'small' in payload ? String(payload.small) : payload.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

function orderWords(order: Order): string {
  return Object.values(order).filter((value) => value !== null).join(' ')
}

/** Nothing where the StatusNotification above has said it already. */
function noteLine({ level, connector, text }: Extract<Effect, { type: 'note' }>): string | undefined {
  if (level === 'info' && statuses.some((status) => text.startsWith(status))) return undefined
  return `   note ${level === 'warning' ? '!' : ' '} ${connector > 0 ? `${connector}: ` : ''}${text}`
}

function recordWords({ id, connector, idTag, meterStart, meterStop, energy, reason }: TransactionRecord): string {
  const what = `${connector}: transaction ${id} of ${idTag}`
  return energy === null ? `${what} runs from ${meterStart} Wh` : `${what} ended (${reason}) at ${meterStop} Wh: ${energy} Wh`
}
