import { allMembers, type ChargePoint, type Site } from '../../core/index.ts'
import type { Happening } from '../happening.ts'

/** Some of what can happen next to a site, as it is now. */
export type Letters = (site: Site) => readonly Happening[]

/** All of these. */
export function anyOf(...letters: readonly Letters[]): Letters {
  return (site) => letters.flatMap((some) => some(site))
}

/** The same for each Charge Point. */
export function each(some: (chargePoint: ChargePoint, site: Site) => readonly Happening[]): Letters {
  return (site) => allMembers(site.population).flatMap((chargePoint) => some(chargePoint, site))
}

/** What each connected Charge Point can say; texts on its present link. */
export function said(texts: (chargePoint: ChargePoint, site: Site) => readonly string[]): Letters {
  return each((chargePoint, site) => {
    const { identity, link } = chargePoint
    if (!link) return []
    return texts(chargePoint, site).map((text) => ({ type: 'received', at: site.at, identity, connection: link.connection, text }))
  })
}

/** A CALL of a Charge Point. */
export function call(action: string, payload: unknown): string {
  return JSON.stringify([2, 'm', action, payload])
}

/** The time in a message. */
export function timestamp(at: number): string {
  return new Date(at).toISOString()
}

export const weekMs = 7 * 86_400_000
