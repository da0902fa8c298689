import { objectNames } from '../../../../core/config/site-config.ts'
import { groupObjects } from '../../../../core/knx/group-object.ts'
import { chargersOf, type Draft, type Fields } from './draft.ts'

/** Texts that YAML reads as what they are without quotes; words and numbers it would take for something else are quoted. */
const plain = /^[A-Za-z][\w./+-]*( [\w.+()-]+)*$|^\d+(\/\d+){1,2}$|^\d+\.\d+\.\d+\.\d+$/
const reserved = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i

function scalar(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) && !reserved.test(value) ? value : JSON.stringify(value)
  return JSON.stringify(value ?? null)
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return scalar(value)
  const parts = entries(value)
  return parts.length === 0 ? '{}' : `{ ${parts.map(([name, part]) => `${name}: ${inline(part)}`).join(', ')} }`
}

function entries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, part]) => part !== undefined)
}

/** A charger as an item of the list. */
export function writeCharger(charger: Fields, indent = '  '): readonly string[] {
  const lines = entries(charger).flatMap(([name, value]) => (name === 'objects' ? writeObjects(value) : [`${name}: ${inline(value)}`]))
  return lines.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}`)
}

function writeObjects(objects: unknown): readonly string[] {
  const parts = entries(typeof objects === 'object' && objects !== null ? objects : {})
  const lines = parts.flatMap(([name, addresses]) => {
    const written = writeAddresses(name, addresses)
    return written === undefined ? [] : [`  ${name}: ${written}`]
  })
  return lines.length === 0 ? [] : ['objects:', ...lines]
}

function writeAddresses(name: string, addresses: unknown): string | undefined {
  if (typeof addresses !== 'object' || addresses === null) return scalar(addresses)
  const parts = entries(addresses)
  const [first] = parts
  if (first === undefined) return undefined
  const known = objectNames.find((candidate) => candidate === name)
  const all = known !== undefined && groupObjects[known].flows.length === parts.length && parts.every(([, address]) => address === first[1])
  return all ? scalar(first[1]) : inline(addresses)
}

/** One section, from its name on. */
function writeSection(name: string, value: unknown): readonly string[] {
  if (name === 'chargers') return items(name, value, (charger) => writeCharger(charger))
  if (name === 'tags') return items(name, value, (tag) => [`  - ${inline(tag)}`])
  const parts = entries(typeof value === 'object' && value !== null ? value : {})
  return parts.length === 0 ? [`${name}: {}`] : [`${name}:`, ...parts.map(([key, part]) => `  ${key}: ${inline(part)}`)]
}

function items(name: string, list: unknown, write: (item: Fields) => readonly string[]): readonly string[] {
  const written = Array.isArray(list) ? (list as readonly Fields[]).flatMap(write) : []
  return written.length === 0 ? [`${name}: []`] : [`${name}:`, ...written]
}

/** The whole configuration as a file. */
export function writeYaml(draft: Draft): string {
  return `${Object.entries(draft).flatMap(([name, value]) => writeSection(name, value)).join('\n')}\n`
}

/**
 * The text of a file with what differs between two drafts changed in it: sections and chargers that were not touched stay to the letter,
 * comments too. A file that is written in a way this cannot follow is written anew.
 */
export function rewriteYaml(text: string, before: Draft, after: Draft): string {
  const changed = Object.keys(after).filter((name) => before[name] !== after[name])
  if (changed.length === 0) return text
  const blocks = splitSections(text)
  if (blocks === undefined) return writeYaml(after)
  for (const name of changed) {
    const block = blocks.find((candidate) => candidate.name === name)
    const lines = (block && name === 'chargers' && spliceChargers(block.lines, before, after)) || writeSection(name, after[name])
    if (block) block.lines = lines
    else blocks.push({ name, lines })
  }
  const written = `${blocks.flatMap(({ lines }) => lines).join('\n').replace(/\n+$/, '')}\n`
  return lacksAnchor(written) ? writeYaml(after) : written
}

interface Block {
  readonly name: string
  lines: readonly string[]
}

/** The lines of each section; comments before a name belong to the block above, where they stay. Undefined: not written in sections. */
function splitSections(text: string): Block[] | undefined {
  const blocks: Block[] = [{ name: '', lines: [] }]
  let current: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const name = /^([A-Za-z]\w*):(\s|$)/.exec(line)?.[1]
    if (name !== undefined) blocks.push({ name, lines: (current = [line]) })
    else if (line === '' || /^[\s#-]/.test(line)) {
      current.push(line)
      if (blocks.length === 1) blocks[0] = { name: '', lines: current }
    } else return undefined
  }
  // The space and comments between two sections outlive the section before them.
  return blocks.flatMap(({ name, lines }) => {
    const end = lines.findLastIndex((line) => line !== '' && !line.startsWith('#')) + 1
    return [{ name, lines: lines.slice(0, end) }, { name: '', lines: lines.slice(end) }]
  })
}

/** Writes only those chargers anew that are not the same object as before; undefined where the list cannot be told apart. */
function spliceChargers(lines: readonly string[], before: Draft, after: Draft): readonly string[] | undefined {
  const indent = /^(\s*)- /.exec(lines.find((line, i) => i > 0 && line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '')?.[1]
  if (indent === undefined) return undefined
  const head: string[] = []
  const found: string[][] = []
  for (const line of lines) {
    if (line.startsWith(`${indent}- `)) found.push([line])
    else (found.at(-1) ?? head).push(line)
  }
  const old = chargersOf(before)
  if (found.length !== old.length) return undefined
  const written = chargersOf(after).flatMap((charger) => found[old.indexOf(charger)] ?? writeCharger(charger, indent))
  return written.length === 0 ? ['chargers: []'] : [...head, ...written]
}

/** Whether something is repeated that is not marked any more. */
function lacksAnchor(text: string): boolean {
  const anchors = new Set([...text.matchAll(/(?:^|[\s[{,])&([\w-]+)/gm)].map(([, name]) => name))
  return [...text.matchAll(/(?:^|[\s[{,])\*([\w-]+)/gm)].some(([, name]) => !anchors.has(name))
}
