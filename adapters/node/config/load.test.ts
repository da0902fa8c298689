import { describe, expect, test } from 'vitest'
import { formatMistakes } from './format.ts'
import { limits } from './guard.ts'
import { parseSite } from './load.ts'

function told(text: string): readonly string[] {
  return parseSite(text).mistakes.map(({ path, what, spot }) => `${spot?.line}:${spot?.column} ${path.join('.')}: ${what}`)
}

const marked = 'an alias repeats what is marked with & before it; a text that begins with * needs quotes'
const charger = 'chargers:\n- name: Left\n  identity: A\n'

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('\n')
}

describe('Where a mistake is', () => {
  test('A wrong value is pointed at, a wrong name too, and for a missing name the group it is missing in.', () => {
    expect(told('ocpp:\n  port: 0\n  prot: 1\nchargers:\n  - name: x\n')).toEqual([
      '2:9 ocpp.port: 0 is not a port',
      '3:3 ocpp.prot: unknown name "prot"',
      '5:5 chargers.0.identity: nothing is written here',
    ])
  })

  test('JSON is YAML: a whole configuration on one line is read, and its mistakes are found on it.', () => {
    const chargers = Array.from({ length: 100 }, (_, index) => ({ name: `Charger ${index}`, identity: `A${index}`, objects: {} }))
    expect(parseSite(JSON.stringify({ chargers })).config?.chargers).toHaveLength(100)
    expect(told('{"ocpp": {"port": "8016"}}')).toEqual(['1:19 ocpp.port: "8016" is not a port'])
  })

  test('Lines may end as on Windows, and the file may begin with a byte order mark.', () => {
    expect(told('\uFEFFocpp:\r\n  port: 0\r\n')).toEqual(['2:9 ocpp.port: 0 is not a port'])
  })

  test('A value brought in by an alias is pointed at where it was written.', () => {
    expect(told(`${charger}  normalCurrent: &low 5\n  fastCurrent: *low\n`)).toEqual([
      '4:23 chargers.0.normalCurrent: 5 is not a current',
      '4:23 chargers.0.fastCurrent: 5 is not a current',
    ])
  })
})

describe('What YAML makes of it', () => {
  test.each([
    ['12345', '12345'], ['1e5', '100000'], ['04123456', '4123456'], ['0x1F', '31'], ['true', 'true'], ['.inf', 'Infinity'],
  ])('%s without quotes is a mistake, never another identity.', (written, read) => {
    expect(told(`chargers: [{ name: x, identity: ${written} }]`)).toEqual([`1:33 chargers.0.identity: ${read} is not an identity`])
  })

  test.each(["'12345'", '"1e5"', '!!str 04123456', '04A1B2C3'])('%s is a text.', (written) => {
    const { config } = parseSite(`chargers: [{ name: x, identity: ${written} }]`)
    expect(config?.chargers[0]?.identity).toBe(written.replace(/^!!str |['"]/g, ''))
  })

  test('An expiry may be a timestamp without quotes, even when the file asks for YAML 1.1.', () => {
    const tags = 'tags: [{ tag: A, expires: 2025-01-01 }, { tag: B, expires: 2025-01-01T12:00:00+01:00 }]'
    for (const text of [tags, `%YAML 1.1\n---\n${tags}`]) {
      expect(parseSite(text).config?.tags.map(({ expires }) => expires)).toEqual(['2025-01-01T00:00:00.000Z', '2025-01-01T11:00:00.000Z'])
    }
  })

  test('Names brought along by << are used unless written, and their unknown ones are mistakes.', () => {
    const usual = '<<: &usual { normalCurrent: 8, fastCurrent: 20 }'
    const { config } = parseSite(`${charger}  ${usual}\n- { name: Right, identity: B, fastCurrent: 30, <<: *usual }\n`)
    expect(config?.chargers).toMatchObject([{ normalCurrent: 8, fastCurrent: 20 }, { normalCurrent: 8, fastCurrent: 30 }])
    expect(told(`${charger}  <<: { slowCurrent: 8 }\n`)).toEqual(['4:9 chargers.0.slowCurrent: unknown name "slowCurrent"'])
    expect(told(`${charger}  <<: 5\n`)).toEqual([expect.stringContaining('4:7 : << brings names along')])
  })

  test('The first of several groups brought along wins.', () => {
    const text = `${charger}  <<: [{ normalCurrent: 7 }, { normalCurrent: 8, fastCurrent: 30 }]\n`
    expect(parseSite(text).config?.chargers[0]).toMatchObject({ normalCurrent: 7, fastCurrent: 30 })
  })

  test('A name written twice is a mistake at the second.', () => {
    expect(told('ocpp:\n  port: 1\n  port: 2\n')).toEqual(['3:3 : "port" is written twice'])
  })

  test.each(['__proto__', 'constructor', 'toString'])('%s is an unknown name.', (name) => {
    expect(told(`${name}: { port: 1 }\n`)).toEqual([`1:1 ${name}: unknown name "${name}"`])
  })

  test.each([
    ['a star without quotes', 'startTags: [*]', 'a text that begins with * or & needs quotes'],
    ['a tab', 'ocpp:\n\tport: 1', 'indent with spaces'],
    ['an open quote', 'site: { name: "Home }', 'close the quote or bracket, or add what is missing'],
    ['two documents', 'site:\n---\nsite:\n', 'one document in a file: remove the line ---'],
    ['an alias of nothing', 'site: *home', marked],
    ['an alias of what it stands in', 'site: &home [*home]', marked],
  ])('%s is a mistake with a remedy.', (_, text, right) => {
    expect(parseSite(text)).toMatchObject({ mistakes: expect.arrayContaining([expect.objectContaining({ path: [], right })]) })
    expect(parseSite(text).config).toBeUndefined()
  })

  test.each(['', '\n\n', '# nothing\n', '---\n', '~'])('An empty file (%j) is a mistake, for it may be half-written.', (text) => {
    expect(parseSite(text).mistakes).toEqual([expect.objectContaining({ what: 'nothing is written here' })])
  })

  test('An unknown YAML tag is a warning.', () => {
    const { config, warnings } = parseSite(`${charger}  startTags: !upper ['*']\n`)
    expect(config).toBeDefined()
    expect(warnings).toEqual([expect.objectContaining({ what: 'an unknown YAML tag' })])
  })
})

describe('What a hostile file costs', () => {
  const mebi = limits.octets
  const deep = 'nested too deeply'
  const words = `more than ${limits.tokens} words and signs`
  const values = `more than ${limits.nodes} values`

  test.each<[string, string, string]>([
    ['open brackets', deep, '['.repeat(mebi)],
    ['open braces', deep, '{a: '.repeat(60_000)],
    ['dashes', deep, '- '.repeat(100_000)],
    ['question marks', deep, '? '.repeat(mebi / 2)],
    ['indentation', deep, lines(1_400, (n) => `${' '.repeat(n)}a:`)],
    ['names', words, lines(130_000, (n) => `n${n}:`)],
    ['quotes', words, '"'.repeat(mebi)],
    ['aliases', words, `a: &a 1\nb: [${'*a,'.repeat(200_000)}]`],
    ['commas', 'Unexpected , in flow sequence', `[${','.repeat(100_000)}]`],
    ['bad escapes', 'an unknown letter after a backslash', `"${'\\u'.repeat(200_000)}"`],
    ['anchors with aliases', 'a list is not a configuration', lines(20_000, (n) => `- &a${n} 1\n- *a${n}`)],
    ['aliases of aliases', values, `a0: &a0 [1]\n${lines(40, (n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)}`],
    ['chargers with a long list', values, `${charger}  startTags: &all [${"'',".repeat(900)}]\n${'- startTags: *all\n'.repeat(9_000)}`],
  ])('%s are a mistake within seconds: %s.', (_, what, text) => {
    const { config, mistakes } = parseSite(text)
    expect(config).toBeUndefined()
    expect(mistakes[0]?.what).toBe(what)
  }, 30_000)

  test('Only the first mistakes are written.', () => {
    const text = formatMistakes('site.yaml', parseSite(`chargers: [${'1,'.repeat(500)}]`).mistakes)
    expect(text.split('\n').at(-1)).toBe('site.yaml: and 450 more')
  })
})

describe('How mistakes are written', () => {
  test('The line is shown, with a mark under what is meant.', () => {
    expect(formatMistakes('site.yaml', parseSite('ocpp:\n  port: 80160\n').mistakes)).toBe([
      'site.yaml:2:9  ocpp.port: 80160 is not a port; a whole number from 1 to 65535',
      '    2 |   port: 80160',
      '      |         ^^^^^',
    ].join('\n'))
  })

  test('Of a long line the part that is meant is shown.', () => {
    const site = `{ site: { name: ${'a'.repeat(90)} }, ocpp: { port: 0, secure: false }, panel: { port: ${'9'.repeat(300)} } }`
    const text = formatMistakes('x', parseSite(site).mistakes)
    expect(text.split('\n').every((line) => line.length < 180)).toBe(true)
    expect(text).toContain('| a }, ocpp: { port: 0, secure: false }, panel')
  })

  test('A warning says that it is one.', () => {
    expect(formatMistakes('site.yaml', parseSite('chargers: []\n').warnings, 'warning'))
      .toContain('site.yaml:1:11  warning: chargers: no charger is listed; ')
  })

  test.each([
    'password: geheim\n  connector: 0', 'password: "gehe\\"im"\n  connector: 0', "passwort: 'geheim'",
    'password: 12345geheim\n  normalCurrent: 0', 'password: !geheim x\n  connector: 0',
    'password: "geheim\n', 'password: "gehe\\Qim"', 'password: @geheim', 'password: [geheim]',
    'password: { geheim: 1 }', 'password: *geheim',
  ])('A password is not shown: %j.', (written) => {
    const { mistakes, warnings } = parseSite(`${charger}  ${written}\n`)
    expect(mistakes.length).toBeGreaterThan(0)
    expect(formatMistakes('x', [...mistakes, ...warnings])).not.toMatch(/geh|eim/)
  })

  test('On a line with a password in quotes the rest is shown.', () => {
    expect(formatMistakes('x', parseSite('chargers: [{ name: x, identity: y, password: "geheim", connector: 0 }]').mistakes))
      .toContain('password: ********, connector: 0 }]')
  })

  test('Nothing in a file reaches the terminal as a command.', () => {
    const { mistakes } = parseSite('"a\\e[31m\u009Bb": "\u202E"\nsite: { name: "\\u001B]0;x" }\n')
    expect(formatMistakes('a\u001Bb', mistakes)).not.toMatch(/[^\P{C}\n]/u)
  })
})
