import * as v from 'valibot'
import { createdToken, login, me, newToken, newUser, passwordChange, tokens, user, userChange, userName, users, type Role } from './schemas/access.ts'
import { callAnswer, callRequest, charger, chargePoint, chargePointDetail, command, commandRequest } from './schemas/charger.ts'
import { connectorParam, identityParam, list, textOf } from './schemas/common.ts'
import { chargerEntry, configuration, configurationQuery, configurationText, reading, written } from './schemas/configuration.ts'
import { attempt, busAnswer, busRead, busWrite, etsQuery, eventsQuery, frame, health, recentQuery, site, telegram } from './schemas/diagnosis.ts'
import { sample, sampleQuery, session, sessionPage, sessionQuery, tag, total, totalsQuery } from './schemas/session.ts'

/**
 * Everything the API can do, as data: the app serves it, the OpenAPI document describes it, `client.ts` is typed by it, and the
 * authorisation test is checked against it. All answers from 400 on are a `problem`.
 */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** As Hono writes it: `:name` is a parameter. */
  readonly path: `/${string}`
  /** The least role; `open` to everybody, `local` for `look` or whoever asks from this machine. */
  readonly access: Role | 'open' | 'local'
  readonly summary: string
  readonly params?: v.GenericSchema
  readonly query?: v.GenericSchema
  readonly body?: v.GenericSchema
  /** Of the answer that means yes. */
  readonly status: 200 | 201 | 202 | 204
  /** Schema of a JSON answer; a text names another media type. */
  readonly answer: v.GenericSchema | MediaType
  /** Statuses that mean no, beside 400, 401, 403 and 413, which any may have. */
  readonly problems?: readonly number[]
}

export type MediaType = 'text/csv' | 'text/event-stream' | 'text/plain' | 'application/x-pem-file' | 'application/xml' | 'application/x-ndjson' | 'application/yaml'

const chargePointParams = v.object({ identity: identityParam })
const chargerParams = v.object({ identity: identityParam, connector: connectorParam })
/** Of an answer with 204. */
export const nothing = v.undefined()

export const operations = {
  // Open
  health: { method: 'get', path: '/health', access: 'open', summary: 'Is it alive?', status: 200, answer: health },
  ca: { method: 'get', path: '/api/ca.pem', access: 'open', summary: 'The root certificate to install on chargers and browsers', status: 200, answer: 'application/x-pem-file', problems: [404] },
  login: { method: 'post', path: '/api/login', access: 'open', summary: 'Log in; the answer sets a cookie', body: login, status: 200, answer: me, problems: [429] },

  // Who one is
  logout: { method: 'post', path: '/api/logout', access: 'look', summary: 'Log out', status: 204, answer: nothing },
  me: { method: 'get', path: '/api/me', access: 'look', summary: 'Who am I, and what may I do?', status: 200, answer: me },
  changePassword: { method: 'put', path: '/api/me/password', access: 'look', summary: 'Change one’s password; ends one’s other logins', body: passwordChange, status: 204, answer: nothing, problems: [409, 429] },

  // What is
  site: { method: 'get', path: '/api/site', access: 'look', summary: 'The site as a whole', status: 200, answer: site },
  chargers: { method: 'get', path: '/api/chargers', access: 'look', summary: 'All chargers: one for each configured connector', status: 200, answer: list(charger) },
  charger: { method: 'get', path: '/api/chargers/:identity/:connector', access: 'look', summary: 'One charger', params: chargerParams, status: 200, answer: charger, problems: [404] },
  chargePoints: { method: 'get', path: '/api/charge-points', access: 'look', summary: 'All Charge Points with a configured connector', status: 200, answer: list(chargePoint) },
  chargePoint: { method: 'get', path: '/api/charge-points/:identity', access: 'look', summary: 'One Charge Point', params: chargePointParams, status: 200, answer: chargePointDetail, problems: [404] },
  transactions: { method: 'get', path: '/api/charge-points/:identity/transactions', access: 'look', summary: 'The newest transactions of a Charge Point, running and ended', params: chargePointParams, query: recentQuery, status: 200, answer: list(session), problems: [404] },
  tags: { method: 'get', path: '/api/tags', access: 'look', summary: 'RFID tags; changed by replacing the configuration', status: 200, answer: list(tag) },
  events: { method: 'get', path: '/api/events', access: 'look', summary: 'Live state as server-sent events', query: eventsQuery, status: 200, answer: 'text/event-stream', problems: [503] },

  // What was
  sessions: { method: 'get', path: '/api/sessions', access: 'look', summary: 'Charging sessions, newest first', query: sessionQuery, status: 200, answer: sessionPage },
  sessionsCsv: { method: 'get', path: '/api/sessions.csv', access: 'look', summary: 'Charging sessions as a table; all pages', query: sessionQuery, status: 200, answer: 'text/csv' },
  totals: { method: 'get', path: '/api/sessions/totals', access: 'look', summary: 'Energy and number of sessions per tag and month, or by something else', query: totalsQuery, status: 200, answer: list(total) },
  samples: { method: 'get', path: '/api/samples', access: 'look', summary: 'What a connector measured', query: sampleQuery, status: 200, answer: list(sample) },

  // Commands
  command: { method: 'post', path: '/api/chargers/:identity/:connector/commands', access: 'operate', summary: 'Give a command; the same id twice is one command', params: chargerParams, body: commandRequest, status: 202, answer: command, problems: [404, 409] },
  commands: { method: 'get', path: '/api/commands', access: 'look', summary: 'The newest commands of this run', query: recentQuery, status: 200, answer: list(command) },
  commandStages: { method: 'get', path: '/api/commands/:id', access: 'look', summary: 'How far a command has come', params: v.object({ id: textOf(64) }), status: 200, answer: command, problems: [404] },
  call: { method: 'post', path: '/api/charge-points/:identity/calls', access: 'administer', summary: 'Send a CALL as it stands, and wait for its answer', params: chargePointParams, body: callRequest, status: 200, answer: callAnswer, problems: [404, 409, 422, 504] },

  // Configuration
  configuration: { method: 'get', path: '/api/configuration', access: 'administer', summary: 'The configuration', query: configurationQuery, status: 200, answer: configuration },
  validateConfiguration: { method: 'post', path: '/api/configuration/validate', access: 'administer', summary: 'Read a configuration without using it; tells all its mistakes', body: configurationText, status: 200, answer: reading },
  replaceConfiguration: { method: 'put', path: '/api/configuration', access: 'administer', summary: 'Replace the configuration; needs If-Match with the version it is made from', body: configurationText, status: 200, answer: written, problems: [409, 412, 422, 428] },
  addCharger: { method: 'post', path: '/api/chargers', access: 'administer', summary: 'Add a charger to the configuration', body: chargerEntry, status: 201, answer: written, problems: [409, 412, 422] },
  replaceCharger: { method: 'put', path: '/api/chargers/:identity/:connector', access: 'administer', summary: 'Replace a charger in the configuration; what stays as it was keeps its comments', params: chargerParams, body: chargerEntry, status: 200, answer: written, problems: [404, 409, 412, 422] },
  removeCharger: { method: 'delete', path: '/api/chargers/:identity/:connector', access: 'administer', summary: 'Remove a charger from the configuration; its sessions are kept', params: chargerParams, status: 200, answer: written, problems: [404, 409, 412, 422] },

  // Finding out what is wrong
  attempts: { method: 'get', path: '/api/attempts', access: 'look', summary: 'Who tried to connect and was turned away, newest first', status: 200, answer: list(attempt) },
  trace: { method: 'get', path: '/api/traces/:identity', access: 'administer', summary: 'Recent events and frames of a Charge Point as JSON lines, for `wallbus replay`', params: chargePointParams, status: 200, answer: 'application/x-ndjson', problems: [404] },
  bus: { method: 'get', path: '/api/bus', access: 'administer', summary: 'Recent telegrams, decoded, newest first', query: recentQuery, status: 200, answer: list(telegram) },
  busWrite: { method: 'post', path: '/api/bus/write', access: 'administer', summary: 'Write to a group address', body: busWrite, status: 200, answer: busAnswer, problems: [409, 422] },
  busRead: { method: 'post', path: '/api/bus/read', access: 'administer', summary: 'Ask for the value of a group address; the answer comes as a telegram', body: busRead, status: 200, answer: busAnswer, problems: [409, 422] },
  ets: { method: 'get', path: '/api/ets', access: 'look', summary: 'The group addresses for ETS', query: etsQuery, status: 200, answer: 'application/xml' },
  metrics: { method: 'get', path: '/metrics', access: 'local', summary: 'Metrics for Prometheus', status: 200, answer: 'text/plain' },
  openapi: { method: 'get', path: '/api/openapi.json', access: 'look', summary: 'This API as OpenAPI 3.1', status: 200, answer: v.record(v.string(), v.unknown()) },

  // Access
  users: { method: 'get', path: '/api/users', access: 'administer', summary: 'Who may log in', status: 200, answer: users },
  addUser: { method: 'post', path: '/api/users', access: 'administer', summary: 'Add a user', body: newUser, status: 201, answer: user, problems: [409] },
  changeUser: { method: 'put', path: '/api/users/:name', access: 'administer', summary: 'Change role or password of a user; ends the user’s logins', params: v.object({ name: userName }), body: userChange, status: 200, answer: user, problems: [404, 409] },
  removeUser: { method: 'delete', path: '/api/users/:name', access: 'administer', summary: 'Remove a user', params: v.object({ name: userName }), status: 204, answer: nothing, problems: [404, 409] },
  tokens: { method: 'get', path: '/api/tokens', access: 'administer', summary: 'Tokens of programs', status: 200, answer: tokens },
  addToken: { method: 'post', path: '/api/tokens', access: 'administer', summary: 'Make a token; it is shown this once', body: newToken, status: 201, answer: createdToken, problems: [409] },
  removeToken: { method: 'delete', path: '/api/tokens/:id', access: 'administer', summary: 'Revoke a token', params: v.object({ id: textOf(32) }), status: 204, answer: nothing, problems: [404] },
} as const satisfies { readonly [name: string]: Operation }

export type Operations = typeof operations
export type OperationName = keyof Operations

/**
 * The names and data of server-sent events. A stream begins with `site` and a `charger` for each; after that each is sent when it
 * changes, at most a few times a second, always in its newest state. A client that reconnects gets all again.
 */
export const events = {
  site,
  charger,
  /** A charger is no longer configured. */
  removed: v.object({ identity: v.string(), connector: v.number() }),
  command,
  attempt,
  /** The configuration is another one now. */
  configuration: v.object({ version: v.string() }),
  telegram,
  frame,
  /** So many events were left out, because they came faster than they could be sent. */
  lost: v.object({ count: v.number() }),
} as const

export type EventName = keyof typeof events
export type EventData<Name extends EventName> = v.InferOutput<(typeof events)[Name]>
