import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { Order } from '../core/index.ts'
import { isFields, type Fields } from '../core/ocpp/fields.ts'
import { pageHeader } from '../adapters/hono/page-header.ts'
import type { CallAnswer } from '../adapters/hono/schemas/charger.ts'
import { inTime } from './charge-point.ts'

/** What came of a CALL: the charger's answer as it stands, or why there is none, with the status of HTTP. */
export type Called = CallAnswer | { readonly type: 'refused'; readonly status: number; readonly what: string }

/** How an order ended, with the reason in words. */
export interface Ended {
  readonly stage: unknown
  readonly reason: unknown
}

/** The person at the Central System: the one way in which the conformance tests give commands. */
export interface Operator {
  /** Has the Central System send this CALL; resolves when it is answered, refused, or lost. */
  readonly call: (identity: string, action: string, payload: Fields) => Promise<Called>
  /** Gives an order to a connector, and resolves with its end. */
  readonly order: (identity: string, order: Order, connector?: number) => Promise<Ended>
}

interface OperatorOptions {
  /** Where the API is: http://127.0.0.1:… */
  readonly url: string
  readonly password: string
  /** PEM of the root certificate, where it is secure. */
  readonly rootCertificate?: string
}

/** An operator who works by the HTTP API, as a program does: with a token, for which `admin` logs in when it is first needed. */
export function createOperator({ url, password, rootCertificate }: OperatorOptions): Operator {
  let token: Promise<string> | undefined
  const bearer = async (): Promise<Fields> => ({ Authorization: `Bearer ${await (token ??= makeToken())}` })

  function send(method: string, path: string, headers: Fields, body?: unknown): Promise<IncomingMessage> {
    const request = rootCertificate === undefined ? requestPlain : requestSecure
    const json = body === undefined ? undefined : JSON.stringify(body)
    return inTime(`the answer to ${method} ${path}`, (resolve, reject) => {
      const sent = { ...(json !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) }), ...headers } as Record<string, string>
      request(new URL(path, url), { method, headers: sent, ...(rootCertificate !== undefined && { ca: rootCertificate }) }, resolve).on('error', reject).end(json)
    })
  }

  async function makeToken(): Promise<string> {
    const fromPage = { [pageHeader.name]: pageHeader.value }
    const login = await send('POST', '/api/login', fromPage, { name: 'admin', password })
    await read(login)
    const [cookie = ''] = login.headers['set-cookie'] ?? []
    const made = await read(await send('POST', '/api/tokens', { ...fromPage, Cookie: cookie.split(';', 1).join() }, { name: 'operator', role: 'administer' }))
    return String(made['token'])
  }

  async function order(identity: string, wanted: Order, connector = 1): Promise<Ended> {
    const events = await send('GET', '/api/events', await bearer())
    try {
      const path = `/api/chargers/${encodeURIComponent(identity)}/${connector}/commands`
      const given = await send('POST', path, await bearer(), { order: wanted })
      const { id, what } = await read(given)
      if (given.statusCode !== 202) throw new Error(String(what))
      return await inTime(`the end of ${wanted.type}`, (resolve, reject) => {
        endOf(events, id).then(resolve, reject)
      })
    } finally {
      events.destroy()
    }
  }

  async function call(identity: string, action: string, payload: Fields): Promise<Called> {
    const answer = await send('POST', `/api/charge-points/${encodeURIComponent(identity)}/calls`, await bearer(), { action, payload })
    const body = await read(answer)
    // It is by the contract of this API (adapters/hono/contract.ts).
    return answer.statusCode === 200 ? (body as CallAnswer) : { type: 'refused', status: answer.statusCode ?? 0, what: String(body['what']) }
  }

  return { call, order }
}

async function read(answer: IncomingMessage): Promise<Fields> {
  const body: unknown = JSON.parse(Buffer.concat(await answer.toArray()).toString())
  if (!isFields(body)) throw new Error('the answer is no JSON object')
  return body
}

/** Follows the live state until a command has ended. */
async function endOf(events: IncomingMessage, id: unknown): Promise<Ended> {
  let text = ''
  for await (const chunk of events.setEncoding('utf8')) {
    const messages = `${text}${chunk}`.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages.filter((one) => /^event: command$/m.test(one))) {
      const command = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}')
      if (command.id === id && command.ended) return command.stages.at(-1)
    }
  }
  throw new Error('the live state ended')
}
