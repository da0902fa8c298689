import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type YAMLMap, type YAMLSeq } from 'yaml'
import { quote } from '../../../core/config/mistake.ts'
import { limits } from './guard.ts'
import type { Place, Problem, Range } from './place.ts'

/** A value as JSON has it, and where it stands. */
interface Written {
  readonly value: unknown
  readonly place: Place
}

interface Writer {
  readonly anchors: Map<string, Node>
  /** Anchors that are being written out: an alias to one of them would never end. */
  readonly open: Set<Node>
  readonly problems: Problem[]
  /** How many more values may be written: aliases of aliases grow beyond any memory. */
  left: number
}

/** Writes a YAML document out as JSON has it: an alias as what it stands for, `<<` as the names it brings along. */
export function writeOut(contents: unknown, range: Range): Written & { readonly problems: readonly Problem[] } {
  const writer: Writer = { anchors: new Map(), open: new Set(), problems: [], left: limits.nodes }
  const { value, place } = writeNode(contents, range, writer)
  return { value, place, problems: writer.problems }
}

function writeNode(node: unknown, around: Range, writer: Writer): Written {
  const range = rangeOf(node) ?? around
  if (--writer.left < 0) {
    if (writer.left === -1) writer.problems.push({ range, what: `more than ${limits.nodes} values`, right: 'use fewer aliases' })
    return leaf(null, range)
  }
  if (isAlias(node)) return writeAlias(node, range, writer)
  if (isScalar(node)) {
    if (node.anchor !== undefined) writer.anchors.set(node.anchor, node)
    return leaf(node.value, range)
  }
  if (!isMap(node) && !isSeq(node)) return leaf(null, range)
  if (node.anchor !== undefined) writer.anchors.set(node.anchor, node)
  writer.open.add(node)
  const parts = isMap(node) ? writeNames(node, range, writer) : writeItems(node, range, writer)
  writer.open.delete(node)
  const values = [...parts].map(([name, part]) => [name, part.value] as const)
  return {
    value: isMap(node) ? Object.fromEntries(values) : values.map(([, value]) => value),
    place: { value: range, parts: new Map([...parts].map(([name, part]) => [name, part.place])) },
  }
}

function leaf(value: unknown, range: Range): Written {
  return { value, place: { value: range, parts: new Map() } }
}

function writeAlias(alias: Alias, range: Range, writer: Writer): Written {
  const target = writer.anchors.get(alias.source)
  if (target !== undefined && !writer.open.has(target)) return writeNode(target, range, writer)
  const what = target === undefined ? 'an alias of nothing' : 'an alias of what it stands in'
  writer.problems.push({ range, what, right: 'an alias repeats what is marked with & before it; a text that begins with * needs quotes' })
  return leaf(null, range)
}

function writeItems(node: YAMLSeq, range: Range, writer: Writer): Map<string | number, Written> {
  return new Map(node.items.map((item, index) => [index, writeNode(item, range, writer)]))
}

function writeNames(node: YAMLMap, range: Range, writer: Writer): Map<string | number, Written> {
  const own = new Map<string | number, Written>()
  const brought = new Map<string | number, Written>()
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const nameRange = rangeOf(key) ?? range
    const { value: written, place } = writeNode(value, nameRange, writer)
    if (name === '<<') bring(written, place, brought, writer)
    else if (own.has(name)) writer.problems.push({ range: nameRange, what: `${quote(name)} is written twice`, right: 'write it once' })
    else own.set(name, { value: written, place: { value: place.value, name: nameRange, parts: place.parts } })
  }
  // Own names come first, so that what is missing is pointed at here and not where the others were brought from.
  for (const [name, part] of brought) if (!own.has(name)) own.set(name, part)
  return own
}

// What comes first wins, as https://yaml.org/type/merge.html has it.
function bring(value: unknown, place: Place, brought: Map<string | number, Written>, writer: Writer): void {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) bringNames(part, place.parts.get(index) ?? place, brought, writer)
  } else bringNames(value, place, brought, writer)
}

function bringNames(value: unknown, place: Place, brought: Map<string | number, Written>, writer: Writer): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    writer.problems.push({ range: place.value, what: '<< brings names along, and here are none', right: 'give it a group of names' })
    return
  }
  for (const [name, part] of Object.entries(value)) {
    const from = place.parts.get(name)
    if (from !== undefined && !brought.has(name)) brought.set(name, { value: part, place: from })
  }
}

function rangeOf(node: unknown): Range | undefined {
  const range = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined
  return range ? [range[0], range[1]] : undefined
}
