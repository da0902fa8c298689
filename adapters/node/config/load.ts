import { readFile, stat } from 'node:fs/promises'
import { readConfig } from '../../../core/config/check.ts'
import type { Mistake } from '../../../core/config/mistake.ts'
import type { SiteConfig } from '../../../core/config/site-config.ts'
import { limits } from './guard.ts'
import { spotter, type Spot } from './lines.ts'
import { locate, type Problem } from './place.ts'
import { readYaml } from './yaml.ts'

/** A mistake and its spot in the file; the file as a whole has none. */
export interface SpottedMistake extends Mistake {
  readonly spot?: Spot
}

/** What came of reading a configuration file: `config` is there when there are no mistakes. */
export interface SiteReading {
  readonly config?: SiteConfig
  readonly mistakes: readonly SpottedMistake[]
  readonly warnings: readonly SpottedMistake[]
}

/** Reads a configuration file of at most 1 MiB, in YAML or JSON and UTF-8; never rejects: a file that cannot be read is a mistake. */
export async function loadSite(file: string): Promise<SiteReading> {
  return readingOf(await readText(file))
}

/** What a file's text says, or that it could not be read. */
export function readingOf(text: string | Mistake): SiteReading {
  return typeof text === 'string' ? parseSite(text) : { mistakes: [text], warnings: [] }
}

/** Reads a configuration from the text of a file; mistakes are in the order of the text. */
export function parseSite(text: string): SiteReading {
  const spotOf = spotter(text)
  const spotted = ({ range, what, right }: Problem): SpottedMistake => ({ path: [], what, right, spot: spotOf(range) })
  const yaml = readYaml(text)
  if (!yaml.ok) return { mistakes: inOrder(yaml.problems.map(spotted)), warnings: [] }
  const { place } = yaml
  const placed = (mistake: Mistake): SpottedMistake => ({ ...mistake, spot: spotOf(locate(place, mistake.path, mistake.on)) })
  const reading = readConfig(yaml.value)
  return {
    ...(reading.config === undefined ? {} : { config: reading.config }),
    mistakes: inOrder(reading.mistakes.map(placed)),
    warnings: inOrder([...yaml.warnings.map(spotted), ...reading.warnings.map(placed)]),
  }
}

/** The text of a file, or why it cannot be read. */
export async function readText(file: string): Promise<string | Mistake> {
  try {
    const { size } = await stat(file)
    if (size > limits.octets) return wholeFile(`the file has ${size} octets`, `at most ${limits.octets}`)
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    return reasonOf(error)
  }
}

function reasonOf(error: unknown): Mistake {
  if (error instanceof TypeError) return wholeFile('the file is not UTF-8 text', 'save it as UTF-8')
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return wholeFile(reasons[code] ?? `the file cannot be read (${code})`, 'give the path of a configuration file')
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read by this user',
  EISDIR: 'this is a directory',
}

function wholeFile(what: string, right: string): Mistake {
  return { path: [], what, right }
}

function inOrder(mistakes: readonly SpottedMistake[]): readonly SpottedMistake[] {
  return mistakes.toSorted(({ spot: a }, { spot: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0))
}
