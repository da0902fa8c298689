import { mkdtemp, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiteReading } from './load.ts'
import { watchSite, type SiteWatch } from './watch.ts'

let folder: string
let file: string
const open: SiteWatch[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallbus-'))
  file = join(folder, 'site.yaml')
  await writeFile(file, site('Home'))
})

afterEach(async () => {
  for (const watch of open.splice(0)) watch.close()
  await rm(folder, { recursive: true })
})

function site(name: string): string {
  return `site: { name: ${name} }\n`
}

// Whole at once: a reader never sees half of it.
async function save(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

interface Watched {
  readonly watch: SiteWatch
  readonly reports: readonly SiteReading[]
  /** The reports, one after the other. */
  readonly next: () => Promise<SiteReading>
}

async function watched(path = file): Promise<Watched> {
  const reports: SiteReading[] = []
  let taken = 0
  let arrived: (() => void) | undefined
  const watch = await watchSite(path, (reading) => {
    reports.push(reading)
    arrived?.()
  })
  open.push(watch)
  const next = async (): Promise<SiteReading> => {
    const report = reports[taken]
    if (report === undefined) {
      await new Promise<void>((resolve) => { arrived = resolve })
      return next()
    }
    taken++
    return report
  }
  return { watch, reports, next }
}

describe('A watched configuration file', () => {
  test('It is read when the watch begins, and again when it is written.', async () => {
    const { watch, next } = await watched()
    expect(watch.watching).toBe(true)
    expect(watch.first.config?.site.name).toBe('Home')
    await writeFile(file, site('House'))
    let reading = await next()
    // It may be read between being emptied and being filled.
    while (reading.config === undefined) reading = await next()
    expect(reading.config.site.name).toBe('House')
  })

  test('A new file in its place is seen, again and again: so editors save.', async () => {
    const { next } = await watched()
    for (const name of ['One', 'Two', 'Three']) {
      await save(file, site(name))
      expect((await next()).config?.site.name).toBe(name)
    }
  })

  test('A broken file is reported without a configuration, and the next good one with.', async () => {
    const { watch, next } = await watched()
    let running = watch.first.config
    for (const text of ['site: [', 'site: { nmae: x }\n', '']) {
      await save(file, text)
      const reading = await next()
      expect(reading.mistakes).toHaveLength(1)
      running = reading.config ?? running
    }
    expect(running?.site.name).toBe('Home')
    await save(file, site('Repaired'))
    expect((await next()).config?.site.name).toBe('Repaired')
  })

  test('A file that is removed is reported, and so is its return.', async () => {
    const { next } = await watched()
    await unlink(file)
    expect((await next()).mistakes[0]?.what).toBe('there is no such file')
    await save(file, site('Back'))
    expect((await next()).config?.site.name).toBe('Back')
  })

  test('The same text written again is not reported; reload reports it.', async () => {
    const { watch, reports } = await watched()
    const other = await watched(join(folder, 'other.yaml'))
    await save(file, site('Home'))
    // Once the other file, written later, is reported, this one has been looked at.
    await save(join(folder, 'other.yaml'), site('Other'))
    await other.next()
    await watch.reload()
    expect(reports.map(({ config }) => config?.site.name)).toEqual(['Home'])
  })

  test('Behind a link the file is watched where it is, and where the link is changed.', async () => {
    const link = join(folder, 'links', 'link.yaml')
    await mkdir(join(folder, 'links'))
    await symlink(file, link)
    const { next } = await watched(link)
    await save(file, site('Behind'))
    expect((await next()).config?.site.name).toBe('Behind')
    await save(join(folder, 'other.yaml'), site('Other'))
    await symlink(join(folder, 'other.yaml'), `${link}.new`)
    await rename(`${link}.new`, link)
    expect((await next()).config?.site.name).toBe('Other')
  })

  test('After close nothing is reported, not even a reload.', async () => {
    const { watch, reports } = await watched()
    await save(file, site('House'))
    watch.close()
    await watch.reload()
    expect(reports).toEqual([])
  })

  test('Where there is no directory to watch there is still reload.', async () => {
    const later = join(folder, 'later')
    const { watch, next } = await watched(join(later, 'site.yaml'))
    expect(watch.watching).toBe(false)
    expect(watch.first.mistakes).toHaveLength(1)
    await mkdir(later)
    await save(join(later, 'site.yaml'), site('Later'))
    await watch.reload()
    expect((await next()).config?.site.name).toBe('Later')
  })
})
