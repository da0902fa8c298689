import * as v from 'valibot'
import { addressMistakes } from './address-rules.ts'
import type { Mistake } from './mistake.ts'
import { ruleMistakes, type sharedNames } from './rules.ts'
import { siteSchema } from './schema.ts'
import type { ChargerConfig, SiteConfig } from './site-config.ts'
import { soundSite } from './sound-site.ts'
import { warningsOf } from './warnings.ts'

/** What came of reading a configuration: it is there when there are no mistakes; warnings do not keep it from working. */
export interface Reading {
  readonly config?: SiteConfig
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly Mistake[]
}

/** Reads a configuration as people write it, from YAML or JSON; total, and tells all its mistakes at once. */
export function readConfig(input: unknown): Reading {
  const parsed = v.safeParse(siteSchema, input)
  const site = soundSite(input)
  const mistakes = [...(parsed.issues ?? []).map(toMistake), ...ruleMistakes(site), ...addressMistakes(site.chargers)]
  if (!parsed.success || mistakes.length > 0) return { mistakes, warnings: [] }
  const config: SiteConfig = { ...parsed.output, chargers: shareSettings(parsed.output.chargers) }
  return { config, mistakes, warnings: warningsOf(config) }
}

function toMistake({ received, message, path }: v.BaseIssue<unknown>): Mistake {
  const parts = path?.map(({ key }) => (typeof key === 'number' ? key : String(key))) ?? []
  const mistake = { path: parts, what: received, right: message }
  return path?.at(-1)?.origin === 'key' ? { ...mistake, on: 'name' } : mistake
}

// What is written at one connector about the Charge Point holds for all: no other connector of it may let anyone in without.
function shareSettings(chargers: readonly ChargerConfig[]): readonly ChargerConfig[] {
  const shared = new Map<string, Pick<ChargerConfig, (typeof sharedNames)[number]>>()
  for (const { identity, password, securityProfile, registration } of chargers) {
    const settings = { ...(password !== undefined && { password }), ...(securityProfile !== undefined && { securityProfile }), ...(registration !== undefined && { registration }) }
    shared.set(identity, { ...shared.get(identity), ...settings })
  }
  return chargers.map((charger) => ({ ...charger, ...shared.get(charger.identity) }))
}
