import { close, open } from '../charge-point/link.ts'
import { receiveCommand } from '../charge-point/orders.ts'
import { takeSigned } from '../charge-point/signing.ts'
import { advance, conclude } from '../charge-point/step.ts'
import { busDeadline, land, pump, switchBus } from './bus.ts'
import { change, hear } from './change.ts'
import { configure } from './configure.ts'
import type { Effect } from './effect.ts'
import type { Event, Instant } from './event.ts'
import { allMembers, createPopulation, dueMembers, findMember, replaceMember } from './population.ts'
import type { Site } from './site.ts'
import { addStranger, withoutStranger } from './strangers.ts'
import { receiveTelegram } from './telegram.ts'
import { earlier, note, progress, type Turn } from './turn.ts'

/**
 * One step of a site: what has happened in, what is now and what is to be done out. Total, deterministic, and free of side effects;
 * the host saves what `changes` names before it performs the effects.
 */
export function reduce(before: Site, event: Event): readonly [site: Site, effects: readonly Effect[]] {
  const at = event.at > before.at ? event.at : before.at
  const turn: Turn = { at, rules: before.rules, effects: [], nextTransaction: before.nextTransaction }
  const site = pump(take(pass(before, turn), event, turn), turn)
  return [
    {
      at,
      config: site.config,
      rules: site.rules,
      routes: site.routes,
      nextTransaction: turn.nextTransaction,
      nextCommand: site.nextCommand,
      population: site.population,
      bus: site.bus,
      strangers: site.strangers,
    },
    turn.effects,
  ]
}

/** When the host owes the site a tick; undefined: only when something happens. */
export function wakeAt(site: Site): Instant | undefined {
  return earlier(site.population.wakeAt, busDeadline(site)) ?? undefined
}

/** Lets time pass for those whose deadline has come. */
function pass(site: Site, turn: Turn): Site {
  const due = dueMembers(site.population, turn.at)
  if (due.length === 0) return site
  return { ...site, population: due.reduce((population, member) => replaceMember(population, conclude(advance(member, turn), turn)), site.population) }
}

function take(site: Site, event: Event, turn: Turn): Site {
  switch (event.type) {
    case 'tick':
      return site
    case 'configured':
      return reconfigure(site, event, turn)
    case 'opened':
      return change(withoutStranger(site, event.identity), event, turn, (member) => open(member, event, turn))
    case 'closed':
      return change(site, event, turn, (member) => close(member, event, turn))
    case 'received':
      return hear(site, event, turn)
    case 'refused':
      return addStranger(site, event, turn)
    case 'command':
      return command(site, event, turn)
    case 'signed':
      return change(site, event, turn, (member) => takeSigned(member, event, turn))
    case 'telegram':
      return receiveTelegram(site, event.telegram, turn)
    case 'bus':
      return switchBus(site, event.up, turn)
    case 'transmitted':
      return land(site, event.confirmed, turn)
  }
}

function reconfigure(before: Site, event: Extract<Event, { type: 'configured' }>, turn: Turn): Site {
  const site = configure(before, event.config, turn)
  const ruled: Turn = { ...turn, rules: site.rules }
  const members = allMembers(site.population).map((member) => conclude(advance(member, ruled), ruled))
  note(turn, 'info', '', 0, `configured: ${event.config.chargers.length} chargers`)
  return { ...site, population: createPopulation(members) }
}

function command(site: Site, event: Extract<Event, { type: 'command' }>, turn: Turn): Site {
  const { identity, id } = event.command
  if (findMember(site.population, identity)) return change(site, event.command, turn, (member) => receiveCommand(member, event.command, turn))
  progress(turn, id, 'rejected', 'there is no such charger')
  return site
}
