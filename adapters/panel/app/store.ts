import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** A value that can be watched. */
export interface Store<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
  /** Changes it; a change that gives back the same value tells nobody. */
  readonly update: (change: (value: Value) => Value) => void
  /** Calls back after each change, until what it returned is called. */
  readonly subscribe: (listener: () => void) => () => void
}

export type Watchable = Pick<Store<unknown>, 'subscribe'>

export function createStore<Value>(first: Value): Store<Value> {
  let value = first
  const listeners = new Set<() => void>()
  const set = (next: Value) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Renders an element again whenever one of the stores changes, while it is on the page. */
export function watch(host: ReactiveControllerHost, ...stores: readonly Watchable[]): void {
  let leave: (() => void)[] = []
  const controller: ReactiveController = {
    hostConnected() {
      leave = stores.map((store) => store.subscribe(() => host.requestUpdate()))
    },
    hostDisconnected() {
      for (const end of leave) end()
    },
  }
  host.addController(controller)
}

/** Ticks each second while somebody looks. */
export function createTicker(everyMs: number): Watchable {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    subscribe(listener) {
      listeners.add(listener)
      timer ??= setInterval(() => listeners.forEach((tick) => tick()), everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
