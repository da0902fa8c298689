import { once } from 'node:events'
import type { ValidateFunction } from 'ajv'
import { WebSocket, type ClientOptions } from 'ws'
import { isAction, isOutgoingAction, type Action } from '../core/ocpp/actions.ts'
import type { Fields } from '../core/ocpp/fields.ts'
import { encodeCall, encodeError, encodeResult } from '../core/ocpp/frame.ts'
import { officialValidator, type Part } from '../fixtures/schemas/official.ts'

/** What a Charge Point answers to a CALL: a payload, the code of a CALLERROR, or nothing. */
export type Answer = Fields | 'NotImplemented' | 'NotSupported' | 'InternalError' | 'silence'

/** A CALL of the Central System, as it came. */
export interface Asked {
  readonly id: string
  readonly action: string
  readonly payload: Fields
}

/** What the Central System answers. */
export type Reply = { readonly type: 'result'; readonly payload: Fields } | { readonly type: 'error'; readonly code: string; readonly description: string }

export interface DialOptions {
  /** Where to connect, without the identity: `ws://127.0.0.1:8016`. */
  readonly url: string
  readonly identity: string
  readonly password?: string
  readonly subprotocols?: readonly string[]
  readonly ws?: ClientOptions
  /** What is answered to a CALL; undefined leaves it to the usual answers. */
  readonly answers?: (asked: Asked) => Answer | undefined
}

/** A Charge Point that says what its test says, on a real WebSocket. */
export interface ScriptedChargePoint {
  readonly socket: WebSocket
  /** Sends a CALL and resolves with its CALLRESULT, checked against the official schema; rejects with the code of a CALLERROR. */
  readonly call: (action: string, payload: Fields) => Promise<Fields>
  /** Sends a text and resolves with the CALLRESULT or CALLERROR of that id. */
  readonly answerTo: (id: string, text: string) => Promise<Reply>
  readonly send: (text: string) => void
  /** The first CALL of the Central System, come already or still to come, that looks like this. */
  readonly asked: (looksLike: (asked: Asked) => boolean) => Promise<Asked>
  readonly calls: readonly Asked[]
  /** What came from the Central System and is not to the letter of the standard. */
  readonly violations: readonly string[]
  /** Closes, or cuts without a word. */
  readonly close: () => Promise<void>
  readonly cut: () => Promise<void>
}

/** How many elements a CALL, a CALLRESULT and a CALLERROR have (OCPP-J 1.6 §4.2). */
const lengths: ReadonlyMap<unknown, number> = new Map([[2, 4], [3, 3], [4, 5]])

interface Owed {
  readonly resolve: (reply: Reply) => void
  readonly reject: (reason: Error) => void
}

/** Milliseconds after which a test stops to wait; on loopback what comes comes at once. */
const patience = 5_000

/** Connects; rejects when the handshake is refused, with the status in the message. */
export async function dial({ url, identity, password, subprotocols = ['ocpp1.6'], ws = {}, answers = () => undefined }: DialOptions): Promise<ScriptedChargePoint> {
  const authorization = password === undefined ? {} : { authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}` }
  const socket = new WebSocket(`${url}/${encodeURIComponent(identity)}`, [...subprotocols], { ...ws, headers: { ...authorization, ...ws.headers } })
  const calls: Asked[] = []
  const violations: string[] = []
  const waiting = new Set<(asked: Asked) => void>()
  const owed = new Map<string, Owed>()
  let number = 0

  // Read with the plainest means, and nothing of what is under test.
  socket.on('message', (data, isBinary) => {
    const text = String(data)
    const message: readonly unknown[] = JSON.parse(text)
    const [type, id, third, fourth] = message
    if (isBinary || message.length !== lengths.get(type)) violations.push(`no message of OCPP: ${text}`)
    if (type === 2) return take({ id: String(id), action: String(third), payload: Object(fourth) })
    const question = owed.get(String(id))
    if (!question) return void violations.push(`an answer to nothing: ${text}`)
    return question.resolve(type === 3 ? { type: 'result', payload: Object(third) } : { type: 'error', code: String(third), description: String(fourth) })
  })
  socket.on('close', () => owed.forEach(({ reject }) => reject(new Error('the connection was closed before the answer'))))
  // What goes wrong is also told to who waits for it.
  socket.on('error', () => undefined)

  function take(asked: Asked): void {
    const { id, action, payload } = asked
    if (calls.some((earlier) => earlier.id === id)) violations.push(`id ${id} was used before`)
    violations.push(...(isOutgoingAction(action) ? breaches(action, 'request', payload) : [`${action} is no action of a Central System`]))
    calls.push(asked)
    waiting.forEach((look) => look(asked))
    const answer = answers(asked) ?? usualAnswer(asked)
    if (answer === 'silence') return
    socket.send(typeof answer === 'string' ? encodeError(id, answer, '') : encodeResult(id, answer))
  }

  const asked = (looksLike: (asked: Asked) => boolean): Promise<Asked> => inTime('a CALL that was expected', (resolve) => {
    const look = (one: Asked) => looksLike(one) && resolve(one)
    calls.forEach(look)
    waiting.add(look)
  })

  const answerTo = (id: string, text: string): Promise<Reply> => inTime<Reply>(`the answer to ${text.slice(0, 200)}`, (resolve, reject) => {
    owed.set(id, { resolve, reject })
    socket.send(text)
  }).finally(() => owed.delete(id))

  async function call(action: string, payload: Fields): Promise<Fields> {
    const id = `cp-${++number}`
    const reply = await answerTo(id, encodeCall(id, action, payload))
    if (reply.type === 'error') throw new Error(`${reply.code}: ${reply.description}`)
    if (isAction(action)) violations.push(...breaches(action, 'confirmation', reply.payload))
    return reply.payload
  }

  const gone = async (end: () => void): Promise<void> => {
    if (socket.readyState === WebSocket.CLOSED) return
    const closed = once(socket, 'close')
    end()
    await closed
  }

  await opened(socket)
  return { socket, call, answerTo, send: (text) => socket.send(text), asked, calls, violations, close: () => gone(() => socket.close(1000)), cut: () => gone(() => socket.terminate()) }
}

/** A promise that does not wait for ever. */
export function inTime<T>(what: string, work: (resolve: (value: T) => void, reject: (reason: Error) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} did not come within ${patience} ms`)), patience)
    const finish = <A>(settle: (value: A) => void) => (value: A) => {
      clearTimeout(timer)
      settle(value)
    }
    work(finish(resolve), finish(reject))
  })
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
}

/** A configuration as chargers have it. */
const configurationKey = [
  { key: 'AuthorizeRemoteTxRequests', readonly: false, value: 'false' },
  { key: 'ChargeProfileMaxStackLevel', readonly: true, value: '8' },
  { key: 'ChargingScheduleAllowedChargingRateUnit', readonly: true, value: 'Current,Power' },
  { key: 'ConnectionTimeOut', readonly: false, value: '60' },
  { key: 'GetConfigurationMaxKeys', readonly: true, value: '50' },
  { key: 'HeartbeatInterval', readonly: false, value: '300' },
  { key: 'MeterValueSampleInterval', readonly: false, value: '60' },
  { key: 'NumberOfConnectors', readonly: true, value: '2' },
  { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger' },
]

/** What a well-behaved Charge Point answers to what nobody has told it to expect. */
function usualAnswer({ action, payload }: Asked): Answer {
  switch (action) {
    case 'GetConfiguration':
      return configurationFor(payload['key'])
    case 'GetLocalListVersion':
      return { listVersion: 0 }
    case 'GetDiagnostics':
    case 'UpdateFirmware':
      return {}
    case 'UnlockConnector':
      return { status: 'Unlocked' }
    case 'GetInstalledCertificateIds':
      return { status: 'NotFound' }
    default:
      return { status: 'Accepted' }
  }
}

function configurationFor(asked: unknown): Fields {
  const keys = Array.isArray(asked) ? asked.map(String) : []
  if (keys.length === 0) return { configurationKey }
  const known = configurationKey.filter(({ key }) => keys.includes(key))
  return { configurationKey: known, unknownKey: keys.filter((key) => !known.some((one) => one.key === key)) }
}

const validators = new Map<string, ValidateFunction>()

/** What in a payload is not as the official schema of its message has it. */
export function breaches(action: Action, part: Part, payload: Fields): readonly string[] {
  const name = `${action} ${part}`
  const validate = validators.get(name) ?? officialValidator(action, part)
  validators.set(name, validate)
  return validate(payload) ? [] : [`${name} ${JSON.stringify(payload)}: ${JSON.stringify(validate.errors)}`]
}
