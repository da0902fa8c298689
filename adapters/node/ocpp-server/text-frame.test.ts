import type { Writable } from 'node:stream'
import * as ws from 'ws'
import { describe, expect, it } from 'vitest'
import { encodeTextFrame } from './text-frame.ts'

// The library exports it and its types leave it out.
const { Receiver } = ws as unknown as { readonly Receiver: new (options: { isServer: boolean; maxPayload: number }) => Writable }

/** What a client of `ws` takes a frame for. */
function received(frame: Buffer): readonly string[] {
  const messages: string[] = []
  const receiver = new Receiver({ isServer: false, maxPayload: 2 ** 24 })
  receiver.on('message', (data: Buffer) => messages.push(String(data)))
  receiver.write(frame)
  return messages
}

describe('A text message in one frame', () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('of %i characters is what it was at the other end.', (length) => {
    const message = 'x'.repeat(length)
    expect(received(encodeTextFrame(message))).toEqual([message])
  })

  it('is counted in octets, not in characters.', () => {
    const message = 'Ladesäule ⚡ 𝄞 '.repeat(9)
    expect(received(encodeTextFrame(message))).toEqual([message])
  })

  it('and the next one are two messages.', () => {
    expect(received(Buffer.concat([encodeTextFrame('[3,"1",{}]'), encodeTextFrame('[2,"2","Reset",{}]')]))).toEqual(['[3,"1",{}]', '[2,"2","Reset",{}]'])
  })
})
