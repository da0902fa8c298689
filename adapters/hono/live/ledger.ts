import type { Command, Effect, Event, Instant, Order } from '../../../core/index.ts'
import type { CommandView } from '../schemas/charger.ts'

/** The newest commands of this run and their stages; those that ended are forgotten before those that have not. */
export interface Ledger {
  readonly find: (id: string) => Entry | undefined
  /** Newest first. */
  readonly recent: (limit: number) => readonly CommandView[]
  /** Takes in a step, and returns the ids of the commands that it changed. */
  readonly take: (event: Event, effects: readonly Effect[], at: Instant) => readonly string[]
}

interface Entry {
  readonly command: Command
  readonly view: CommandView
}

const mostCommands = 500
const none: readonly string[] = []
/** Stages after which nothing more comes. */
const ends: readonly string[] = ['observed', 'rejected', 'expired', 'superseded', 'uncertain']

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>()

  function add(command: Command, at: Instant): void {
    if (entries.has(command.id)) return
    const { id, source, identity, connector } = command
    entries.set(id, { command, view: { id, source, identity, connector, order: shown(command.order), at, ended: false, stages: [] } })
    if (entries.size <= mostCommands) return
    const oldest = [...entries.values()].find(({ view }) => view.ended) ?? entries.values().next().value
    if (oldest) entries.delete(oldest.command.id)
  }

  return {
    find: (id) => entries.get(id),
    recent: (limit) => [...entries.values()].slice(-limit).toReversed().map(({ view }) => view),
    take(event, effects, at) {
      // Of most steps there is nothing to take.
      if (event.type !== 'command' && !tellsProgress(effects)) return none
      if (event.type === 'command') add(event.command, at)
      const changed = new Set(event.type === 'command' ? [event.command.id] : [])
      for (const effect of effects) {
        const entry = effect.type === 'progress' ? entries.get(effect.command) : undefined
        if (!entry || effect.type !== 'progress') continue
        const { stage, reason } = effect
        const view = { ...entry.view, ended: ends.includes(stage), stages: [...entry.view.stages, { stage, at, reason }] }
        entries.set(effect.command, { command: entry.command, view })
        changed.add(effect.command)
      }
      return [...changed].filter((id) => entries.has(id))
    },
  }
}

function tellsProgress(effects: readonly Effect[]): boolean {
  for (const { type } of effects) if (type === 'progress') return true
  return false
}

/** What a CALL carries may be a secret. */
function shown(order: Order): CommandView['order'] {
  return order.type === 'call' ? { type: 'call', action: order.action } : { ...order }
}
