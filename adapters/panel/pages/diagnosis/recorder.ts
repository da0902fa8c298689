import { createStore, type Store } from '../../app/store.ts'

/** A bounded list of what happened, newest first, that can be stopped to be read. */
export interface Recorder<Entry> {
  readonly shown: Store<readonly Entry[]>
  readonly paused: Store<boolean>
  readonly add: (entries: readonly Entry[]) => void
  /** Puts what was before the rest. */
  readonly begin: (earlier: readonly Entry[]) => void
  readonly clear: () => void
  /** Goes on; what came meanwhile is shown. */
  readonly resume: () => void
}

const kept = 500

export function createRecorder<Entry>(): Recorder<Entry> {
  const shown = createStore<readonly Entry[]>([])
  const paused = createStore(false)
  let all: readonly Entry[] = []
  const show = () => shown.set(all)
  return {
    shown, paused,
    add(entries) {
      if (entries.length === 0) return
      all = [...entries.toReversed(), ...all].slice(0, kept)
      if (!paused.get()) show()
    },
    begin(earlier) {
      all = [...all, ...earlier.toReversed()].slice(0, kept)
      if (!paused.get()) show()
    },
    clear() {
      all = []
      show()
    },
    resume() {
      paused.set(false)
      show()
    },
  }
}
