import { describe, expect, test } from 'vitest'
import { allMembers, type TransactionRecord } from '../core/index.ts'
import { parseFrame } from '../core/ocpp/frame.ts'
import { replay, type ReplayedStep } from '../fixtures/replay.ts'
import { idOfCall, linesOf, outcomes, recordings, recordWords, siteWith, wordsOf } from '../fixtures/trace-outcomes.ts'
import { objectAt, valueOf } from '../fixtures/world/bus-value.ts'

test('Every recording has been read.', () => {
  expect(Object.keys(outcomes).sort()).toEqual([...recordings].sort())
})

describe.each(Object.entries(outcomes))('%s', (file, { boot, connectors = {}, booked = [], refused = {}, configured }) => {
  const config = siteWith(configured)
  const steps = replay(linesOf(file), config)

  test('Each CALL gets one answer, and none a CALLERROR but those that cannot be read.', () => {
    const answers = steps.flatMap(answersOf)
    const asked = steps.flatMap(({ event }) => (event.type === 'received' ? idOfCall(event.text) : []))
    expect(answers.map(({ id }) => id)).toEqual(asked)
    expect(answers.flatMap((answer) => (answer.type === 'error' ? [answer.id] : [])).sort()).toEqual(Object.keys(refused).sort())
  })

  test('What is left is what a person reads in it.', () => {
    const [member] = steps.slice(-1).flatMap(({ site }) => allMembers(site.population))
    expect(member && `${member.profile.vendor} ${member.profile.model}`).toBe(boot ?? ' recorded')
    const words = member?.connectors.map((connector) => [connector.id, wordsOf(connector)] as const) ?? []
    expect(Object.fromEntries(words.filter(([, said]) => said !== ''))).toEqual(connectors)
    expect(recordsOf(steps).map(recordWords)).toEqual(booked)
  })

  test('Every telegram carries a value.', () => {
    const telegrams = steps.flatMap(({ effects }) => effects.flatMap((effect) => (effect.type === 'transmit' ? [effect.telegram] : [])))
    for (const telegram of telegrams) {
      const object = objectAt(config, telegram.address)
      const value = object && telegram.service !== 'read' ? valueOf(object, telegram.payload) : undefined
      expect(value).toSatisfy(() => value !== undefined && !Number.isNaN(value))
    }
  })
})

function answersOf({ effects }: ReplayedStep) {
  return effects.flatMap((effect) => {
    const frame = effect.type === 'send' ? parseFrame(effect.text) : undefined
    return frame?.type === 'result' || frame?.type === 'error' ? [frame] : []
  })
}

/** The newest record of each transaction, in the order in which they began. */
function recordsOf(steps: readonly ReplayedStep[]): readonly TransactionRecord[] {
  const records = steps.flatMap(({ effects }) => effects.flatMap((effect) => (effect.type === 'book' ? [effect.transaction] : [])))
  return [...new Map(records.map((record) => [record.id, record])).values()]
}
