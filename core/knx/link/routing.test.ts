import { describe, expect, test } from 'vitest'
import { converse, converseUp, group, lData, local, write } from '../../../fixtures/knx-gateway/conversation.ts'

const telegram = write(0x0a03, 1)
const router = { address: '10.0.0.7', port: 3671 }
const routed = (at: number) => `${at} write ROUTING_INDICATION L_Data.ind of 15.15.2 write 1/2/3 1 to 224.0.23.12:3671`
const busy = (waitMs: number, control = 0) => ({ service: 'ROUTING_BUSY', waitMs, control }) as const
const lost = (count: number) => ({ service: 'ROUTING_LOST_MESSAGE', lost: count }) as const

describe('routing', () => {
  test('The link is up as soon as the socket is, with 15.15.x after its IPv4 address or the individual address it was given.', () => {
    const talk = converse({ mode: 'routing' })
    expect(talk.happen({ type: 'start' })).toEqual(['0 open'])
    expect(talk.happen({ type: 'opened', local, gateway: group })).toEqual(['0 up 15.15.2'])
    const given = converse({ mode: 'routing', address: 0x1105 })
    given.happen({ type: 'start' })
    expect(given.happen({ type: 'opened', local, gateway: group })).toEqual(['0 up 1.1.5'])
  })

  test('A telegram is confirmed when it is sent.', () => {
    expect(converseUp({ mode: 'routing' }).happen({ type: 'transmit', telegram })).toEqual([routed(0), '0 confirmed'])
  })

  test('Telegrams are sent at least 20 ms apart, in their order.', () => {
    const talk = converseUp({ mode: 'routing' })
    talk.happen({ type: 'transmit', telegram })
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([])
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([])
    expect(talk.wait(100)).toEqual([routed(20), '20 confirmed', routed(40), '40 confirmed'])
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([routed(100), '100 confirmed'])
  })

  test('ROUTING_BUSY pauses for its time and 50 ms more for each that was said lately, which fades after the pause.', () => {
    const talk = converseUp({ mode: 'routing' })
    talk.hear(busy(100), router)
    talk.happen({ type: 'transmit', telegram })
    expect(talk.wait(1_000)).toEqual([routed(150), '150 confirmed'])
    talk.hear(busy(100), router)
    talk.wait(10)
    talk.hear(busy(100), router)
    talk.wait(5)
    talk.hear(busy(100), router)
    talk.happen({ type: 'transmit', telegram })
    expect(talk.wait(1_000)).toEqual([routed(1_215), '1215 confirmed'])
  })

  test('A shorter ROUTING_BUSY does not end a longer one, and one that speaks to other devices pauses nothing.', () => {
    const talk = converseUp({ mode: 'routing' })
    talk.hear(busy(1_000), router)
    talk.hear(busy(20), router)
    talk.happen({ type: 'transmit', telegram })
    expect(talk.wait(2_000)).toEqual([routed(1_050), '1050 confirmed'])
    talk.hear(busy(1_000, 1), router)
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([routed(2_000), '2000 confirmed'])
  })

  test('What ROUTING_BUSY holds back for 10 s is not confirmed, and the link stays up.', () => {
    const talk = converseUp({ mode: 'routing' })
    talk.hear(busy(0xffff), router)
    talk.happen({ type: 'transmit', telegram })
    talk.happen({ type: 'transmit', telegram })
    expect(talk.wait(20_000)).toEqual(['10000 not confirmed', '10000 not confirmed'])
    expect(talk.state().phase.name).toBe('routing')
  })

  test('Telegrams of other devices are reported, from whatever router; our own echo and what is no group telegram are not.', () => {
    const talk = converseUp({ mode: 'routing' })
    expect(talk.hear({ service: 'ROUTING_INDICATION', cemi: lData('L_Data.ind', telegram) }, router)).toEqual(['0 telegram write 1/2/3 1'])
    expect(talk.hear({ service: 'ROUTING_INDICATION', cemi: lData('L_Data.ind', telegram, { source: 0xff02 }) }, local)).toEqual([])
    expect(talk.hear({ service: 'ROUTING_INDICATION', cemi: lData('L_Data.con', telegram) }, router)).toEqual([])
    expect(talk.hear({ service: 'ROUTING_INDICATION', cemi: null }, router)).toEqual([])
  })

  test('Lost telegrams are noted, at most once a minute, and none is left out of the count.', () => {
    const talk = converseUp({ mode: 'routing' })
    const words = 'telegrams: the bus has more traffic than it can carry'
    expect(talk.hear(lost(3), router)).toEqual([`0 note: a KNX router lost 3 ${words}`])
    talk.wait(59_999)
    expect(talk.hear(lost(4), router)).toEqual([])
    talk.wait(1)
    expect(talk.hear(lost(5), router)).toEqual([`60000 note: a KNX router lost 9 ${words}`])
  })

  test('A failing socket is a lost way to the bus; the link comes back after the wait.', () => {
    const talk = converseUp({ mode: 'routing' })
    talk.hear(busy(500), router)
    talk.happen({ type: 'transmit', telegram })
    expect(talk.happen({ type: 'failed', reason: 'the network is down' }))
      .toEqual(['0 close', '0 down: the network is down', '0 not confirmed'])
    expect(talk.wait(1_000)).toEqual(['1000 open'])
    expect(talk.happen({ type: 'opened', local, gateway: group })).toEqual(['1000 up 15.15.2'])
  })

  test('Stopping needs no farewell.', () => {
    expect(converseUp({ mode: 'routing' }).happen({ type: 'stop' })).toEqual(['0 close', '0 down: the link was stopped'])
  })
})
