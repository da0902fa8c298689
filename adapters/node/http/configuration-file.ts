import { createHash, randomBytes } from 'node:crypto'
import { access, constants, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ConfigurationPort, WriteResult } from '../../hono/port.ts'
import { editChargers } from '../config/edit.ts'
import { parseSite } from '../config/load.ts'
import { maskPasswords, unmaskPasswords } from '../config/secrets.ts'

/** The configuration in a file; `reload` takes it into use and resolves when that is done. */
export function configurationFile(file: string, reload: () => Promise<void>): ConfigurationPort {
  let last: Promise<unknown> = Promise.resolve()
  const write = async (text: string, version: string): Promise<WriteResult> => {
    if (versionOf(await readFile(file, 'utf8')) !== version) return { ok: false, why: 'changed', reason: 'it has changed' }
    try {
      await replaceFile(await realpath(file), text)
    } catch (error) {
      return { ok: false, why: 'unwritable', reason: error instanceof Error ? error.message : String(error) }
    }
    await reload()
    return { ok: true, version: versionOf(text) }
  }
  return {
    ...texts,
    async read() {
      const text = await readFile(file, 'utf8')
      return { text, version: versionOf(text), writable: await isWritable(file) }
    },
    write(text, version) {
      const done = last.then(() => write(text, version))
      last = done.catch(() => undefined)
      return done
    },
  }
}

/** A configuration that is in no file, and cannot be changed. */
export function configurationText(text: () => string): ConfigurationPort {
  return {
    ...texts,
    read: () => Promise.resolve({ text: text(), version: versionOf(text()), writable: false }),
    write: () => Promise.resolve({ ok: false, why: 'unwritable', reason: 'it is in no file' }),
  }
}

/** What is done with the text alone. */
const texts = { check: parseSite, mask: maskPasswords, unmask: unmaskPasswords, edit: editChargers } as const

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

async function isWritable(file: string): Promise<boolean> {
  return access(file, constants.W_OK).then(() => true, () => false)
}

/** In these cases a directory does not let a file be replaced in it: a file that is mounted alone, or a directory of someone else. */
const inPlace: readonly string[] = ['EBUSY', 'EACCES', 'EPERM', 'EXDEV', 'EROFS']

/** Puts a new file in the place of the old one, with the same rights, so that a power cut leaves either whole; or else writes into it. */
async function replaceFile(file: string, text: string): Promise<void> {
  await access(file, constants.W_OK)
  const aside = join(dirname(file), `.wallbus-${randomBytes(6).toString('hex')}`)
  try {
    await writeDurably(aside, text, (await stat(file)).mode & 0o777)
    await rename(aside, file)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!inPlace.includes(code)) throw error
    await writeFile(file, text, { flush: true })
  }
}

async function writeDurably(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
