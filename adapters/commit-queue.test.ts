import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Effect } from '../core/index.ts'
import { settings } from '../property-tests/settings.ts'
import { createCommitQueue, type Step } from './commit-queue.ts'

interface Commit {
  readonly keys: readonly string[]
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** A queue over a disk whose commits end when the test says so. */
function openQueue() {
  const commits: Commit[] = []
  const performed: string[] = []
  const failures: unknown[] = []
  let rests: (() => void)[] = []
  const queue = createCommitQueue({
    commit: (keys) => new Promise((resolve, reject) => void commits.push({ keys, resolve, reject })),
    perform: (effect) => performed.push(effect.type === 'note' ? effect.text : effect.type),
    rest: (failure) => {
      failures.push(failure)
      return new Promise((resolve) => void rests.push(resolve))
    },
  })
  /** Lets everything happen that is due. */
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  /** Ends all rests. */
  const rest = (): void => {
    for (const resolve of rests) resolve()
    rests = []
  }
  return { queue, commits, performed, failures, settle, rest }
}

const says = (text: string): Effect => ({ type: 'note', level: 'info', identity: '', connector: 0, text })
const step = (identity: string, text: string, ...keys: string[]): Step => ({ identity, keys, transactions: [], effects: [says(text)] })

describe('Effects', () => {
  test('leave at once where nothing has to be saved.', () => {
    const { queue, commits, performed } = openQueue()
    queue.add([step('CP1', 'a'), step('CP2', 'b')])
    expect(performed).toEqual(['a', 'b'])
    expect(commits).toEqual([])
  })

  test('wait for what must be saved first.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'a', 'charge-point/CP1')])
    await settle()
    expect(performed).toEqual([])
    commits[0]?.resolve()
    await settle()
    expect(performed).toEqual(['a'])
  })

  test('wait for earlier ones of their Charge Point, and for no others.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'first', 'k'), step('CP1', 'second'), step('CP2', 'other')])
    queue.add([step('CP1', 'third')])
    await settle()
    expect(performed).toEqual(['other'])
    commits[0]?.resolve()
    await settle()
    expect(performed).toEqual(['other', 'first', 'second', 'third'])
  })

  test('of the site wait for those of all, and those of all for them.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'one', 'k')])
    queue.add([step('', 'site')])
    queue.add([step('CP2', 'two')])
    await settle()
    expect(performed).toEqual([])
    commits[0]?.resolve()
    await settle()
    expect(performed).toEqual(['one', 'site', 'two'])
  })
})

describe('Commits', () => {
  test('take together what happened together, each key once.', () => {
    const { queue, commits } = openQueue()
    queue.add([step('CP1', 'a', 'k1'), step('CP2', 'b', 'k2'), step('CP1', 'c', 'k1')])
    expect(commits.map(({ keys }) => keys)).toEqual([['k1', 'k2']])
  })

  test('are made one at a time; what comes while the disk is busy is the next one together.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'a', 'k1')])
    queue.add([step('CP2', 'b', 'k2')])
    queue.add([step('CP3', 'c', 'k3')])
    await settle()
    expect(commits.map(({ keys }) => keys)).toEqual([['k1']])
    commits[0]?.resolve()
    await settle()
    expect(commits.map(({ keys }) => keys)).toEqual([['k1'], ['k2', 'k3']])
    expect(performed).toEqual(['a'])
  })

  test('that fail are tried again for each Charge Point alone, until they succeed; nothing leaves before.', async () => {
    const { queue, commits, performed, failures, settle, rest } = openQueue()
    queue.add([step('CP1', 'good', 'k1'), step('CP2', 'bad', 'k2'), step('CP2', 'behind')])
    commits[0]?.reject('no')
    await settle()
    expect(commits.slice(1).map(({ keys }) => keys)).toEqual([['k1'], ['k2']])
    commits[1]?.resolve()
    commits[2]?.reject('still no')
    await settle()
    expect(performed).toEqual(['good'])
    expect(failures).toEqual(['still no'])
    queue.add([step('CP2', 'later', 'k2'), step('CP3', 'unharmed', 'k3')])
    await settle()
    commits[3]?.resolve()
    await settle()
    expect(performed).toEqual(['good', 'unharmed'])
    rest()
    await settle()
    for (const commit of commits.slice(4)) commit.resolve()
    await settle()
    for (const commit of commits.slice(5)) commit.resolve()
    await settle()
    expect(performed).toEqual(['good', 'unharmed', 'bad', 'behind', 'later'])
  })

  test('that fail let nothing that came meanwhile overtake.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'first', 'k1')])
    queue.add([step('CP1', 'second', 'k1'), step('CP2', 'other', 'k2'), step('CP1', 'third')])
    commits[0]?.reject('no')
    await settle()
    expect(commits.slice(1).map(({ keys }) => keys)).toEqual([['k1'], ['k2']])
    commits[2]?.resolve()
    await settle()
    expect(performed).toEqual(['other'])
    commits[1]?.resolve()
    await settle()
    commits[3]?.resolve()
    await settle()
    expect(performed).toEqual(['other', 'first', 'second', 'third'])
    queue.add([step('CP1', 'fourth')])
    expect(performed).toEqual(['other', 'first', 'second', 'third', 'fourth'])
  })

  test('are all done when the queue is idle.', async () => {
    const { queue, commits, performed, settle } = openQueue()
    queue.add([step('CP1', 'a', 'k1')])
    queue.add([step('CP1', 'b', 'k1')])
    let isIdle = false
    void queue.idle().then(() => (isIdle = true))
    commits[0]?.resolve()
    await settle()
    expect(isIdle).toBe(false)
    commits[1]?.resolve()
    await settle()
    expect(isIdle).toBe(true)
    expect(performed).toEqual(['a', 'b'])
  })
})

/** What may happen: steps come together, each of an identity and lasting or not; or the oldest open commit ends well or badly. */
const happenings = fc.array(
  fc.oneof(
    fc.array(fc.record({ identity: fc.constantFrom('CP1', 'CP2', 'CP3', ''), lasts: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  ),
  { maxLength: 30 },
)

test('Whatever the disk does, every effect leaves once, after what it needs is saved, and in the order of its Charge Point.', async () => {
  await fc.assert(fc.asyncProperty(happenings, async (list) => {
    const { queue, commits, performed, settle, rest } = openQueue()
    const added: { readonly identity: string; readonly text: string; readonly lasts: boolean }[] = []
    const saved = new Set<string>()
    let ended = 0
    const end = async (well: boolean) => {
      const commit = commits[ended]
      if (!commit) return rest()
      ended += 1
      if (well) for (const key of commit.keys) saved.add(key)
      if (well) commit.resolve()
      else commit.reject('no')
      await settle()
      for (const { text, lasts } of added) if (lasts && performed.includes(text)) expect(saved).toContain(text)
    }
    for (const happening of list) {
      if (typeof happening === 'boolean') await end(happening)
      else {
        const steps = happening.map(({ identity, lasts }, i) => ({ identity, lasts, text: String(added.length + i) }))
        added.push(...steps)
        queue.add(steps.map(({ identity, lasts, text }) => (lasts ? step(identity, text, text) : step(identity, text))))
      }
    }
    for (let turn = 0; turn < 3 * added.length + 10; turn++) {
      await end(true)
      rest()
      await settle()
    }
    expect(performed.toSorted()).toEqual(added.map(({ text }) => text).toSorted())
    for (const name of ['CP1', 'CP2', 'CP3', '']) {
      const own = added.filter(({ identity }) => identity === name).map(({ text }) => text)
      expect(performed.filter((text) => own.includes(text))).toEqual(own)
    }
  }), settings(200))
})
