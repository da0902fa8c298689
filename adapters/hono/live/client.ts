import type { EventName } from '../contract.ts'

/** One reader of the stream of events. What is a state is queued by its key and read when its turn comes, so it is always the newest. */
export interface Client {
  readonly stream: ReadableStream<Uint8Array>
  /** What is under this key has changed. */
  readonly mark: (key: string) => void
  /** Something happened; too many of these are left out, and counted. */
  readonly tell: (event: EventName, data: unknown) => void
  /** Shows that we are there; ends a reader that reads no more. */
  readonly ping: () => void
  readonly close: () => void
}

/** What is under a key now, as events. */
export type Resolve = (key: string) => readonly Message[] | Promise<readonly Message[]>
export type Message = readonly [event: EventName, data: unknown]

const mostTold = 256
/** Messages put into one chunk. */
const mostAtOnce = 50
/** Pings after which a reader that took nothing is let go. */
const mostPings = 4

export function createClient(resolve: Resolve, nextId: () => string, left: () => void): Client {
  const encoder = new TextEncoder()
  const marked = new Set<string>()
  let told: Message[] = []
  let lost = 0
  let unread = 0
  let pinged = false
  let closed = false
  let wake = (): void => {}
  let end = (): void => {}

  const encode = ([event, data]: Message): string => `id: ${nextId()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

  async function take(): Promise<string> {
    const keys = [...marked].slice(0, mostAtOnce)
    for (const key of keys) marked.delete(key)
    const states = (await Promise.all(keys.map(resolve))).flat()
    const news: readonly Message[] = [...told, ...(lost > 0 ? [['lost', { count: lost }] as const] : [])]
    told = []
    lost = 0
    const text = [...states, ...news].map(encode).join('')
    const ping = pinged && text === '' ? ': here\n\n' : ''
    pinged = false
    return text + ping
  }

  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      unread = 0
      for (;;) {
        if (closed) return
        const text = await take()
        if (text !== '') return controller.enqueue(encoder.encode(text))
        await new Promise<void>((done) => {
          wake = done
          if (marked.size > 0 || told.length > 0 || pinged || closed) done()
        })
      }
    },
    cancel: () => close(),
    start: (controller) => {
      end = () => controller.close()
    },
  }, { highWaterMark: 0 })

  function close(): void {
    if (closed) return
    closed = true
    left()
    wake()
    try {
      end()
    } catch {
      // The reader was gone before us.
    }
  }

  return {
    stream,
    mark(key) {
      marked.add(key)
      wake()
    },
    tell(event, data) {
      if (told.length < mostTold) told.push([event, data])
      else lost += 1
      wake()
    },
    ping() {
      unread += 1
      if (unread > mostPings) return close()
      pinged = true
      wake()
    },
    close,
  }
}
