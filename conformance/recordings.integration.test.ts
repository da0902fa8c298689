import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseFrame } from '../core/ocpp/frame.ts'
import type { Recorded } from '../fixtures/recording.ts'
import { createNames, earlierBoot, originOf, recordedIdentity, timeAfter } from '../fixtures/replay.ts'
import { idOfCall, linesOf, outcomes, recordWords, siteWith, wordsOf } from '../fixtures/trace-outcomes.ts'
import { startCentralSystem, type CentralSystem } from './central-system.ts'
import { breaches, dial, type Reply, type ScriptedChargePoint } from './charge-point.ts'
import { isAction } from '../core/ocpp/actions.ts'

// Only the date is that of the recording: sockets and timers are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

interface Exchanged {
  readonly asked: string
  readonly id: string
  readonly answer: Reply
}

/** Sends what the charger sent, in its order, so many ms after the date it was sent, each CALL once the one before is answered. */
async function resend(station: ScriptedChargePoint, lines: readonly Recorded[], lateMs: number): Promise<readonly Exchanged[]> {
  const names = createNames()
  const exchanged: Exchanged[] = []
  const origin = originOf(lines)
  let at = origin
  await station.answerTo('boot', earlierBoot)
  for (const line of lines) {
    if (line.type === 'step') continue
    at = timeAfter(at, origin, line)
    vi.setSystemTime(at + lateMs)
    if (line.from === 'central') {
      names.hear(null, line.text)
      continue
    }
    const text = names.translate(line.text)
    const [id] = idOfCall(text)
    if (id === undefined) {
      station.send(text)
      continue
    }
    const answer = await station.answerTo(id, text)
    if (answer.type === 'result') names.tell(JSON.stringify([3, id, answer.payload]))
    exchanged.push({ asked: text, id, answer })
  }
  return exchanged
}

describe.each(Object.entries(outcomes))('%s', (file, { boot, connectors = {}, booked = [], refused = {}, configured }) => {
  test('Over a real socket each CALL is answered by the book, and what is left is what a person reads in it.', async () => {
    const lines = linesOf(file)
    vi.setSystemTime(originOf(lines))
    const central = await startCentralSystem({ chargers: siteWith(configured).chargers, change: { tags: siteWith(configured).tags } })
    try {
      const station = await dial({ url: central.url, identity: recordedIdentity })
      const exchanged = await resend(station, lines, 0)
      expect(exchanged.flatMap(({ answer, id }) => (answer.type === 'error' ? [id] : [])).sort()).toEqual(Object.keys(refused).sort())
      expect(exchanged.flatMap(breachesIn)).toEqual([])
      await station.call('Heartbeat', {})
      await station.close()
      expect(station.violations).toEqual([])
      expect(left(central)).toEqual({ boot: boot ?? ' recorded', connectors, booked })
    } finally {
      await central.stop()
    }
  })

  test('Sent again today, with the times of then, it leaves the same states.', async () => {
    const lines = linesOf(file)
    vi.setSystemTime(today)
    const central = await startCentralSystem({ chargers: siteWith(configured).chargers, change: { tags: siteWith(configured).tags } })
    try {
      const station = await dial({ url: central.url, identity: recordedIdentity })
      await resend(station, lines, today - originOf(lines))
      await station.call('Heartbeat', {})
      await station.close()
      expect(left(central).connectors).toEqual(connectors)
    } finally {
      await central.stop()
    }
  })
})

const today = Date.UTC(2026, 10, 23, 12)

function breachesIn({ asked, answer }: Exchanged): readonly string[] {
  const call = parseFrame(asked)
  return call.type === 'call' && answer.type === 'result' && isAction(call.action) ? breaches(call.action, 'confirmation', answer.payload) : []
}

function left(central: CentralSystem) {
  const { profile, connectors, recent } = central.chargePoint(recordedIdentity)
  const words = connectors.map((connector) => [connector.id, wordsOf(connector)] as const)
  return {
    boot: `${profile.vendor} ${profile.model}`,
    connectors: Object.fromEntries(words.filter(([, said]) => said !== '')),
    booked: recent.toSorted((a, b) => a.serial - b.serial).map(recordWords),
  }
}
