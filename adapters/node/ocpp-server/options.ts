import type { Handshake, Verdict } from '../../../core/charge-point/handshake.ts'
import type { Proof } from '../../../core/charge-point/security.ts'

/**
 * PEM texts of the server's private keys and certificate chains, in the same order; RSA and ECDSA may stand side by side. `ca` are the roots
 * by which client certificates are verified; without them none is asked for.
 */
export type TlsMaterial = { readonly key: readonly string[]; readonly cert: readonly string[]; readonly ca?: readonly string[] }

/** Where to listen, and how; with `tls` the port is wss only. */
export type OcppServerOptions = {
  readonly port: number
  readonly host?: string
  readonly tls?: TlsMaterial
  /** 25 000 unless told; 0 sends no pings. */
  readonly pingIntervalMs?: number
  readonly limits?: Partial<OcppServerLimits>
}

/** What the server is told of, and asks; every call is synchronous and must not throw. */
export type OcppListener = {
  readonly admit: (handshake: Handshake) => Verdict
  /** May this identity come without TLS while the port is secure? Absent: none may. */
  readonly admitsPlain?: (identity: string) => boolean
  readonly opened: (connection: OpenedConnection) => void
  /** What came in one turn of the event loop, in its order. */
  readonly received: (messages: readonly ReceivedText[]) => void
  readonly closed: (identity: string, connection: string, code: number, reason: string) => void
  /** Someone was turned away; `identity` is empty when it was not said. */
  readonly refused: (identity: string, remote: string, reason: string) => void
}

/** The text of a message of a Charge Point. */
export type ReceivedText = { readonly identity: string; readonly connection: string; readonly text: string }

/** A WebSocket that was just opened; `connection` is unique within this process. */
export type OpenedConnection = {
  readonly identity: string
  readonly connection: string
  readonly remote: string
  readonly subprotocol: string
  readonly secure: boolean
  /** How it proved who it is; absent: it did not. */
  readonly proof?: Proof
}

/** Bounds against abuse, per server unless said otherwise. */
export type OcppServerLimits = {
  /** Longest message of a Charge Point in bytes; longer ones close the connection with 1009. */
  readonly messageBytes: number
  /** Most bytes waiting to be sent on one connection; a peer that lets more pile up is cut off. */
  readonly bufferedBytes: number
  /** Longest HTTP header section in bytes. */
  readonly headerBytes: number
  /** Time for TLS, HTTP and the WebSocket upgrade together. */
  readonly handshakeMs: number
  /** Most connections that are still in their handshake; when it is full the oldest is dropped. */
  readonly handshakes: number
  /** Most open WebSockets. */
  readonly connections: number
  /** Messages, pings and pongs per second that one connection may send for long; a faster one is read more slowly, losing nothing. */
  readonly messagesPerSecond: number
  /** Messages that one connection may send at once beyond that. */
  readonly messageBurst: number
  /** Time for the answer to a close frame. */
  readonly closeMs: number
}

/** The limits that hold unless told otherwise. */
export const defaultLimits: OcppServerLimits = {
  messageBytes: 256 * 1024,
  bufferedBytes: 4 * 1024 * 1024,
  headerBytes: 8 * 1024,
  handshakeMs: 10_000,
  handshakes: 4096,
  connections: 20_000,
  messagesPerSecond: 5000,
  messageBurst: 2000,
  closeMs: 3000,
}
