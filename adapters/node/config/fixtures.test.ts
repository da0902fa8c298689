import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatMistakes } from './format.ts'
import { loadSite } from './load.ts'

const folder = new URL('../../../fixtures/sites/', import.meta.url)
const sites = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

describe('The example sites', () => {
  // UPDATE=1 writes what is told now; read the difference before committing it.
  test.each(sites)('%s is told exactly what the text file beside it says, and nothing where there is none.', async (name) => {
    const { mistakes, warnings } = await loadSite(new URL(name, folder).pathname)
    const texts = [formatMistakes(name, mistakes), formatMistakes(name, warnings, 'warning')]
    const told = texts.filter((text) => text !== '').map((text) => `${text}\n`).join('')
    const transcript = new URL(name.replace(/yaml$/, 'txt'), folder)
    if (process.env['UPDATE'] !== undefined && told !== '') writeFileSync(transcript, told)
    expect(told).toBe(existsSync(transcript) ? readFileSync(transcript, 'utf8') : '')
  })

  test('The car park has ten Charge Points with two connectors each.', async () => {
    const { config } = await loadSite(new URL('car-park.yaml', folder).pathname)
    expect(config?.chargers).toHaveLength(20)
    expect(new Set(config?.chargers.map(({ identity }) => identity)).size).toBe(10)
    expect(config?.chargers.every(({ normalCurrent, timeType }) => normalCurrent === 8 && timeType === 'DPT 19.001')).toBe(true)
  })
})

describe('A file that cannot be read is a mistake', () => {
  test('A file that is not there, and a directory.', async () => {
    expect((await loadSite(new URL('nowhere.yaml', folder).pathname)).mistakes).toMatchObject([{ path: [], what: 'there is no such file' }])
    expect((await loadSite(folder.pathname)).mistakes).toMatchObject([{ path: [], what: 'this is a directory' }])
  })

  test.each([
    ['a file in Latin-1', Buffer.from('site: { name: Küche }', 'latin1'), 'the file is not UTF-8 text'],
    ['a file in UTF-16', Buffer.from('\uFEFFsite: { name: Home }', 'utf16le'), 'the file is not UTF-8 text'],
    ['a file of more than 1 MiB', Buffer.alloc(1_048_577, '\n'), 'the file has 1048577 octets'],
  ])('%s', async (_, content, what) => {
    const file = join(mkdtempSync(join(tmpdir(), 'wallbus-')), 'site.yaml')
    writeFileSync(file, content)
    expect(await loadSite(file)).toEqual({ mistakes: [expect.objectContaining({ path: [], what })], warnings: [] })
    rmSync(dirname(file), { recursive: true })
  })
})
