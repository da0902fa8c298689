import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml'
import type { ChargerChange, Entry } from '../../hono/port.ts'
import { readYaml } from './yaml.ts'

/**
 * A configuration text with one charger added, replaced or removed; comments and order of all else stay. Undefined where that cannot
 * be done so, because a value is brought in from elsewhere with `<<` or an alias.
 */
export function editChargers(text: string, change: ChargerChange): string | undefined {
  const before = readYaml(text)
  if (!before.ok) return undefined
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false })
  const wanted = expected(chargersOf(before.value), change)
  carryOut(document, change)
  const edited = document.toString({ lineWidth: 0 })
  const after = readYaml(edited)
  return after.ok && isDeepStrictEqual(chargersOf(after.value), wanted) ? edited : undefined
}

function chargersOf(value: unknown): readonly unknown[] {
  const list = typeof value === 'object' && value !== null && 'chargers' in value ? value.chargers : []
  return Array.isArray(list) ? list : []
}

function expected(chargers: readonly unknown[], change: ChargerChange): readonly unknown[] {
  if (change.type === 'add') return [...chargers, written(change.entry)]
  return change.type === 'remove' ? chargers.toSpliced(change.index, 1) : chargers.with(change.index, written(change.entry))
}

/** What is empty is left out. */
function written(entry: Entry): Entry {
  const parts = Object.entries(entry).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(parts.map(([name, value]) => [name, isEntry(value) ? written(value) : value]))
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function carryOut(document: Document, change: ChargerChange): void {
  const list = document.get('chargers')
  if (!isSeq(list)) {
    if (change.type === 'add') document.set('chargers', document.createNode([written(change.entry)]))
    return
  }
  if (change.type === 'add') return list.add(document.createNode(written(change.entry)))
  if (change.type === 'remove') return void list.delete(change.index)
  const item = list.items[change.index]
  if (isMap(item)) merge(document, item, written(change.entry))
}

/** Changes only what is another value, so that the rest keeps its place and its comments. */
function merge(document: Document, map: YAMLMap, entry: Entry): void {
  const names = map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
  for (const name of names) if (name !== '<<' && !Object.hasOwn(entry, name)) map.delete(name)
  const present: unknown = map.toJS(document)
  for (const [name, value] of Object.entries(entry)) {
    const node = map.get(name, true)
    if (isEntry(value) && isMap(node)) merge(document, node, value)
    else if (!isEntry(present) || !isDeepStrictEqual(present[name], value)) set(document, map, name, value)
  }
}

function set(document: Document, map: YAMLMap, name: string, value: unknown): void {
  const node: unknown = map.get(name, true)
  // A scalar is given its new value where it stands: the comment behind it belongs to the name.
  if (isScalar(node) && typeof value !== 'object') node.value = value
  else map.set(name, document.createNode(value))
}
