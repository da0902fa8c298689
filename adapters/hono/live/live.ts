import { identityOf, type Effect, type Event, type Instant } from '../../../core/index.ts'
import { addressBook, type AddressBook } from '../../../core/knx/address-book.ts'
import { maskText } from '../mask.ts'
import type { SitePort } from '../port.ts'
import type { FrameView, TelegramView } from '../schemas/diagnosis.ts'
import { viewTelegram } from '../views.ts'
import { createClient, type Client } from './client.ts'
import { changedChargers, configuredKeys } from './changed.ts'
import { createHistory, type History } from './history.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createResolve, keyOf } from './resolve.ts'
import { createRing, type Ring } from './ring.ts'

/** What goes on: kept for a while, and told to those who watch. */
export interface Live {
  readonly ledger: Ledger
  readonly history: History
  readonly telegrams: Ring<TelegramView>
  /** How often what has happened since the start, for metrics. */
  readonly counts: Counts
  /** Opens a stream of events; undefined: there are too many already. `isGood` tells whether its reader may still read. */
  readonly open: (wish: Wish) => ReadableStream<Uint8Array> | undefined
  readonly close: () => void
}

/** How many of each type. */
export type Counts = { readonly [Kind in 'events' | 'effects' | 'notes']: ReadonlyMap<string, Readonly<Count>> }

interface Count {
  times: number
}

export interface Wish {
  readonly telegrams: boolean
  /** Identity whose frames are wanted. */
  readonly frames: string | undefined
  readonly isGood: () => boolean
}

const mostClients = 64
/** Milliseconds between two rounds of news. */
const restMs = 250
const pingMs = 15_000
/** Characters of messages that are kept for traces, over all Charge Points; and how many telegrams. */
const historySize = 2_000_000
const telegramsKept = 500

export function createLive(port: SitePort): Live {
  const ledger = createLedger()
  const history = createHistory(historySize, port.site)
  const telegrams = createRing<TelegramView>(telegramsKept)
  const counts = { events: new Map<string, Count>(), effects: new Map<string, Count>(), notes: new Map<string, Count>() }
  const clients = new Map<Client, Wish>()
  const resolve = createResolve(port, ledger)
  const dirty = new Set<string>()
  let seen = port.site()
  let book: AddressBook = seen.config ? addressBook(seen.config) : {}
  let told = 0
  let toldAt: Instant = 0
  let cancelRound: (() => void) | undefined
  let cancelPing: (() => void) | undefined

  const unwatch = port.watch((event, effects) => {
    count(event, effects)
    if (event.type === 'configured') book = addressBook(event.config)
    history.push(event)
    const news = ledger.take(event, effects, event.at)
    hearTelegrams(event, effects)
    if (clients.size === 0) return
    tellFrames(event, effects)
    for (const id of news) dirty.add(keyOf('command', id))
    if (event.type === 'refused') dirty.add(keyOf('attempt', event.identity, event.remote))
    if (event.type === 'bus') dirty.add(keyOf('site'))
    if (event.type === 'configured') dirty.add(keyOf('configuration'))
    scheduleRound(event.at)
  })

  function count(event: Event, effects: readonly Effect[]): void {
    bump(counts.events, event.type)
    for (const effect of effects) {
      if (effect.type === 'note') bump(counts.notes, effect.level)
      else bump(counts.effects, effect.type)
    }
  }

  function hearTelegrams(event: Event, effects: readonly Effect[]): void {
    const { at } = event
    if (event.type === 'telegram') hear({ ...viewTelegram(event.telegram, book), at, from: 'bus' })
    for (const effect of effects) if (effect.type === 'transmit') hear({ ...viewTelegram(effect.telegram, book), at, from: 'site' })
  }

  function tellFrames(event: Event, effects: readonly Effect[]): void {
    const identity = identityOf(event)
    if (identity === '') return
    for (const [client, { frames }] of clients) if (frames === identity) framesOf(event, effects).forEach((frame) => client.tell('frame', frame))
  }

  function hear(telegram: TelegramView): void {
    telegrams.push(telegram)
    for (const [client, wish] of clients) if (wish.telegrams) client.tell('telegram', telegram)
  }

  function scheduleRound(at: Instant): void {
    cancelRound ??= port.after(Math.max(0, toldAt + restMs - at), () => {
      cancelRound = undefined
      toldAt = port.now()
      round()
    })
  }

  /** Tells everybody what has changed since the round before. */
  function round(): void {
    const site = port.site()
    const { changed, removed, linked } = changedChargers(seen, site)
    seen = site
    for (const identity of changed) dirty.add(keyOf('charger', identity))
    if (linked) dirty.add(keyOf('site'))
    for (const client of clients.keys()) {
      for (const key of dirty) client.mark(key)
      for (const [identity, connector] of removed) client.tell('removed', { identity, connector })
    }
    dirty.clear()
  }

  function ping(): void {
    cancelPing = undefined
    for (const [client, { isGood }] of clients) (isGood() ? client.ping : client.close)()
    if (clients.size > 0) cancelPing = port.after(pingMs, ping)
  }

  return {
    ledger, history, telegrams, counts,
    open(wish) {
      if (clients.size >= mostClients) return undefined
      if (clients.size === 0) seen = port.site()
      const client = createClient(resolve, () => `${port.since}-${++told}`, () => clients.delete(client))
      clients.set(client, wish)
      client.mark(keyOf('site'))
      for (const identity of configuredKeys(port.site())) client.mark(keyOf('charger', identity))
      cancelPing ??= port.after(pingMs, ping)
      return client.stream
    },
    close() {
      unwatch()
      cancelRound?.()
      cancelPing?.()
      for (const client of clients.keys()) client.close()
    },
  }
}

function bump(counts: Map<string, Count>, name: string): void {
  const count = counts.get(name)
  if (count) count.times += 1
  else counts.set(name, { times: 1 })
}

function framesOf(event: Event, effects: readonly Effect[]): readonly FrameView[] {
  const { at } = event
  const heard = event.type === 'received' ? [{ at, identity: event.identity, from: 'charger', text: maskText(event.text) } as const] : []
  const said = effects.flatMap((effect) => (effect.type === 'send' ? [{ at, identity: effect.identity, from: 'central', text: maskText(effect.text) } as const] : []))
  return [...heard, ...said]
}
