import { allMembers, findMember, wakeAt, type Effect, type Order, type Payload, type Site, type SiteConfig } from '../../core/index.ts'
import { step as trueStep, type Happening, type Step } from '../happening.ts'
import type { Law } from '../laws/law.ts'
import { noon } from '../small-site.ts'
import { story, walk } from '../walk.ts'
import { createCharger, type Character, type Charger } from './charger.ts'
import { createDisk } from './disk.ts'

type Unstamped = Happening extends infer H ? (H extends Happening ? Omit<H, 'at'> : never) : never

/** Where in a step the power fails: before it is saved, or after so many of its effects. */
export type Failure = 'unsaved' | number

export interface WorldOptions {
  readonly character?: Character
  /** What is checked on every step; a breach is thrown. */
  readonly laws?: readonly Law[]
  /** The step under test, where it is another than the true one. */
  readonly step?: Step
}

/** A site with its chargers, its bus and its disk, in a time of its own. */
export function createWorld(config: SiteConfig, { character = {}, laws = [], step = trueStep }: WorldOptions = {}) {
  const disk = createDisk()
  const told = new Map<number, Payload>()
  const log: { readonly at: number; readonly effect: Effect }[] = []
  const happenings: Unstamped[] = []
  const connections = new Map<string, string>()
  let now = noon
  let site = disk.restart()
  let busy = false
  let busUp = true
  let connectionCount = 0
  let commandCount = 0
  let failure: Failure | null = null

  const chargers = new Map<string, Charger>([...new Set(config.chargers.map(({ identity }) => identity))].map((identity) => [
    identity,
    createCharger(config.chargers.filter((charger) => charger.identity === identity).map(({ connector }) => connector), character, {
      now: () => now,
      say(text) {
        const connection = connections.get(identity)
        if (connection !== undefined) happen({ type: 'received', identity, connection, text })
      },
    }),
  ]))

  function happen(happening: Unstamped): void {
    happenings.push(happening)
    drain()
  }

  function drain(): void {
    if (busy) return
    busy = true
    for (let next = happenings.shift(); next; next = happenings.shift()) take(next)
    busy = false
  }

  function take(happening: Unstamped): void {
    // No two things happen at once, so that what is later is later by the clock too.
    now += 1
    // Omit over a union loses which member it was; with `at` back it is one of them.
    const stamped = { ...happening, at: now } as Happening
    const before = site
    const walked = walk(step, laws, before, stamped)
    if (!walked.ok) throw new Error(story(walked.breach, [stamped]))
    const { after, effects } = walked.edge
    const failing = failure
    failure = null
    if (failing === 'unsaved') return crash()
    site = after
    disk.commit(before, after, effects)
    effects.slice(0, failing ?? effects.length).forEach(perform)
    if (failing !== null) crash()
  }

  function perform(effect: Effect): void {
    log.push({ at: now, effect })
    switch (effect.type) {
      case 'send':
        if (connections.get(effect.identity) === effect.connection) chargers.get(effect.identity)?.receive(effect.text)
        return
      case 'close':
        if (connections.get(effect.identity) === effect.connection) hangUp(effect.identity)
        return
      case 'transmit':
        if (busUp && effect.telegram.service !== 'read') told.set(effect.telegram.address, effect.telegram.payload)
        return happen({ type: 'transmitted', confirmed: busUp })
      default:
        return undefined
    }
  }

  function dial(identity: string, first = false): void {
    if (connections.has(identity)) return
    const connection = `w${connectionCount++}`
    connections.set(identity, connection)
    happen({ type: 'opened', identity, connection, remote: '127.0.0.1', subprotocol: 'ocpp1.6' })
    chargers.get(identity)?.connected(true, first)
  }

  function hangUp(identity: string): void {
    const connection = connections.get(identity)
    if (connection === undefined) return
    connections.delete(identity)
    chargers.get(identity)?.connected(false)
    happen({ type: 'closed', identity, connection, code: 1006, reason: '' })
  }

  /** The site's machine stops, loses what is not on its disk and what was under way, and starts again. */
  function crash(): void {
    happenings.length = 0
    for (const identity of connections.keys()) chargers.get(identity)?.connected(false)
    connections.clear()
    site = disk.restart()
    happenings.push({ type: 'configured', config }, { type: 'bus', up: busUp })
  }

  /** Time passes, with the ticks the site has asked for. */
  function pass(ms: number): void {
    const until = now + ms
    for (;;) {
      chargers.forEach(({ ponder }) => ponder())
      const next = wakeAt(site)
      if (next === undefined || next > until) break
      now = Math.max(now, next)
      happen({ type: 'tick' })
    }
    now = Math.max(now, until)
  }

  happen({ type: 'configured', config })
  happen({ type: 'bus', up: true })

  return {
    chargers, disk, told, log, dial, hangUp, pass, happen,
    site: (): Site => site,
    now: (): number => now,
    order(identity: string, connector: number, order: Order) {
      happen({ type: 'command', command: { id: `w${commandCount++}`, source: 'panel', identity, connector, order, expiresAt: null } })
    },
    bus(up: boolean) {
      if (up !== busUp) told.clear()
      busUp = up
      happen({ type: 'bus', up })
    },
    /** In its next step the power fails. */
    failAt(where: Failure) { failure = where },
    restart() {
      crash()
      drain()
    },
    flush: () => disk.flush(site),
    member: (identity: string) => findMember(site.population, identity),
    members: () => allMembers(site.population),
  }
}

export type World = ReturnType<typeof createWorld>
