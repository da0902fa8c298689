const text = 0x81
const inTwoBytes = 126
const inEightBytes = 127

/**
 * A whole text message as one unmasked frame of a server (RFC 6455 §5.2). In one piece it is one write to the socket, which costs less than
 * header and payload in two, as `ws` writes them.
 */
export const encodeTextFrame = (message: string): Buffer => {
  const length = Buffer.byteLength(message)
  const start = length < inTwoBytes ? 2 : length < 0x10000 ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = text
  if (start === 2) frame[1] = length
  else if (start === 4) {
    frame[1] = inTwoBytes
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = inEightBytes
    frame.writeUIntBE(0, 2, 2)
    frame.writeUIntBE(length, 4, 6)
  }
  frame.write(message, start)
  return frame
}
