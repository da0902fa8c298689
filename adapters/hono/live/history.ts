import { identityOf, reduce, type Effect, type Event, type Site } from '../../../core/index.ts'

/** A step of the site: what came in, and what was done about it. */
export interface TracedStep {
  readonly event: Event
  readonly effects: readonly Effect[]
}

/** The newest steps of a site. */
export interface History {
  /** Keeps an event that the site has just taken. */
  readonly push: (event: Event) => void
  /** What is kept of a Charge Point, oldest first. */
  readonly stepsOf: (identity: string) => readonly TracedStep[]
}

/** Events in their order, and the state that they were taken in. */
interface Chapter {
  readonly before: Site
  readonly events: Event[]
  size: number
}

/** Characters that an event counts for beside the frame it carries. */
const usualSize = 200

/**
 * Keeps between half and all of `mostSize` characters. Only states and events are kept: the core is pure, so what was done about them
 * is found out again when somebody asks, and nothing of it has to be held on to at every message.
 */
export function createHistory(mostSize: number, site: () => Site): History {
  let older: Chapter | undefined
  let newest = begin()

  function begin(): Chapter {
    return { before: site(), events: [], size: 0 }
  }

  return {
    push(event) {
      newest.events.push(event)
      newest.size += event.type === 'received' ? usualSize + event.text.length : usualSize
      if (newest.size < mostSize / 2) return
      older = newest
      newest = begin()
    },
    stepsOf: (identity) => [...(older ? replay(older, identity) : []), ...replay(newest, identity)],
  }
}

function replay({ before, events }: Chapter, identity: string): readonly TracedStep[] {
  const steps: TracedStep[] = []
  let site = before
  for (const event of events) {
    const [after, effects] = reduce(site, event)
    site = after
    if (identityOf(event) === identity) steps.push({ event, effects })
  }
  return steps
}
