import { pathText, printable } from '../../../core/config/mistake.ts'
import type { Spot } from './lines.ts'
import type { SpottedMistake } from './load.ts'

const mostShown = 50
const width = 100

/** Writes mistakes or warnings for a terminal as compilers do: `site.yaml:14:16  path: what; right`, then the line with a mark under it. */
export function formatMistakes(file: string, mistakes: readonly SpottedMistake[], kind: 'mistake' | 'warning' = 'mistake'): string {
  const shown = mistakes.slice(0, mostShown).map((mistake) => formatMistake(file, mistake, kind))
  const rest = mistakes.length - shown.length
  return [...shown, ...(rest > 0 ? [`${printable(file)}: and ${rest} more`] : [])].join('\n')
}

function formatMistake(file: string, { path, what, right, spot }: SpottedMistake, kind: 'mistake' | 'warning'): string {
  const at = spot === undefined ? '' : `:${spot.line}:${spot.column}`
  const where = path.length === 0 ? '' : `${pathText(path)}: `
  const text = `${printable(file)}${at}  ${kind === 'warning' ? 'warning: ' : ''}${where}${printable(`${what}; ${right}`)}`
  return spot === undefined ? text : `${text}\n${excerpt(spot)}`
}

function excerpt({ line, column, length, source }: Spot): string {
  const number = String(line).padStart(5)
  // A long line is cut so that what is meant stays in sight.
  const from = column <= width ? 0 : column - 20
  const seen = printable(source.slice(from, from + width))
  const mark = '^'.repeat(Math.min(length, Math.max(1, seen.length - (column - 1 - from))))
  return `${number} | ${seen}\n${' '.repeat(number.length)} | ${' '.repeat(column - 1 - from)}${mark}`
}
