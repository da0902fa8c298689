import type { Site } from '../core/index.ts'
import { bus, configurations, oddBus, oddTelegrams, oddTime, reads, restart, time, writes } from './alphabet/bus.ts'
import { commands, oddCommands, repeatedCommands } from './alphabet/commands.ts'
import { anyOf, type Letters } from './alphabet/letters.ts'
import { boot, chatter, failures, foreign, link, nonsense, otherBoot, strangers, words, yesOrNo } from './alphabet/link.ts'
import { certificates, echoes, notifications, passwords, provenLinks, registrations, securityOrders } from './alphabet/security.ts'
import { errors, statuses, transactions } from './alphabet/transactions.ts'
import type { Happening } from './happening.ts'

/** How a Charge Point proves who it is, is set up, and what else it tells. */
const security = [commands([1], securityOrders), provenLinks, echoes, certificates, notifications, registrations, passwords] as const

/**
 * Everything that can happen next to a small site, resolved against its state: what is answered is what was asked, what is stopped
 * is what runs, what is repeated is what was said. All of it happens at the present instant; only ticks let time pass.
 */
export const events = anyOf(
  link, strangers, boot, otherBoot, chatter, nonsense,
  statuses(), errors, transactions,
  words, failures, foreign,
  commands(), oddCommands, repeatedCommands,
  writes(), oddTelegrams, reads, bus, oddBus,
  time, oddTime, configurations, restart,
  ...security,
)

/** The same in parts of equal chance, so that what drives a site on is not lost in what disturbs it. */
const parts: readonly Letters[] = [
  time, time, time, yesOrNo(), words, statuses(), transactions, commands(), bus, bus,
  anyOf(link, boot), writes(), anyOf(reads, errors, oddBus, oddTime),
  anyOf(...security),
  anyOf(chatter, otherBoot, nonsense, foreign, failures, oddCommands, repeatedCommands, oddTelegrams, strangers, configurations, restart),
]

/** What a number stands for in this state; undefined where its part has nothing to offer. */
export function resolve(site: Site, pick: number): Happening | undefined {
  const choices = parts[pick % parts.length]?.(site) ?? []
  return choices[Math.floor(pick / parts.length) % choices.length]
}
