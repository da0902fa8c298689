import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string): string => readFileSync(file, 'utf8')
const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end)).map((name) => join(folder, name))

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesIn('docs', '.md')]
const code = ['core', 'adapters'].flatMap((folder) => filesIn(folder, '.ts')).filter((file) => !file.endsWith('.test.ts')).map(read).join('\n')

/** The anchors of a page's headings, as they are made where it is shown. */
function anchors(page: string): readonly string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

test.each(pages)('Every link of %s leads somewhere.', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^https?:/.test(target))
  const dead = targets.filter((target) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : join(dirname(page), path)
    return !existsSync(file) || (anchor !== undefined && !anchors(file).includes(anchor))
  })
  expect(dead).toEqual([])
})

/** Pieces that are put together from words that differ: an order with its end, and words of OCPP. */
const composed = /^(refused|(start|stop|limit) (refused|rejected|expired)|the charger answered \w+|disconnected|\d{4}\b.*|\S+ =|\S*)$/

test.each(filesIn('docs/troubleshooting', '.md'))('What %s quotes from the log stands in the code.', (page) => {
  const firstCells = [...read(page).matchAll(/^\| (.*?) \|/gm)].map(([, cell = '']) => cell)
  const quoted = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text))
  const pieces = quoted.flatMap((text) => text.split(/…|: | \(/)).map((piece) => piece.replace(/^[\s).]+|[\s(:,.]+$/g, '')).filter((piece) => !composed.test(piece))
  expect(pieces.filter((piece) => !code.includes(piece))).toEqual([])
})
