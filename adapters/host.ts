import {
  allKeys, changes, identityOf, keyOf, reduce, revive, rowOf, wakeAt,
  type Effect, type Event, type Instant, type Row, type Site, type TransactionRecord,
} from '../core/index.ts'
import { createCommitQueue, type Step } from './commit-queue.ts'
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
  /** Takes several that came together: what is to be done about all of them is found out once. */
  readonly dispatchAll: (events: readonly Event[]) => void
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
  const queue = createCommitQueue({ commit, perform: ports.perform, rest })
  queue.add([{ identity: '', keys: allKeys(site), transactions: none, effects: none }])
  let cancelFlush = ports.after(flushInterval, scheduledFlush)

  // An effect may make something happen at once: that waits until the other effects of its step are performed.
  const dispatchAll = inTurn((events: readonly Event[]): void => {
    if (stopped) return
    const before = site
    const steps = events.map(step)
    const { now, soon } = changes(before, site)
    for (const key of soon) unsaved.add(key)
    const due = new Set(now)
    const keyed = steps.map((one) => withKeys(one, due))
    queue.add(due.size === 0 ? keyed : [{ identity: '', keys: [...due], transactions: none, effects: none }, ...keyed])
    schedule()
  })

  function step(event: Event): Step {
    const [after, effects] = reduce(site, event)
    site = after
    ports.watch?.(event, effects)
    return { identity: identityOf(event), keys: none, transactions: booked(effects), effects }
  }

  /** Saves the newest state of what the keys name. */
  function commit(keys: readonly string[], transactions: readonly TransactionRecord[]): Promise<void> {
    return ports.commit(keys.flatMap((key) => rowOf(site, key) ?? none), transactions)
  }

  function rest(failure: unknown): Promise<void> {
    const text = `what must not be lost could not be saved, and will be tried again: ${String(failure)}`
    ports.perform({ type: 'note', level: 'warning', identity: '', connector: 0, text })
    return new Promise((resolve) => void ports.after(saveRest, resolve))
  }

  function schedule(): void {
    const next = wakeAt(site)
    // A timer that runs already and is not too late may fire for nothing: that costs less than setting it anew at every message.
    if (next === undefined || (wakesAt !== undefined && wakesAt <= next)) return
    cancelWake()
    wakesAt = next
    cancelWake = ports.after(Math.min(Math.max(next - ports.now(), 0), longestDelay), () => {
      wakesAt = undefined
      dispatchAll([{ type: 'tick', at: ports.now() }])
    })
  }

  async function flush(): Promise<void> {
    const keys = [...unsaved]
    unsaved.clear()
    await queue.save(keys)
  }

  function scheduledFlush(): void {
    void flush()
    cancelFlush = ports.after(flushInterval, scheduledFlush)
  }

  async function stop(): Promise<void> {
    stopped = true
    cancelWake()
    cancelFlush()
    await Promise.all([flush(), queue.idle()])
  }

  return { site: () => site, dispatch: (event) => dispatchAll([event]), dispatchAll, flush, stop }
}

const none: readonly never[] = []

/** The transactions that are to be written; of most steps there are none. */
function booked(effects: readonly Effect[]): readonly TransactionRecord[] {
  let transactions: TransactionRecord[] | undefined
  for (const effect of effects) if (effect.type === 'book') (transactions ??= []).push(effect.transaction)
  return transactions ?? none
}

/** A step with the state of its Charge Point, if that is due to be saved: it is taken out of what is due. */
function withKeys(step: Step, due: Set<string>): Step {
  if (due.size === 0 || !due.delete(keyOf(step.identity))) return step
  return { identity: step.identity, keys: [keyOf(step.identity)], transactions: step.transactions, effects: step.effects }
}
