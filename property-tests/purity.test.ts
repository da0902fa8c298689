import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const core = join(dirname(fileURLToPath(import.meta.url)), '..', 'core')

interface Source {
  readonly path: string
  readonly text: string
  /** The text without comments, which may speak of anything. */
  readonly code: string
}

const sources: readonly Source[] = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => {
    const text = readFileSync(join(core, path), 'utf8')
    return { path, text, code: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1') }
  })

/** What pure code cannot need: clocks, chance, timers, the machine it runs on, state that outlives a call, and holes in its types. */
const forbidden: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a clock', pattern: /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\b/ },
  { what: 'chance', pattern: /\bMath\.random\b|\bcrypto\b|\brandomUUID\b/ },
  { what: 'a timer or a promise', pattern: /\bset(Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\basync\b|\bawait\b|\bPromise\b/ },
  { what: 'the machine', pattern: /\bprocess\b|\bconsole\b|\bglobalThis\b|\bBuffer\b|\bfetch\(|\brequire\(/ },
  { what: 'a class', pattern: /\bclass\s+[A-Z]|\bthis\./ },
  { what: 'a variable of its module', pattern: /^(export )?(let|var)\b/m },
  { what: 'a hole in its types', pattern: /[:<|(,]\s*any\b|\bas any\b|@ts-|\w!\.|[\w)\]]!(?=[\s,;)\]]|$)(?!==?)/m },
  { what: 'an exception', pattern: /\bthrow\b/ },
]

describe('The core', () => {
  test('There is a core to look at.', () => {
    expect(sources.length).toBeGreaterThan(80)
  })

  test.each(forbidden)('There is not $what in it.', ({ pattern }) => {
    expect(sources.filter(({ code }) => pattern.test(code)).map(({ path, code }) => `${path}: ${pattern.exec(code)?.[0]}`)).toEqual([])
  })

  test('It imports nothing but itself and valibot.', () => {
    const foreign = sources.flatMap(({ path, code }) => [...code.matchAll(/\bfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'|^import\s+'([^']+)'/gm)].flatMap((match) => {
      const name = match[1] ?? match[2] ?? match[3] ?? ''
      const inside = name.startsWith('.') && !normalize(join(dirname(path), name)).startsWith('..') && name.endsWith('.ts')
      return inside || name === 'valibot' ? [] : [`${path}: ${name}`]
    }))
    expect(foreign).toEqual([])
  })

  test('No file of it is longer than 200 lines.', () => {
    expect(sources.filter(({ text }) => text.trimEnd().split('\n').length > 200).map(({ path }) => path)).toEqual([])
  })
})
