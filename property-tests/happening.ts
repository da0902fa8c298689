import { createSite, reduce, revive, type Effect, type Event, type Instant, type Site, type SiteConfig } from '../core/index.ts'
import { noon } from './small-site.ts'

/** What can happen to a site in a test: its events, and that its host starts anew. */
export type Happening = Event | { readonly type: 'restart'; readonly at: Instant }

export type Result = readonly [site: Site, effects: readonly Effect[]]

/** One step of a site. */
export type Step = (site: Site, happening: Happening) => Result

/** The step under test: `reduce`, and for a restart `revive` with the same configuration again. */
export const step: Step = (site, happening) => {
  if (happening.type !== 'restart') return reduce(site, happening)
  const revived = revive(site)
  return site.config ? reduce(revived, { type: 'configured', at: happening.at, config: site.config }) : [revived, []]
}

/** A site on its first run, that has been configured at noon. */
export function begin(config: SiteConfig): Site {
  return step(revive(createSite(42)), { type: 'configured', at: noon, config })[0]
}

/** A happening in one line. */
export function brief(happening: Happening): string {
  switch (happening.type) {
    case 'received': return `${happening.identity} (${happening.connection}) ${happening.text}`
    case 'configured': return `configured, cycle ${happening.config.knx.cycle}`
    case 'tick': return `tick at noon + ${(happening.at - noon) / 1_000} s`
    default: return JSON.stringify({ ...happening, at: undefined })
  }
}
