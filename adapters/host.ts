import {
  allKeys, changes, reduce, revive, rowOf, wakeAt,
  type Effect, type Event, type Instant, type Row, type Site, type TransactionRecord,
} from '../core/index.ts'
import { inTurn } from './in-turn.ts'

/** What a host of a site needs from its surroundings. */
export interface Ports {
  /** Now; never earlier than before. */
  readonly now: () => Instant
  /** Resolves when rows and transactions are on disk to stay; rejects when they are not, and is then tried again. */
  readonly commit: (rows: readonly Row[], transactions: readonly TransactionRecord[]) => Promise<void>
  readonly perform: (effect: Effect) => void
  /** Calls back after so many milliseconds, unless cancelled by what it returns. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** Told of every step, for diagnosis. */
  readonly watch?: (event: Event, effects: readonly Effect[]) => void
}

export interface Host {
  readonly site: () => Site
  /** Takes an event, stamped with `now`. */
  readonly dispatch: (event: Event) => void
  /** Saves what may be some seconds old. */
  readonly flush: () => Promise<void>
  /** Resolves when all is saved and every effect performed; nothing is dispatched afterwards. */
  readonly stop: () => Promise<void>
}

/** Milliseconds between attempts to save what could not be saved. */
const saveRest = 2_000
/** Milliseconds that changes may wait that are worth keeping, but no answer depends on: an SD card lives from them. */
const flushInterval = 30_000
/** Node's longest timer. */
const longestDelay = 2 ** 31 - 1

/** Runs a site: event → reduce → save → perform → wake. The site is revived, and that is on disk before the first effect. */
export function createHost(saved: Site, ports: Ports): Host {
  let site = revive(saved)
  let stopped = false
  let cancelWake = (): void => {}
  let wakesAt: Instant | undefined
  const unsaved = new Set<string>()
  const waiting = new Map<string, Promise<void>>()
  let opening: Promise<void> | undefined = save(allKeys(site), []).then(() => {
    opening = undefined
  })
  let cancelFlush = ports.after(flushInterval, scheduledFlush)

  // An effect may make something happen at once: that waits until the other effects of its step are performed.
  const dispatch = inTurn((event: Event): void => {
    if (stopped) return
    const before = site
    const [after, effects] = reduce(before, event)
    site = after
    ports.watch?.(event, effects)
    const { now, soon } = changes(before, after)
    for (const key of soon) unsaved.add(key)
    settle(identityOf(event), now, booked(effects), effects)
    schedule()
  })

  /** Effects wait for what must be saved first, and for earlier ones of the same Charge Point. */
  function settle(identity: string, keys: readonly string[], transactions: readonly TransactionRecord[], effects: readonly Effect[]): void {
    const earlier = earlierOf(identity)
    const lasting = keys.length > 0 || transactions.length > 0
    const ready = lasting ? (earlier ? earlier.then(() => save(keys, transactions)) : save(keys, transactions)) : earlier
    if (!ready) {
      effects.forEach(ports.perform)
      return
    }
    const done = ready.then(() => {
      effects.forEach(ports.perform)
      if (waiting.get(identity) === done) waiting.delete(identity)
    })
    waiting.set(identity, done)
  }

  /** What must be done before: of the same Charge Point; for what concerns several, of all. */
  function earlierOf(identity: string): Promise<unknown> | undefined {
    if (opening || (identity === '' && waiting.size > 0)) return Promise.all([opening, ...waiting.values()])
    return waiting.size === 0 ? undefined : (waiting.get(identity) ?? waiting.get(''))
  }

  /** Saves the newest state of what the keys name, however long it takes: a disk that is full or gone may come back. */
  function save(keys: readonly string[], transactions: readonly TransactionRecord[]): Promise<void> {
    const commit = () => ports.commit(keys.flatMap((key) => rowOf(site, key) ?? []), transactions)
    return commit().catch((error: unknown) => saveAgain(commit, error))
  }

  async function saveAgain(commit: () => Promise<void>, error: unknown): Promise<void> {
    for (let failure = error; ;) {
      const text = `what must not be lost could not be saved, and will be tried again: ${String(failure)}`
      ports.perform({ type: 'note', level: 'warning', identity: '', connector: 0, text })
      await new Promise<void>((resolve) => void ports.after(saveRest, resolve))
      try {
        return await commit()
      } catch (next) {
        failure = next
      }
    }
  }

  function schedule(): void {
    const next = wakeAt(site)
    // A timer that runs already and is not too late may fire for nothing: that costs less than setting it anew at every message.
    if (next === undefined || (wakesAt !== undefined && wakesAt <= next)) return
    cancelWake()
    wakesAt = next
    cancelWake = ports.after(Math.min(Math.max(next - ports.now(), 0), longestDelay), () => {
      wakesAt = undefined
      dispatch({ type: 'tick', at: ports.now() })
    })
  }

  async function flush(): Promise<void> {
    const keys = [...unsaved]
    unsaved.clear()
    if (keys.length > 0) await save(keys, [])
  }

  function scheduledFlush(): void {
    void flush()
    cancelFlush = ports.after(flushInterval, scheduledFlush)
  }

  async function stop(): Promise<void> {
    stopped = true
    cancelWake()
    cancelFlush()
    await Promise.all([flush(), opening, ...waiting.values()])
  }

  return { site: () => site, dispatch, flush, stop }
}

const none: readonly TransactionRecord[] = []

/** The transactions that are to be written; of most steps there are none. */
function booked(effects: readonly Effect[]): readonly TransactionRecord[] {
  if (!effects.some(({ type }) => type === 'book')) return none
  return effects.flatMap((effect) => (effect.type === 'book' ? [effect.transaction] : []))
}

function identityOf(event: Event): string {
  if (event.type === 'received') return event.identity
  if (event.type === 'command') return event.command.identity
  return 'identity' in event ? event.identity : ''
}
