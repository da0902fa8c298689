import { watch, type FSWatcher } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { readText, readingOf, type SiteReading } from './load.ts'

// Editors write a file in several steps: one look after they have come to rest.
const restMs = 100

/** A watched configuration file. */
export interface SiteWatch {
  /** What the file said when the watch began. */
  readonly first: SiteReading
  /** False where the system cannot watch files: only `reload` tells then. */
  readonly watching: boolean
  /** Reads the file now and reports it even when nothing changed. */
  readonly reload: () => Promise<void>
  readonly close: () => void
}

/** Reads a configuration file, and again whenever its text changes; a report without `config` means: go on with the one you have. */
export async function watchSite(file: string, onChange: (reading: SiteReading) => void): Promise<SiteWatch> {
  let known = ''
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let turn = Promise.resolve()
  const look = (always: boolean): Promise<void> => {
    turn = turn.then(async () => {
      const text = await readText(file)
      if (closed || (JSON.stringify(text) === known && !always)) return
      known = JSON.stringify(text)
      onChange(readingOf(text))
    })
    return turn
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(false), restMs)
  }
  // Watching begins before the first reading, so that no change falls between.
  const watchers = await watchersOf(file, soon)
  const text = await readText(file)
  known = JSON.stringify(text)
  const close = (): void => {
    closed = true
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
  return { first: readingOf(text), watching: watchers.length > 0, reload: () => look(true), close }
}

// The directory, not the file: editors put a new file in the place of the old one. Where a link leads is watched too.
async function watchersOf(file: string, changed: () => void): Promise<readonly FSWatcher[]> {
  const real = await realpath(file).catch(() => file)
  const names = new Set([basename(file), basename(real)])
  const directories = new Set([dirname(resolve(file)), dirname(resolve(real))])
  return [...directories].flatMap((directory) => {
    try {
      const watcher = watch(directory, (_event, name) => {
        // Kubernetes swaps the directory link `..data` under the file.
        if (name === null || names.has(name) || name.startsWith('..')) changed()
      })
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      return []
    }
  })
}
