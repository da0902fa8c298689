import type { SiteConfig } from '../../../core/index.ts'
import { formatMistakes } from '../config/format.ts'
import { loadSite, type SiteReading } from '../config/load.ts'

/** The configuration in a file; its warnings go to standard error. Throws all its mistakes at once. */
export async function requireSite(file: string): Promise<SiteConfig> {
  return requireConfig(file, await loadSite(file))
}

export function requireConfig(file: string, { config, mistakes, warnings }: SiteReading): SiteConfig {
  if (warnings.length > 0) process.stderr.write(`${formatMistakes(file, warnings, 'warning')}\n`)
  if (config) return config
  throw new Error(`${file} has mistakes:\n${formatMistakes(file, mistakes)}`)
}
