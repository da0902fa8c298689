import { describe, expect, it } from 'vitest'
import { isOutgoingAction } from '../../../../core/ocpp/actions.ts'
import { readRequest } from '../../../../core/ocpp/receive.ts'
import { callNames, templateOf } from './call-templates.ts'
import { createRecorder } from './recorder.ts'
import { framesOf } from './trace.ts'

describe('templates of CALLs', () => {
  it('are each to the letter of the standard.', () => {
    for (const name of callNames) {
      if (!isOutgoingAction(name)) throw new Error(`${name} is not sent by a Central System`)
      expect([name, readRequest(name, JSON.parse(templateOf(name)))]).toMatchObject([name, { ok: true, warnings: [] }])
    }
  })
})

describe('a recorder', () => {
  it('keeps the newest first and bounded, and shows nothing new while it is paused.', () => {
    const recorder = createRecorder<number>()
    recorder.add([1, 2])
    recorder.paused.set(true)
    recorder.add(Array.from({ length: 1_000 }, (_, i) => i))
    expect(recorder.shown.get()).toEqual([2, 1])
    recorder.resume()
    expect(recorder.shown.get()).toHaveLength(500)
    expect(recorder.shown.get()[0]).toBe(999)
  })

  it('puts what was before behind the rest.', () => {
    const recorder = createRecorder<number>()
    recorder.add([3])
    recorder.begin([1, 2])
    expect(recorder.shown.get()).toEqual([3, 2, 1])
  })
})

describe('a trace', () => {
  it('gives the frames of both sides, and leaves out what cannot be read.', () => {
    const line = JSON.stringify({ event: { type: 'received', at: 1, identity: 'A', text: '[2]' }, effects: [{ type: 'send', text: '[3]' }, null, { type: 'note' }] })
    expect(framesOf(`${line}\nnonsense\n{}\n`).map(({ from, text }) => [from, text])).toEqual([['charger', '[2]'], ['central', '[3]']])
  })
})
