import { expect, it } from 'vitest'
import { createLog } from './log.ts'

const entry = { at: Date.UTC(2026, 10, 23), level: 'info', source: 'CP1/1', text: 'a\r\n\u001b[31mred\u202e' } as const

it('What a charger says cannot break lines or colour a terminal.', () => {
  const lines: string[] = []
  createLog((line) => lines.push(line), { json: false, verbose: false })(entry)
  expect(lines[0]).toContain('a\\u000d\\u000a\\u001b[31mred\\u202e')
})

it('A machine reads one JSON object a line.', () => {
  const lines: string[] = []
  createLog((line) => lines.push(line), { json: true, verbose: false })(entry)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', source: 'CP1/1', text: entry.text, time: '2026-11-23T00:00:00.000Z' })
})

it('Details are told only to those who ask.', () => {
  const lines: string[] = []
  createLog((line) => lines.push(line), { json: true, verbose: false })({ ...entry, level: 'debug' })
  expect(lines).toEqual([])
})
