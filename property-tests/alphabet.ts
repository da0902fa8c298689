import { bus, configurations, oddBus, oddTelegrams, oddTime, reads, restart, time, writes } from './alphabet/bus.ts'
import { commands, oddCommands } from './alphabet/commands.ts'
import { anyOf } from './alphabet/letters.ts'
import { boot, chatter, failures, foreign, link, nonsense, strangers, words } from './alphabet/link.ts'
import { errors, statuses, transactions } from './alphabet/transactions.ts'

/**
 * Everything that can happen next to a small site, resolved against its state: what is answered is what was asked, what is stopped
 * is what runs, what is repeated is what was said. All of it happens at the present instant; only ticks let time pass.
 */
export const events = anyOf(
  link, strangers, boot, chatter, nonsense,
  statuses(), errors, transactions,
  words, failures, foreign,
  commands(), oddCommands,
  writes(), oddTelegrams, reads, bus, oddBus,
  time, oddTime, configurations, restart,
)
