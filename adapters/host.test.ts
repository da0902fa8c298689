import { expect, test } from 'vitest'
import { createSite, type Effect, type Event, type Row, type TransactionRecord } from '../core/index.ts'
import { exampleCharger, exampleSite } from '../fixtures/site.ts'
import { createHost } from './host.ts'

const at = Date.UTC(2026, 10, 28, 12)

interface Commit {
  readonly keys: readonly string[]
  readonly transactions: readonly TransactionRecord[]
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** A host in virtual time over a disk whose commits end when the test says so. */
function openHost() {
  let now = at
  const commits: Commit[] = []
  const performed: Effect[] = []
  const timers = new Map<() => void, number>()
  const host = createHost(createSite(1), {
    now: () => now,
    commit: (rows: readonly Row[], transactions) => new Promise((resolve, reject) => void commits.push({ keys: rows.map(({ key }) => key), transactions, resolve, reject })),
    perform: (effect) => performed.push(effect),
    after(delayMs, callback) {
      timers.set(callback, now + delayMs)
      return () => timers.delete(callback)
    },
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  /** Lets time pass, and the timers run that are due. */
  const pass = (ms: number): void => {
    now += ms
    for (const [callback, due] of timers) if (due <= now && timers.delete(callback)) callback()
  }
  /** Ends the oldest commit that is open, and lets happen what follows. */
  let ended = 0
  const save = async (): Promise<Commit | undefined> => {
    const commit = commits[ended]
    if (!commit) return undefined
    ended += 1
    commit.resolve()
    await settle()
    return commit
  }
  const answers = () => performed.flatMap((effect) => (effect.type === 'send' ? [effect.text] : []))
  return { host, commits, answers, settle, pass, save }
}

const identities = ['CP1', 'CP2'] as const
const configured: Event = { type: 'configured', at, config: { ...exampleSite, chargers: identities.map((identity) => ({ ...exampleCharger, identity, objects: {} })) } }
const opened = (identity: string): Event => ({ type: 'opened', at, identity, connection: identity, remote: '127.0.0.1', subprotocol: 'ocpp1.6' })
const said = (identity: string, action: string, payload: object): Event =>
  ({ type: 'received', at, identity, connection: identity, text: JSON.stringify([2, `${identity} ${action}`, action, payload]) })
const boot = (identity: string): Event => said(identity, 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })
const start = (identity: string): Event => said(identity, 'StartTransaction', { connectorId: 1, idTag: 'T', meterStart: 0, timestamp: new Date(at).toISOString() })

/** A host whose two Charge Points have booted. */
async function openBooted() {
  const opening = openHost()
  opening.host.dispatch(configured)
  opening.host.dispatchAll(identities.flatMap((identity) => [opened(identity), boot(identity)]))
  for (let commit = await opening.save(); commit; commit = await opening.save());
  return opening
}

test('Nothing leaves before the revived site is on disk.', async () => {
  const { host, commits, answers, save } = openHost()
  host.dispatch(configured)
  host.dispatchAll([opened('CP1'), said('CP1', 'Heartbeat', {})])
  expect(commits.map(({ keys }) => keys)).toEqual([['site']])
  expect(answers()).toEqual([])
  await save()
  await save()
  expect(answers().length).toBeGreaterThan(0)
})

test('Nothing leaves either where the revived site could not be saved at first.', async () => {
  const { host, commits, answers, settle, pass } = openHost()
  host.dispatch(configured)
  host.dispatchAll([opened('CP1'), said('CP1', 'Heartbeat', {})])
  commits[0]?.reject(new Error('no space'))
  await settle()
  expect(commits.slice(1).map(({ keys }) => keys)).toEqual([['site']])
  commits[1]?.reject(new Error('no space'))
  await settle()
  expect(answers()).toEqual([])
  pass(2_000)
  await settle()
  expect(commits.slice(2).map(({ keys }) => keys)).toEqual([['site']])
  expect(answers()).toEqual([])
  for (let n = 2; n < 10; n++) {
    commits[n]?.resolve()
    await settle()
  }
  expect(answers().length).toBeGreaterThan(0)
})

test('What came together is one commit, and each answer leaves after it.', async () => {
  const { host, commits, answers, save } = await openBooted()
  const before = { commits: commits.length, answers: answers().length }
  host.dispatchAll([start('CP1'), start('CP2'), said('CP1', 'Heartbeat', {})])
  expect(commits.slice(before.commits).map(({ transactions }) => transactions.map(({ identity }) => identity))).toEqual([['CP1', 'CP2']])
  expect(answers().slice(before.answers)).toEqual([])
  await save()
  expect(answers().slice(before.answers).map((text) => JSON.parse(text)[1])).toEqual(['CP1 StartTransaction', 'CP2 StartTransaction', 'CP1 Heartbeat'])
})

test('A Charge Point whose state must be saved waits for that, and the others that came with it do not.', async () => {
  const { host, commits, answers, save } = await openBooted()
  const before = { commits: commits.length, answers: answers().length }
  host.dispatchAll([
    { type: 'command', at, command: { id: 'c', source: 'panel', identity: 'CP1', connector: 1, order: { type: 'mode', mode: 'fast' }, expiresAt: at + 60_000 } },
    said('CP1', 'Heartbeat', {}),
    said('CP2', 'Heartbeat', {}),
  ])
  expect(commits.slice(before.commits).map(({ keys }) => keys)).toEqual([['charge-point/CP1']])
  expect(answers().slice(before.answers).map((text) => JSON.parse(text)[1])).toEqual(['CP2 Heartbeat'])
  await save()
  expect(answers().slice(before.answers).map((text) => JSON.parse(text)[1])).toContain('CP1 Heartbeat')
})

test('What could not be saved is tried again after a rest, and told.', async () => {
  const { host, commits, answers, settle, pass, save } = await openBooted()
  const before = { commits: commits.length, answers: answers().length }
  host.dispatch(start('CP1'))
  commits.at(-1)?.reject(new Error('no space'))
  await settle()
  commits.at(-1)?.reject(new Error('no space'))
  await settle()
  expect(answers().slice(before.answers)).toEqual([])
  pass(2_000)
  await settle()
  expect(commits.slice(before.commits)).toHaveLength(3)
  commits.at(-1)?.resolve()
  await save()
  expect(answers().slice(before.answers).map((text) => JSON.parse(text)[1])).toContain('CP1 StartTransaction')
})

test('A host that stops saves what may be some seconds old, and hears nothing afterwards.', async () => {
  const { host, commits, save } = await openBooted()
  const count = commits.length
  host.dispatch(said('CP1', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' }))
  expect(commits).toHaveLength(count)
  const stopped = host.stop()
  expect(commits.at(-1)?.keys).toContain('charge-point/CP1')
  const site = host.site()
  host.dispatch(start('CP1'))
  expect(host.site()).toBe(site)
  await save()
  await stopped
})
