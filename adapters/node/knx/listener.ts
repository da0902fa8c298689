import type { LinkEffect } from '../../../core/knx/link/state.ts'
import type { IndividualAddress, Telegram } from '../../../core/knx/telegram.ts'

/** What a link tells its host; it must not throw. */
export interface LinkListener {
  /** A group telegram of another device. */
  telegram(telegram: Telegram): void
  up(address: IndividualAddress): void
  /** There is no way to the bus, for this reason; comes again when the reason changes. */
  down(reason: string): void
  /** The outcome of one `transmit`, in the order in which they came. */
  transmitted(confirmed: boolean): void
  note(text: string): void
}

/** A way to the bus; `close` ends when the gateway has been told, at most a second later. */
export interface Link {
  transmit(telegram: Telegram): void
  close(): Promise<void>
}

/** The effects of the link that are for its listener. */
export type News = Exclude<LinkEffect, { readonly type: 'open' | 'close' | 'write' }>

/** Tells a listener the news. */
export function tell(listener: LinkListener, news: News): void {
  switch (news.type) {
    case 'telegram': return listener.telegram(news.telegram)
    case 'up': return listener.up(news.address)
    case 'down': return listener.down(news.reason)
    case 'transmitted': return listener.transmitted(news.confirmed)
    case 'note': return listener.note(news.text)
  }
}
