import { STATUS_CODES } from 'node:http'

/** Why a connection is turned away: an HTTP status, the reason, and what to do when that is not the status's usual advice. */
export type Refusal = {
  readonly status: number
  readonly reason: string
  readonly advice?: string
  readonly retryAfterSeconds?: number
  readonly delayMs?: number
  /** Beside, or in place of, those that its status usually has. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An HTTP response before it is written. */
export type RefusalResponse = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const usualAdvice: Readonly<Record<number, string>> = {
  400: 'Give the Charge Point a URL that ends with its identity, percent-encoded, such as ws://controller:8016/CP001.',
  401: 'Set the same password at the Charge Point and in the configuration; the user name is the identity.',
  403: 'Set the security profile that the configuration wants at the Charge Point, or another in the configuration.',
  404: 'Add this identity to the configuration, or correct the URL at the Charge Point.',
  426: 'Connect a Charge Point that speaks OCPP 1.6J, with WebSocket subprotocol ocpp1.6.',
  429: 'Wait; the Charge Point will try again by itself.',
  431: 'Send fewer or shorter HTTP headers.',
  503: 'Wait; the Charge Point will try again by itself.',
}

const extraHeaders: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Basic realm="OCPP"' },
  426: { Upgrade: 'websocket' },
}

/** Writes a refusal as plain text: what, where, what to do; texts of the peer lose control characters and brackets, and are cut. */
export const describeRefusal = (refusal: Refusal, path: string, port: number, remote: string): RefusalResponse => {
  const { status, retryAfterSeconds } = refusal
  const advice = refusal.advice ?? usualAdvice[status] ?? 'Correct the settings of the Charge Point.'
  const lines = [
    `${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    `What: ${harmless(refusal.reason, 300)}.`,
    `Where: ${harmless(path, 300)} on port ${port}, from ${harmless(remote, 50)}.`,
    `What to do: ${advice}`,
  ]
  const body = `${lines.join('\n')}\n`
  const headers: Record<string, string> = {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...extraHeaders[status],
    ...refusal.headers,
  }
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(Math.max(1, Math.ceil(retryAfterSeconds)))
  return { status, headers, body }
}

/** The bytes of a response, for a socket that HTTP has let go of. */
export const encodeResponse = ({ status, headers, body }: RefusalResponse): string => {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${head.join('')}\r\n${body}`
}

const harmless = (text: string, length: number): string => {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}<>]/gu, '?').replace(/\.$/, '')
  return clean.length <= length ? clean : `${clean.slice(0, length)}…`
}
