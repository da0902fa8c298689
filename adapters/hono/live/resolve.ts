import { findMember } from '../../../core/index.ts'
import type { SitePort } from '../port.ts'
import { viewAttempt, viewChargersOf, viewSite } from '../views.ts'
import type { Message, Resolve } from './client.ts'
import type { Ledger } from './ledger.ts'

/** Something whose newest state is told: `charger` with an identity, `command` with an id, `attempt` with identity and address, or itself. */
export function keyOf(kind: 'charger' | 'command' | 'attempt' | 'configuration' | 'site', ...names: readonly string[]): string {
  return JSON.stringify([kind, ...names])
}

/** Finds the newest state of what is under a key. */
export function createResolve(port: SitePort, ledger: Ledger): Resolve {
  return async (key): Promise<readonly Message[]> => {
    // Written by keyOf.
    const [kind, name = '', remote] = JSON.parse(key) as readonly string[]
    const site = port.site()
    switch (kind) {
      case 'charger': {
        const member = findMember(site.population, name)
        return member ? viewChargersOf(member, port.now(), site).map((view) => ['charger', view] as const) : []
      }
      case 'command': {
        const entry = ledger.find(name)
        return entry ? [['command', entry.view]] : []
      }
      case 'attempt': {
        const stranger = site.strangers.find((one) => one.identity === name && one.remote === remote)
        return stranger ? [['attempt', viewAttempt(stranger)]] : []
      }
      case 'configuration':
        return [['configuration', { version: (await port.configuration.read()).version }]]
      default:
        return [['site', viewSite(port)]]
    }
  }
}
