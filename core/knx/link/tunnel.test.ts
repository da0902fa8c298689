import { describe, expect, test } from 'vitest'
import { acknowledge, converseUp, gateway, lData, request, tunnelAddress, write } from '../../../fixtures/knx-gateway/conversation.ts'
import type { Telegram } from '../telegram.ts'
import { queueLimit } from './link.ts'

const telegram = write(0x0a03, 1)
const other = write(0x0a04, 0)
const response: Telegram = { service: 'response', address: 0x0a03, payload: { small: 1 } }
const stranger = { address: '10.0.0.66', port: 3671 }
const sent = (sequence: number, at = 0) =>
  `${at} write TUNNELLING_REQUEST channel 7 #${sequence} L_Data.req of 1.1.201 write 1/2/3 1 to 10.0.0.1:3671`
const alive = (status = 0, channel = 7) => ({ service: 'CONNECTIONSTATE_RESPONSE', channel, status }) as const
const farewell = 'write DISCONNECT_REQUEST answer to 10.0.0.2:50000 channel 7 to 10.0.0.1:3671'
const acked = (sequence: number) => `0 write TUNNELLING_ACK channel 7 #${sequence} status 0 to 10.0.0.1:3671`

describe('sending', () => {
  test('A telegram goes out in the tunnel’s name, and is confirmed by the acknowledgement and the L_Data.con of the bus.', () => {
    const talk = converseUp()
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([sent(0)])
    expect(talk.hear(acknowledge(0))).toEqual([])
    expect(talk.hear(request(0, lData('L_Data.con', telegram)))).toEqual([acked(0), '0 confirmed'])
  })

  test('An L_Data.con that overtakes the acknowledgement counts when that has come.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    expect(talk.hear(request(0, lData('L_Data.con', telegram)))).toEqual([acked(0)])
    expect(talk.hear(acknowledge(0))).toEqual(['0 confirmed'])
  })

  test('An L_Data.con with the error bit means not confirmed.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    talk.hear(acknowledge(0))
    expect(talk.hear(request(0, lData('L_Data.con', telegram, { error: true })))).toEqual([acked(0), '0 not confirmed'])
  })

  test('An L_Data.con of another telegram confirms nothing.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    talk.hear(acknowledge(0))
    for (const [i, wrong] of [other, response, write(0x0a03, 0)].entries()) {
      expect(talk.hear(request(i, lData('L_Data.con', wrong)))).toEqual([acked(i)])
    }
    expect(talk.hear(request(3, lData('L_Data.con', telegram)))).toEqual([acked(3), '0 confirmed'])
  })

  test('Without L_Data.con within 3 s of the acknowledgement the telegram is not confirmed, and the tunnel stays.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    talk.hear(acknowledge(0))
    expect(talk.wait(3_500)).toEqual(['3000 not confirmed'])
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([sent(1, 3_500)])
  })

  test('Without acknowledgement within 1 s the request is repeated once with its sequence, then the tunnel is lost.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    expect(talk.wait(2_500)).toEqual([
      sent(0, 1_000), `2000 ${farewell}`, '2000 close', '2000 down: the gateway does not acknowledge', '2000 not confirmed',
    ])
    expect(talk.wait(500)).toEqual(['3000 open'])
  })

  test('An acknowledgement of the repetition is as good as one of the first.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    talk.wait(1_500)
    talk.hear(acknowledge(0))
    talk.hear(request(0, lData('L_Data.con', telegram)))
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([sent(1, 1_500)])
  })

  test('An acknowledgement with an error counts as none: repeated once, then the tunnel is lost.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    expect(talk.hear(acknowledge(0, 0x29))).toEqual([sent(0)])
    expect(talk.hear(acknowledge(0, 0x29)).slice(0, 3)).toEqual([
      `0 ${farewell}`, '0 close', '0 down: the gateway does not offer tunnelling on the link layer',
    ])
  })

  test('An acknowledgement that says the channel is unknown ends the tunnel at once.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    expect(talk.hear(acknowledge(0, 0x21))).toEqual(['0 close', '0 down: the gateway no longer knows the tunnel', '0 not confirmed'])
  })

  test('Acknowledgements with another channel, sequence or sender, or that come twice, are dropped.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram })
    talk.hear(acknowledge(0, 0, 8))
    talk.hear(acknowledge(1))
    talk.hear(acknowledge(255))
    talk.hear(acknowledge(0), stranger)
    expect(talk.wait(1_000)).toEqual([sent(0, 1_000)])
    talk.hear(acknowledge(0))
    talk.hear(acknowledge(0))
    talk.hear(request(0, lData('L_Data.con', telegram)))
    talk.happen({ type: 'transmit', telegram })
    talk.hear(acknowledge(0))
    expect(talk.wait(1_000)).toEqual([sent(1, 2_000)])
  })

  test('The sequence counter goes from 255 to 0.', () => {
    const talk = converseUp()
    for (let i = 0; i < 256; i += 1) {
      expect(talk.happen({ type: 'transmit', telegram })).toEqual([sent(i)])
      talk.hear(acknowledge(i))
      talk.hear(request(i, lData('L_Data.con', telegram)))
    }
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([sent(0)])
  })

  test('Telegrams more than one wait in their order; more than the queue holds are not confirmed at once.', () => {
    const talk = converseUp()
    talk.happen({ type: 'transmit', telegram: other })
    expect(talk.happen({ type: 'transmit', telegram })).toEqual([])
    for (let i = 2; i < queueLimit; i += 1) expect(talk.happen({ type: 'transmit', telegram: other })).toEqual([])
    expect(talk.happen({ type: 'transmit', telegram: other })).toEqual(['0 not confirmed'])
    talk.hear(acknowledge(0))
    expect(talk.hear(request(0, lData('L_Data.con', other)))).toEqual([acked(0), '0 confirmed', sent(1)])
  })

  test('A telegram that fits no frame is not confirmed and noted.', () => {
    const talk = converseUp()
    const bytes = Array.from({ length: 15 }, () => 0)
    expect(talk.happen({ type: 'transmit', telegram: { service: 'write', address: 0x0a03, payload: { bytes } } }))
      .toEqual(['0 not confirmed', '0 note: a telegram to 1/2/3 fits into no frame'])
  })
})

describe('receiving', () => {
  test('A telegram of another device is acknowledged and reported.', () => {
    expect(converseUp().hear(request(0, lData('L_Data.ind', telegram)))).toEqual([acked(0), '0 telegram write 1/2/3 1'])
  })

  test('A telegram that comes twice is acknowledged twice and reported once.', () => {
    const talk = converseUp()
    talk.hear(request(0, lData('L_Data.ind', telegram)))
    expect(talk.hear(request(0, lData('L_Data.ind', telegram)))).toEqual([acked(0)])
    expect(talk.hear(request(1, lData('L_Data.ind', other)))).toEqual([acked(1), '0 telegram write 1/2/4 0'])
  })

  test('Requests with any other sequence, channel or sender are dropped without acknowledgement.', () => {
    const talk = converseUp()
    talk.hear(request(0, lData('L_Data.ind', telegram)))
    expect(talk.hear(request(2, lData('L_Data.ind', telegram)))).toEqual([])
    expect(talk.hear(request(255, lData('L_Data.ind', telegram)))).toEqual([])
    expect(talk.hear(request(1, lData('L_Data.ind', telegram), 8))).toEqual([])
    expect(talk.hear(request(1, lData('L_Data.ind', telegram)), stranger)).toEqual([])
  })

  test('The counter of the gateway goes from 255 to 0, and a duplicate is still known there.', () => {
    const talk = converseUp()
    for (let i = 0; i < 256; i += 1) expect(talk.hear(request(i, lData('L_Data.ind', telegram)))).toHaveLength(2)
    expect(talk.hear(request(255, lData('L_Data.ind', telegram)))).toEqual([acked(255)])
    expect(talk.hear(request(0, lData('L_Data.ind', telegram)))).toHaveLength(2)
  })

  test('Our own telegram, echoed by the bus, is no telegram of another device.', () => {
    expect(converseUp().hear(request(0, lData('L_Data.ind', telegram, { source: tunnelAddress })))).toEqual([acked(0)])
  })

  test('A frame that carries no group telegram is acknowledged and no more.', () => {
    expect(converseUp().hear(request(0, null))).toEqual([acked(0)])
    expect(converseUp().hear(request(0, lData('L_Data.req', telegram)))).toEqual([acked(0)])
  })

  test('A gateway that closes the tunnel gets its DISCONNECT_RESPONSE; then the link waits and asks anew.', () => {
    const talk = converseUp()
    const closing = { service: 'DISCONNECT_REQUEST', channel: 7, control: gateway } as const
    expect(talk.hear({ ...closing, channel: 8 })).toEqual([])
    expect(talk.hear(closing, stranger)).toEqual([])
    expect(talk.hear(closing)).toEqual([
      '0 write DISCONNECT_RESPONSE channel 7 status 0 to 10.0.0.1:3671', '0 close', '0 down: the gateway closed the tunnel',
    ])
    expect(talk.wait(1_000)).toEqual(['1000 open'])
  })
})

describe('heartbeat', () => {
  const beat = 'write CONNECTIONSTATE_REQUEST answer to 10.0.0.2:50000 channel 7 to 10.0.0.1:3671'

  test('The connection state is asked for every 60 s after a good answer.', () => {
    const talk = converseUp()
    expect(talk.wait(60_000)).toEqual([`60000 ${beat}`])
    talk.wait(3_000)
    talk.hear(alive())
    expect(talk.wait(60_000)).toEqual([`123000 ${beat}`])
  })

  test('Three requests without answer, 10 s each, end the tunnel.', () => {
    expect(converseUp().wait(90_500)).toEqual([
      `60000 ${beat}`, `70000 ${beat}`, `80000 ${beat}`,
      `90000 ${farewell}`, '90000 close', '90000 down: the gateway does not answer',
    ])
  })

  test('Trouble that the gateway reports has three tries to pass, and is then named.', () => {
    const talk = converseUp()
    for (let i = 0; i < 3; i += 1) {
      talk.wait(i === 0 ? 60_000 : 10_000)
      expect(talk.hear(alive(0x27))).toEqual([])
    }
    expect(talk.wait(10_000)).toContain('90000 down: the gateway has no connection to the KNX bus')
    const lucky = converseUp()
    lucky.wait(75_000)
    lucky.hear(alive(0x27))
    lucky.hear(alive())
    expect(lucky.wait(60_000)).toEqual([`135000 ${beat}`])
  })

  test('A gateway that does not know the channel has lost the tunnel.', () => {
    const talk = converseUp()
    talk.wait(60_000)
    expect(talk.hear(alive(0x21))).toEqual(['60000 close', '60000 down: the gateway no longer knows the tunnel'])
  })

  test('Answers for another channel, from another host or to no question prove nothing.', () => {
    const talk = converseUp()
    talk.wait(50_000)
    talk.hear(alive())
    talk.wait(10_000)
    talk.hear(alive(0, 8))
    talk.hear(alive(), stranger)
    expect(talk.wait(10_000)).toEqual([`70000 ${beat}`])
  })
})
