import type { EventName } from '../../hono/contract.ts'
import { createEventReader, type ServerEvent } from './event-stream.ts'
import { nothingYet, takeEvents, type Live } from './live-state.ts'
import { createStore, type Store } from './store.ts'

export interface LiveOptions {
  /** Such as https://controller:8080; empty for where the page came from. */
  readonly server?: string
  readonly token?: string
  /** Where to keep the state; its own unless told. */
  readonly state?: Store<Live>
  /** What is wanted beside the state itself. */
  readonly query?: Readonly<Record<string, string>>
  /** Gets every event as it comes. */
  readonly each?: (events: readonly ServerEvent[]) => void
}

export interface LiveConnection {
  readonly state: Store<Live>
  readonly close: () => void
}

/** A stream that says nothing for so long is dead: the controller says something more often. */
const silenceMs = 45_000
const firstRestMs = 500
const longestRestMs = 10_000

/** Follows the events of a controller, and connects again by itself. */
export function follow({ server = '', token, query = {}, each, state = createStore<Live>(nothingYet) }: LiveOptions): LiveConnection {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const url = `${server}/api/events${Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''}`
  let closed = false
  let abort = new AbortController()

  const run = async () => {
    let restMs = firstRestMs
    for (;;) {
      if (closed) return
      abort = new AbortController()
      const outcome = await read(url, headers, abort, (events, begins) => {
        if (begins) restMs = firstRestMs
        each?.(events)
        later(events, begins)
      })
      if (closed) return
      flush()
      state.update((live) => ({ ...live, link: outcome === 'forbidden' ? 'forbidden' : 'lost' }))
      // Many panels that lost one controller shall not all come back in the same moment.
      if (outcome === 'forbidden') restMs = longestRestMs
      await rest(restMs * (0.75 + Math.random() / 2))
      restMs = Math.min(restMs * 2, longestRestMs)
    }
  }

  // What comes within one picture of the screen is rendered once.
  let waiting: ServerEvent[] = []
  let beginning = false
  let scheduled: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(scheduled)
    scheduled = undefined
    const [events, begins] = [waiting, beginning]
    waiting = []
    beginning = false
    if (events.length > 0 || begins) state.update((live) => takeEvents(live, events, Date.now(), begins))
  }
  const later = (events: readonly ServerEvent[], begins: boolean) => {
    waiting.push(...events)
    beginning ||= begins
    scheduled ??= setTimeout(flush, 50)
  }

  let wake = () => {}
  const rest = (ms: number) => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  // A phone that was asleep looks at once.
  const awake = () => wake()
  addEventListener('online', awake)
  document.addEventListener('visibilitychange', awake)

  void run()
  return {
    state,
    close() {
      closed = true
      clearTimeout(scheduled)
      abort.abort()
      wake()
      removeEventListener('online', awake)
      document.removeEventListener('visibilitychange', awake)
    },
  }
}

async function read(
  url: string, headers: Record<string, string>, abort: AbortController, take: (events: readonly ServerEvent[], begins: boolean) => void,
): Promise<'ended' | 'forbidden'> {
  let timer = setTimeout(() => abort.abort(), silenceMs)
  try {
    const response = await fetch(url, { headers, signal: abort.signal, cache: 'no-store' })
    // Too many wrong tokens: it is not the way that is broken.
    if ([401, 403, 429].includes(response.status)) return 'forbidden'
    if (!response.ok || !response.body) return 'ended'
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const split = createEventReader()
    let begins = true
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'ended'
      clearTimeout(timer)
      timer = setTimeout(() => abort.abort(), silenceMs)
      const events = split(value)
      if (events.length === 0 && !begins) continue
      take(events, begins && events.length > 0)
      if (events.length > 0) begins = false
    }
  } catch {
    return 'ended'
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

/** The data of the events of one name. */
export function dataOf(events: readonly ServerEvent[], name: EventName): readonly unknown[] {
  return events.filter(({ event }) => event === name).map(({ data }) => JSON.parse(data) as unknown)
}
