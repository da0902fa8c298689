import type { Range } from './place.ts'

/** A place in a text file as people count: from 1; `source` is the whole line, its passwords hidden. */
export interface Spot {
  readonly line: number
  readonly column: number
  /** Characters on this line, at least 1. */
  readonly length: number
  readonly source: string
}

/** Finds the spots of ranges in a text. */
export function spotter(text: string): (range: Range) => Spot {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  // JSON often is one long line with all the mistakes: it is cut out and searched once.
  let last = { line: -1, source: '' }
  return ([from, to]) => {
    const line = lineAt(starts, Math.min(from, text.length))
    const start = starts[line] ?? 0
    if (line !== last.line) {
      last = { line, source: hidePassword(text.slice(start, (starts[line + 1] ?? text.length + 1) - 1).replace(/\r$/, '')) }
    }
    const column = Math.min(from, text.length) - start
    const length = Math.max(1, Math.min(to - from, last.source.length - column))
    return { line: line + 1, column: column + 1, length, source: last.source }
  }
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

// Messages end in logs and bug reports. Without quotes everything up to the end of the line may belong to the password.
export function hidePassword(line: string): string {
  return line.replace(written, (_, name: string, secret: string) => name + '*'.repeat(secret.length))
}

const written = /(\bpass?w\w*["']?\s*:\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.*)/gi
