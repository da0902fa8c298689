import type { Event } from './event.ts'
import type { Site, Stranger } from './site.ts'
import { note, type Turn } from './turn.ts'

/** How many of those who were turned away are remembered. */
const strangersKept = 64

/** Remembers who tried to connect and was turned away, for the status page. */
export function addStranger(site: Site, event: Extract<Event, { type: 'refused' }>, turn: Turn): Site {
  const { identity, remote, reason } = event
  const known = site.strangers.find((stranger) => stranger.identity === identity && stranger.remote === remote)
  const stranger: Stranger = {
    identity, remote, reason,
    firstAt: known?.firstAt ?? turn.at,
    lastAt: turn.at,
    attempts: (known?.attempts ?? 0) + 1,
  }
  if (known?.reason !== reason) note(turn, 'warning', identity, 0, `refused ${remote}: ${reason}`)
  return { ...site, strangers: [stranger, ...site.strangers.filter((other) => other !== known)].slice(0, strangersKept) }
}

/** Whoever has been let in is a stranger no more. */
export function withoutStranger(site: Site, identity: string): Site {
  if (!site.strangers.some((stranger) => stranger.identity === identity)) return site
  return { ...site, strangers: site.strangers.filter((stranger) => stranger.identity !== identity) }
}
