import type { Effect, TransactionRecord } from '../core/index.ts'

/** What a step of a site leaves to do: what must be on disk first, and the effects that wait for it. */
export interface Step {
  /** Of the Charge Point it concerns; empty where it concerns several. */
  readonly identity: string
  readonly keys: readonly string[]
  readonly transactions: readonly TransactionRecord[]
  readonly effects: readonly Effect[]
}

/** Performs the effects of steps: after their commit, and after those of earlier steps of the same Charge Point. */
export interface CommitQueue {
  /** Takes steps that happened together: what must be saved of them is one commit. */
  readonly add: (steps: readonly Step[]) => void
  /** Saves what nothing waits for. */
  readonly save: (keys: readonly string[]) => Promise<void>
  /** Resolves when all is saved and performed. */
  readonly idle: () => Promise<void>
}

/** `commit` writes all or nothing and rejects if it could not; `rest` is what is waited for before it is tried again. */
export interface CommitPorts {
  readonly commit: (keys: readonly string[], transactions: readonly TransactionRecord[]) => Promise<void>
  readonly perform: (effect: Effect) => void
  readonly rest: (failure: unknown) => Promise<void>
}

/**
 * One commit at a time: what comes while the disk is busy is the next one together. Where that fails each Charge Point goes on alone,
 * and so does what comes then, until all is saved: what cannot be saved of one holds up no other.
 */
export function createCommitQueue({ commit, perform, rest }: CommitPorts): CommitQueue {
  let gathered: Step[] = []
  let writing: Step[] | undefined
  let running: Promise<void> | undefined
  // The steps among which the newest of a Charge Point waits.
  const waiting = new Map<string, Step[]>()
  // After a commit that failed: when the newest of a Charge Point is done.
  const alone = new Map<string, Promise<void>>()

  function add(steps: readonly Step[]): void {
    for (const step of steps) addOne(step)
    if (gathered.length > 0) running ??= run()
  }

  function addOne(step: Step): void {
    const { identity, keys, transactions } = step
    if (alone.size > 0) return goAlone(step)
    const lasts = keys.length > 0 || transactions.length > 0
    const batch = lasts ? gathered : waiting.size === 0 ? undefined : identity === '' ? newest() : (waiting.get(identity) ?? waiting.get(''))
    if (!batch) return performAll(step)
    batch.push(step)
    waiting.set(identity, batch)
  }

  function newest(): Step[] | undefined {
    return gathered.length > 0 ? gathered : writing
  }

  async function run(): Promise<void> {
    while (gathered.length > 0) {
      const batch = gathered
      gathered = []
      writing = batch
      const isSaved = await commitAll(batch).then(() => true, () => false)
      if (isSaved) land(batch)
      else scatter(batch)
      writing = undefined
    }
    running = undefined
  }

  function land(batch: readonly Step[]): void {
    // Also what comes meanwhile: it is put at the end.
    for (const step of batch) performAll(step)
    for (const { identity } of batch) if (waiting.get(identity) === batch) waiting.delete(identity)
  }

  function scatter(batch: readonly Step[]): void {
    const steps = [...batch, ...gathered]
    gathered = []
    waiting.clear()
    steps.forEach(goAlone)
  }

  function commitAll(steps: readonly Step[]): Promise<void> {
    const keys = new Set<string>()
    const transactions: TransactionRecord[] = []
    for (const step of steps) {
      for (const key of step.keys) keys.add(key)
      for (const transaction of step.transactions) transactions.push(transaction)
    }
    return commit([...keys], transactions)
  }

  function performAll({ effects }: Step): void {
    for (const effect of effects) perform(effect)
  }

  /** Behind earlier ones of its Charge Point, and of the site: what is saved of that is what all others build on. */
  function goAlone(step: Step): void {
    const done = Promise.all([alone.get(''), alone.get(step.identity)]).then(() => save(step.keys, step.transactions)).then(() => {
      performAll(step)
      if (alone.get(step.identity) === done) alone.delete(step.identity)
    })
    alone.set(step.identity, done)
  }

  /** However long it takes: a disk that is full or gone may come back. */
  async function save(keys: readonly string[], transactions: readonly TransactionRecord[] = []): Promise<void> {
    while (keys.length > 0 || transactions.length > 0) {
      try {
        return await commit(keys, transactions)
      } catch (failure) {
        await rest(failure)
      }
    }
  }

  async function idle(): Promise<void> {
    if (!running && alone.size === 0) return
    await Promise.all([running, ...alone.values()])
    return idle()
  }

  return { add, save, idle }
}
