import { describe, expect, test } from 'vitest'
import { converse, converseUp, gateway, granted, local } from '../../../fixtures/knx-gateway/conversation.ts'
import { step } from './link.ts'

const refused = (status: number) => ({ service: 'CONNECT_RESPONSE', channel: 0, status, grant: null }) as const

describe('opening a tunnel', () => {
  test('The link opens a socket, asks for a tunnel and is up with the individual address from the CONNECT_RESPONSE.', () => {
    const talk = converse()
    expect(talk.happen({ type: 'start' })).toEqual(['0 open'])
    expect(talk.happen({ type: 'opened', local, gateway })).toEqual(['0 write CONNECT_REQUEST answer to 10.0.0.2:50000 to 10.0.0.1:3671'])
    expect(talk.hear(granted(7))).toEqual(['0 up 1.1.201'])
  })

  test('In NAT mode the link names no endpoint of its own and sends data to where the answer came from.', () => {
    const talk = converse({ nat: true })
    talk.happen({ type: 'start' })
    expect(talk.happen({ type: 'opened', local, gateway })).toEqual(['0 write CONNECT_REQUEST answer to 0.0.0.0:0 to 10.0.0.1:3671'])
    talk.hear(granted(7, { address: '192.168.7.7', port: 3671 }), { address: '10.0.0.1', port: 40_000 })
    expect(talk.happen({ type: 'transmit', telegram: { service: 'read', address: 1 } }))
      .toEqual(['0 write TUNNELLING_REQUEST channel 7 #0 L_Data.req of 1.1.201 read 0/0/1 to 10.0.0.1:40000'])
  })

  test('A data endpoint that the gateway leaves unspecified is where the answer came from.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    talk.happen({ type: 'opened', local, gateway })
    talk.hear(granted(7, { address: '0.0.0.0', port: 0 }))
    expect(talk.happen({ type: 'transmit', telegram: { service: 'read', address: 1 } }).at(0)).toContain('to 10.0.0.1:3671')
  })

  test('A data endpoint of its own gets the data, and data is taken from there only.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    talk.happen({ type: 'opened', local, gateway })
    talk.hear(granted(7, { address: '10.0.0.9', port: 3672 }))
    expect(talk.happen({ type: 'transmit', telegram: { service: 'read', address: 1 } }).at(0)).toContain('to 10.0.0.9:3672')
    talk.hear({ service: 'TUNNELLING_ACK', channel: 7, sequence: 0, status: 0 })
    expect(talk.state().phase).toMatchObject({ flight: { acknowledged: false } })
    talk.hear({ service: 'TUNNELLING_ACK', channel: 7, sequence: 0, status: 0 }, { address: '10.0.0.9', port: 3672 })
    expect(talk.state().phase).toMatchObject({ flight: { acknowledged: true } })
  })

  test('A CONNECT_REQUEST without answer is repeated every 2 s and given up after 10 s.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    talk.happen({ type: 'opened', local, gateway })
    expect(talk.wait(10_500)).toEqual([
      ...[2, 4, 6, 8].map((s) => `${s}000 write CONNECT_REQUEST answer to 10.0.0.2:50000 to 10.0.0.1:3671`),
      '10000 close', '10000 down: the gateway does not answer',
    ])
  })

  test('An answer from another host is no answer.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    talk.happen({ type: 'opened', local, gateway })
    expect(talk.hear(granted(7), { address: '10.0.0.66', port: 3671 })).toEqual([])
  })

  test('A second tunnel, granted to a repeated CONNECT_REQUEST, is given back; the first answer come twice is not.', () => {
    const talk = converseUp()
    expect(talk.hear(granted(7))).toEqual([])
    expect(talk.hear(granted(8))).toEqual(['0 write DISCONNECT_REQUEST answer to 10.0.0.2:50000 channel 8 to 10.0.0.1:3671'])
  })
})

describe('not getting a tunnel', () => {
  test.each([
    [0x22, 'the gateway does not offer tunnelling'],
    [0x24, 'no free tunnel at the gateway: others are using all of them'],
    [0x27, 'the gateway has no connection to the KNX bus'],
    [0x77, 'the gateway reports status 119'],
  ])('Status %i of a CONNECT_RESPONSE is told as “%s”.', (status, words) => {
    const talk = converse()
    talk.happen({ type: 'start' })
    talk.happen({ type: 'opened', local, gateway })
    expect(talk.hear(refused(status))).toEqual(['0 close', `0 down: ${words}`])
  })

  test('The waits between attempts are 1, 2, 5, 10, 30 and again 30 s; a reason is told only when it changes.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    for (const [i, waitMs] of [1_000, 2_000, 5_000, 10_000, 30_000, 30_000].entries()) {
      const at = [0, 1_000, 3_000, 8_000, 18_000, 48_000][i] ?? NaN
      talk.happen({ type: 'opened', local, gateway })
      expect(talk.hear(refused(i === 4 ? 0x22 : 0x24))).toEqual([
        `${at} close`,
        ...(i === 0 || i === 5 ? [`${at} down: no free tunnel at the gateway: others are using all of them`] : []),
        ...(i === 4 ? [`${at} down: the gateway does not offer tunnelling`] : []),
      ])
      expect(talk.wait(waitMs - 1)).toEqual([])
      expect(talk.wait(1)).toEqual([`${at + waitMs} open`])
    }
  })

  test('A connection that lasted 30 s lets the waits begin anew, a shorter one does not.', () => {
    for (const [lastedMs, waitMs] of [[29_999, 2_000], [30_000, 1_000]] as const) {
      const talk = converse()
      talk.happen({ type: 'start' })
      talk.happen({ type: 'failed', reason: 'no' })
      talk.wait(1_000)
      talk.happen({ type: 'opened', local, gateway })
      talk.hear(granted(7))
      talk.wait(lastedMs)
      talk.happen({ type: 'failed', reason: 'no' })
      expect(talk.wait(waitMs - 1)).toEqual([])
      expect(talk.wait(1)).toHaveLength(1)
    }
  })

  test('A socket that cannot be opened, or that nobody reports on for 10 s, is a failed attempt.', () => {
    const talk = converse()
    talk.happen({ type: 'start' })
    expect(talk.happen({ type: 'failed', reason: 'no network' })).toEqual(['0 close', '0 down: no network'])
    expect(talk.wait(11_500)).toEqual(['1000 open', '11000 close', '11000 down: no socket could be opened in time'])
  })

  test('While there is no way to the bus, a telegram is not confirmed at once.', () => {
    const talk = converse()
    const telegram = { service: 'read', address: 1 } as const
    expect(talk.happen({ type: 'transmit', telegram })).toEqual(['0 not confirmed'])
    talk.happen({ type: 'start' })
    expect(talk.happen({ type: 'transmit', telegram })).toEqual(['0 not confirmed'])
    talk.happen({ type: 'opened', local, gateway })
    expect(talk.happen({ type: 'transmit', telegram })).toEqual(['0 not confirmed'])
  })
})

describe('stopping', () => {
  test('A stopped tunnel takes its leave and waits up to 1 s for the DISCONNECT_RESPONSE.', () => {
    const talk = converseUp()
    expect(talk.happen({ type: 'stop' })).toEqual([
      '0 write DISCONNECT_REQUEST answer to 10.0.0.2:50000 channel 7 to 10.0.0.1:3671', '0 down: the link was stopped',
    ])
    expect(talk.hear({ service: 'DISCONNECT_RESPONSE', channel: 8, status: 0 })).toEqual([])
    expect(talk.hear({ service: 'DISCONNECT_RESPONSE', channel: 7, status: 0 })).toEqual(['0 close'])
    expect(talk.state().phase.name).toBe('stopped')
    const cut = converseUp()
    cut.happen({ type: 'stop' })
    expect(cut.happen({ type: 'failed', reason: 'the network is down' })).toEqual(['0 close'])
    const deaf = converseUp()
    deaf.happen({ type: 'stop' })
    expect(deaf.wait(60_000)).toEqual(['1000 close'])
  })

  test('What is on its way when the link is stopped is not confirmed.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram: { service: 'read', address: 1 } })
    expect(talk.happen({ type: 'stop' }).slice(-2)).toEqual(['0 down: the link was stopped', '0 not confirmed'])
  })

  test('A stopped link wants nothing until it is started again, which may be before the farewell is answered.', () => {
    const talk = converseUp()
    talk.happen({ type: 'stop' })
    expect(talk.happen({ type: 'start' })).toEqual(['0 close', '0 open'])
    talk.happen({ type: 'stop' })
    expect(talk.wait(1_000_000)).toEqual([])
    expect(step(talk.state(), { type: 'failed', at: 0, reason: 'late' })).toEqual([talk.state(), []])
  })
})
