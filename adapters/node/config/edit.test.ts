import { describe, expect, test } from 'vitest'
import { editChargers } from './edit.ts'
import { parseSite } from './load.ts'
import { maskPasswords, unmaskPasswords } from './secrets.ts'

const text = `# site
site:
  name: Home # mine

chargers:
  # first
  - name: A # a name
    identity: "0815"
    password: 'it''s: #1'
    objects:
      status: 9/7/0 # here
  - { name: B, identity: B, password: "other" }
`

describe('One charger in a configuration text', () => {
  test('is added at the end, with quotes where YAML needs them.', () => {
    const edited = editChargers(text, { type: 'add', entry: { name: 'C', identity: '04123456', startTags: ['*'], password: null, objects: {} } })
    expect(edited?.startsWith(text.trimEnd())).toBe(true)
    expect(parseSite(edited ?? '').config?.chargers[2]).toMatchObject({ identity: '04123456', startTags: ['*'] })
  })

  test.each(['', '# nothing yet\n', 'chargers:\n', 'chargers: []\n', '{ "site": { "name": "x" } }'])('is the first of %j.', (empty) => {
    const edited = editChargers(empty, { type: 'add', entry: { name: 'C', identity: 'C' } })
    expect(parseSite(edited ?? '').config?.chargers).toMatchObject([{ name: 'C', identity: 'C' }])
    if (empty.startsWith('#')) expect(edited).toContain('# nothing yet')
  })

  test('is replaced where it stands: what stays as it was keeps its words and comments.', () => {
    const entry = { name: 'A2', identity: '0815', password: "it's: #1", phases: 1, objects: { status: '9/7/0', charging: { send: '9/7/1' } } }
    expect(editChargers(text, { type: 'replace', index: 0, entry })).toBe(
      text.replace('name: A #', 'name: A2 #').replace('9/7/0 # here\n', '9/7/0 # here\n      charging:\n        send: 9/7/1\n    phases: 1\n'),
    )
  })

  test('is removed with what belongs to it.', () => {
    expect(editChargers(text, { type: 'remove', index: 1 })).toBe(text.split('\n').filter((line) => !line.includes('name: B')).join('\n'))
  })

  test('stays as it is when it is brought in from elsewhere and cannot be changed by itself.', () => {
    const shared = 'chargers:\n  - &a { name: A, identity: A, phases: 1 }\n  - { <<: *a, identity: B }\n'
    expect(editChargers(shared, { type: 'replace', index: 1, entry: { name: 'B', identity: 'B' } })).toBeUndefined()
    expect(parseSite(editChargers(shared, { type: 'replace', index: 1, entry: { name: 'B', identity: 'B', phases: 1 } }) ?? '').config?.chargers[1]).toMatchObject({ name: 'B', phases: 1 })
  })
})

describe('Passwords in a configuration text', () => {
  test('are hidden where they stand, and come back as they were.', () => {
    const masked = maskPasswords(text)
    expect(masked).toBe(text.replace("'it''s: #1'", '***').replace('"other"', '***').replaceAll('***', '"***"'))
    expect(parseSite(unmaskPasswords(masked, text)).config).toEqual(parseSite(text).config)
  })

  test('follow their identity when chargers change places, and are given to no other.', () => {
    const moved = 'chargers:\n  - { name: B, identity: B, password: "***" }\n  - { name: C, identity: C, password: "***" }\n'
    expect(parseSite(unmaskPasswords(moved, text)).config?.chargers.map(({ password }) => password)).toEqual(['other', '***'])
  })

  test('of a file that is no YAML are hidden all the same.', () => {
    expect(maskPasswords('chargers: [\n  password: hush\n')).not.toContain('hush')
  })
})
