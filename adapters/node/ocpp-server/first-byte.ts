import type { Socket } from 'node:net'

const tlsHandshakeByte = 0x16

/** Tells TLS from anything else by the first byte that comes, which is left to be read again; who ends without one is let go. */
export const tellTls = (socket: Socket, tell: (isTls: boolean) => void): void => {
  socket.once('readable', () => {
    const first: Buffer | null = socket.read()
    if (first === null) return void socket.destroy()
    socket.unshift(first)
    tell(first[0] === tlsHandshakeByte)
  })
}
