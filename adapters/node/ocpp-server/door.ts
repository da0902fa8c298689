import type { Socket } from 'node:net'

/** A connection that is still in its handshake; once settled nothing more is reported about it. */
export type Attempt = {
  readonly socket: Socket
  readonly remote: string
  stage: 'silent' | 'TLS' | 'secured' | 'HTTP'
  settled: boolean
  timer: NodeJS.Timeout
}

/** The peer's side of a socket: the same for a TLS socket and for the socket under it. */
export type Peer = { readonly remoteAddress?: string | undefined; readonly remotePort?: number | undefined }

/** All connections that are still in their handshake, bounded in number and in time. */
export type Door = {
  /** Lets a new connection in; undefined when it is gone already. */
  readonly enter: (socket: Socket) => Attempt | undefined
  readonly find: (peer: Peer) => Attempt | undefined
  /** The peer has its answer, and `lingerMs` to read it. */
  readonly settle: (attempt: Attempt, lingerMs: number) => void
  /** The handshake is complete: the socket is someone else's from here on. */
  readonly leave: (attempt: Attempt) => void
  readonly clear: () => void
}

const whyLost: Readonly<Record<Attempt['stage'], string>> = {
  silent: '',
  TLS: 'TLS: the connection was cut during the TLS handshake',
  secured: 'TLS: the Charge Point left after the TLS handshake: it may not trust our certificate; install root-ca.pem on it',
  HTTP: 'The connection was closed before the WebSocket handshake was complete',
}

const keyOf = (peer: Peer): string => `${peer.remotePort} ${peer.remoteAddress}`

/** Opens a door; `report` hears of each who spoke and then left, stalled, or was dropped as the oldest of too many. */
export const openDoor = (handshakes: number, handshakeMs: number, report: (remote: string, reason: string) => void): Door => {
  const attempts = new Map<string, Attempt>()

  const forget = (attempt: Attempt): void => {
    clearTimeout(attempt.timer)
    const key = keyOf(attempt.socket)
    if (attempts.get(key) === attempt) attempts.delete(key)
  }

  const drop = (attempt: Attempt, reason: string): void => {
    forget(attempt)
    // Scanners connect and say nothing: nobody needs to hear of them.
    if (!attempt.settled && attempt.stage !== 'silent') report(attempt.remote, reason)
    attempt.settled = true
    attempt.socket.destroy()
  }

  const enter = (socket: Socket): Attempt | undefined => {
    if (socket.remoteAddress === undefined) return undefined
    const [oldest] = attempts.size >= handshakes ? attempts.values() : []
    if (oldest !== undefined) drop(oldest, 'Too many half-open handshakes')
    const remote = socket.remoteAddress.replace(/^::ffff:(?=\d+\.)/, '')
    const timer = setTimeout(() => drop(attempt, `No complete handshake within ${handshakeMs} ms`), handshakeMs)
    const attempt: Attempt = { socket, remote, stage: 'silent', settled: false, timer }
    attempts.set(keyOf(socket), attempt)
    socket.once('close', () => drop(attempt, whyLost[attempt.stage]))
    return attempt
  }

  const settle = (attempt: Attempt, lingerMs: number): void => {
    attempt.settled = true
    clearTimeout(attempt.timer)
    attempt.timer = setTimeout(() => drop(attempt, ''), lingerMs)
  }

  const leave = (attempt: Attempt): void => {
    attempt.settled = true
    forget(attempt)
  }

  const clear = (): void => {
    for (const attempt of attempts.values()) {
      attempt.settled = true
      drop(attempt, '')
    }
  }

  return { enter, find: (peer) => attempts.get(keyOf(peer)), settle, leave, clear }
}
