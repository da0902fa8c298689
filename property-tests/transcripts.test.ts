import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createPlayer } from './transcripts/play.ts'
import { replayTranscript } from './transcripts/transcript.ts'

const folder = new URL('../fixtures/transcripts/', import.meta.url)
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt')).sort()

describe('A conversation goes as it is written down', () => {
  test.each(names)('%s', (name) => {
    const file = new URL(name, folder)
    const written = readFileSync(file, 'utf8')
    const played = replayTranscript(written, createPlayer())
    if (process.env['UPDATE'] && played !== written) writeFileSync(file, played)
    else expect(played).toBe(written)
  })
})
