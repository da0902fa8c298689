import { readFile } from 'node:fs/promises'
import { addressBook } from '../../../core/knx/address-book.ts'
import { readRecording } from '../../../fixtures/recording.ts'
import { replay as replaySteps } from '../../../fixtures/replay.ts'
import { describeEffect, describeEvent } from '../present.ts'
import { requireSite } from './site-file.ts'

export async function replay(file: string, { site }: { readonly site?: string }): Promise<void> {
  const { lines, mistakes } = readRecording(await readFile(file, 'utf8'))
  for (const mistake of mistakes) process.stderr.write(`${file}: ${mistake}\n`)
  const config = site === undefined ? undefined : await requireSite(site)
  let book = config ? addressBook(config) : {}
  for (const { event, effects } of replaySteps(lines, config)) {
    if (event.type === 'configured') book = addressBook(event.config)
    const told = [describeEvent(event, book), ...effects.map((effect) => `  ${describeEffect(effect, book)}`)].filter((line) => line !== undefined)
    if (told.length > 0) process.stdout.write(`${new Date(event.at).toISOString()}\n${told.map((line) => `  ${line}\n`).join('')}`)
  }
  if (mistakes.length > 0) process.exitCode = 1
}
