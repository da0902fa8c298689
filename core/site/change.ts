import { withHeardAt } from '../charge-point/amend.ts'
import type { ChargePoint } from '../charge-point/charge-point.ts'
import { receive } from '../charge-point/receive.ts'
import { advance, conclude } from '../charge-point/step.ts'
import type { Event } from './event.ts'
import { findMember, memberAt, positionOf, replaceAt, replaceMember } from './population.ts'
import { withPopulation, type Site } from './site.ts'
import type { Turn } from './turn.ts'

type Step = (member: ChargePoint) => ChargePoint

/** The site with one Charge Point changed and brought to rest. */
export function change(site: Site, { identity }: { readonly identity: string }, turn: Turn, step: Step): Site {
  const member = findMember(site.population, identity)
  if (!member) return site
  const changed = step(advance(member, turn))
  // Where nothing has happened nothing follows: what time alone brings has come already.
  return changed === member ? site : withPopulation(site, replaceMember(site.population, conclude(changed, turn)))
}

/** The site when a Charge Point has said something; what comes on an older link is passed over. */
export function hear(site: Site, { identity, connection, text }: Extract<Event, { type: 'received' }>, turn: Turn): Site {
  const { population } = site
  const position = positionOf(population, identity)
  const member = memberAt(population, position)
  if (!member?.link || member.link.connection !== connection) return site
  const changed = receive(advance(member, turn), member.link, text, turn)
  const concluded = changed === member ? member : conclude(changed, turn)
  return withPopulation(site, replaceAt(population, position, withHeardAt(concluded, turn.at)))
}
