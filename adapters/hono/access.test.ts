import { describe, expect, test } from 'vitest'
import { exampleIdentity as identity } from '../../fixtures/site.ts'
import { passwordOf, serveWorld, type As } from '../../fixtures/served-world.ts'
import { operations, type OperationName } from './contract.ts'

const text = `
knx: { gateway: virtual }
chargers:
  - { name: Garage, identity: ${identity}, objects: { status: 9/7/0, charging: { send: 9/7/1, receive: 9/7/2 } } }
`
const charger = `/api/chargers/${identity}/1`
const askers = ['nobody', 'look', 'operate', 'administer', 'bareCookie', 'cookie'] as const satisfies readonly As[]

/** What is asked, and the status that each asker gets, in the order above. */
const table: { readonly [Name in OperationName]: readonly [path: string, statuses: string, body?: unknown] } = {
  health: ['/health', '200 200 200 200 200 200'],
  ca: ['/api/ca.pem', '200 200 200 200 200 200'],
  login: ['/api/login', '403 403 403 403 403 200', { name: 'admin', password: passwordOf('admin') }],
  logout: ['/api/logout', '401 204 204 204 403 204'],
  me: ['/api/me', '401 200 200 200 200 200'],
  changePassword: ['/api/me/password', '401 409 409 409 403 204', { present: passwordOf('admin'), next: 'another password' }],
  site: ['/api/site', '401 200 200 200 200 200'],
  chargers: ['/api/chargers', '401 200 200 200 200 200'],
  charger: [charger, '401 200 200 200 200 200'],
  chargePoints: ['/api/charge-points', '401 200 200 200 200 200'],
  chargePoint: [`/api/charge-points/${identity}`, '401 200 200 200 200 200'],
  transactions: [`/api/charge-points/${identity}/transactions`, '401 200 200 200 200 200'],
  tags: ['/api/tags', '401 200 200 200 200 200'],
  events: ['/api/events', '401 200 200 200 200 200'],
  sessions: ['/api/sessions', '401 200 200 200 200 200'],
  sessionsCsv: ['/api/sessions.csv', '401 200 200 200 200 200'],
  totals: ['/api/sessions/totals', '401 200 200 200 200 200'],
  samples: [`/api/samples?identity=${identity}`, '401 200 200 200 200 200'],
  command: [`${charger}/commands`, '401 403 202 202 403 202', { order: { type: 'unlock' } }],
  commands: ['/api/commands', '401 200 200 200 200 200'],
  commandStages: ['/api/commands/none', '401 404 404 404 404 404'],
  call: [`/api/charge-points/${identity}/calls`, '401 403 403 409 403 409', { action: 'ClearCache' }],
  configuration: ['/api/configuration', '401 403 403 200 200 200'],
  validateConfiguration: ['/api/configuration/validate', '401 403 403 200 403 200', { text: '' }],
  replaceConfiguration: ['/api/configuration', '401 403 403 428 403 428', { text: '' }],
  addCharger: ['/api/chargers', '401 403 403 201 403 201', { name: 'New', identity: 'NEW' }],
  replaceCharger: [charger, '401 403 403 200 403 200', { name: 'Garage', identity }],
  removeCharger: [charger, '401 403 403 200 403 200'],
  attempts: ['/api/attempts', '401 200 200 200 200 200'],
  trace: [`/api/traces/${identity}`, '401 403 403 200 200 200'],
  bus: ['/api/bus', '401 403 403 200 200 200'],
  busWrite: ['/api/bus/write', '401 403 403 200 403 200', { address: '9/7/2', value: true }],
  busRead: ['/api/bus/read', '401 403 403 200 403 200', { address: '9/7/0' }],
  ets: ['/api/ets', '401 200 200 200 200 200'],
  metrics: ['/metrics', '401 200 200 200 200 200'],
  openapi: ['/api/openapi.json', '401 200 200 200 200 200'],
  users: ['/api/users', '401 403 403 200 200 200'],
  addUser: ['/api/users', '401 403 403 201 403 201', { name: 'eve', password: passwordOf('eve'), role: 'look' }],
  changeUser: ['/api/users/none', '401 403 403 404 403 404', { role: 'look' }],
  removeUser: ['/api/users/none', '401 403 403 404 403 404'],
  tokens: ['/api/tokens', '401 403 403 200 200 200'],
  addToken: ['/api/tokens', '401 403 403 201 403 201', { name: 'program', role: 'look' }],
  removeToken: ['/api/tokens/none', '401 403 403 404 403 404'],
}

describe('Who may do what', () => {
  test.each(Object.entries(table))('%s', async (name, [path, statuses, body]) => {
    const { method } = operations[name as OperationName]
    const got: number[] = []
    for (const as of askers) {
      const { ask } = await serveWorld({ text, stations: [{ identity }] })
      got.push((await ask(method.toUpperCase(), path, { as, body })).status)
    }
    expect(got.join(' ')).toBe(statuses)
  })

  test('Every route of the app is in the table, and nothing else is served by the API.', async () => {
    const { app } = await serveWorld({ text, stations: [] })
    const routes = new Set(app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '*' && path !== '/*').map(({ method, path }) => `${method} ${path}`))
    expect([...routes].sort()).toEqual(Object.values(operations).map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort())
  })

  test('Whoever sends a token that is wrong is told so, and is not taken for somebody else.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    for (const token of ['wb_wrong', 'x', '']) {
      const answer = await ask('GET', '/api/site', { as: 'cookie', headers: { Authorization: `Bearer ${token}` } })
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ what: 'this token is not valid', where: 'Authorization' })
    }
  })

  test('Metrics are told to this machine, but not through a proxy on it, and nothing else is.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    expect((await ask('GET', '/metrics', { remote: '127.0.0.1' })).status).toBe(200)
    expect((await ask('GET', '/metrics', { remote: '127.0.0.1', headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(401)
    expect((await ask('GET', '/api/site', { remote: '::1' })).status).toBe(401)
  })
})

describe('Against other pages', () => {
  test('A cookie does nothing from a page of another origin.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    const give = (origin: string) => ask('POST', '/api/tokens', { as: 'cookie', body: { name: 'x', role: 'look' }, headers: { Origin: origin } })
    expect((await give('http://evil.example')).status).toBe(403)
    expect((await give('null')).status).toBe(403)
    expect((await give('http://controller.local')).status).toBe(201)
  })

  test.each(['evil.example', 'controller.local.evil.example', '', '[', 'a b'])('The name %j is not ours (DNS rebinding).', async (host) => {
    const { ask } = await serveWorld({ text, stations: [] })
    expect((await ask('GET', '/health', { headers: { Host: host } })).status).toBe(421)
  })

  test.each(['192.168.1.2:8080', '[fe80::1]:8080', 'controller', 'controller.local:8080', 'localhost', 'charging.example.org'])('The name %j is ours.', async (host) => {
    const { ask } = await serveWorld({ text: `${text}panel: { hosts: [charging.example.org] }\n`, stations: [] })
    expect((await ask('GET', '/health', { headers: { Host: host } })).status).toBe(200)
  })

  test('Every answer carries the security headers, and what the API says is kept by no cache.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    for (const path of ['/api/site', '/nothing', '/health', '/api/nothing']) {
      const { headers } = await ask('GET', path)
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    }
    expect((await ask('GET', '/api/site')).headers.get('Cache-Control')).toBe('no-store')
  })

  test('A method that a route does not have is told those it has.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    const answer = await ask('PATCH', '/api/chargers/CP%2F1/1', { as: 'administer' })
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, PUT, DELETE'])
    expect((await ask('GET', '/api/nothing', { as: 'administer' })).status).toBe(404)
  })

  test('A body that is too long, no JSON, or not declared as JSON is refused in words.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    const post = (body: string, headers = {}) => ask('POST', '/api/tokens', { as: 'administer', body, headers })
    expect((await post('x'.repeat(70_000))).status).toBe(413)
    expect((await post('{')).status).toBe(400)
    expect((await post('{}', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect(await (await post('{"name":"x","role":"king"}')).json()).toMatchObject({ where: 'role' })
  })
})

describe('Logging in', () => {
  const login = (password: string, name = 'admin') => ({ body: { name, password }, headers: { 'X-Requested-With': 'wallbus' } })

  test('The cookie is for this site alone and not for scripts; over HTTPS it is never sent without.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    expect((await ask('POST', '/api/login', login(passwordOf('admin')))).headers.get('Set-Cookie')).toMatch(/^wallbus=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
    const secure = await serveWorld({ text, stations: [], secure: true })
    expect((await secure.ask('POST', '/api/login', login(passwordOf('admin')))).headers.get('Set-Cookie')).toMatch(/^__Host-wallbus=.*; Secure; SameSite=Strict$/)
  })

  test('After a logout, or when the user is gone, the cookie is worth nothing.', async () => {
    const { ask, app } = await serveWorld({ text, stations: [] })
    expect((await ask('POST', '/api/logout', { as: 'cookie' })).status).toBe(204)
    expect((await ask('GET', '/api/me', { as: 'cookie' })).status).toBe(401)
    expect(JSON.stringify(app.accounts.users())).not.toContain('wb_')
  })

  test('Who guesses waits longer and longer, whatever address or name is tried; the right password is no shortcut.', async () => {
    const { ask, run } = await serveWorld({ text, stations: [] })
    for (let i = 0; i < 5; i++) expect((await ask('POST', '/api/login', login('wrong'))).status).toBe(401)
    const refused = await ask('POST', '/api/login', login(passwordOf('admin')))
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '1'])
    expect((await ask('POST', '/api/login', { ...login(passwordOf('admin')), remote: '192.0.2.8' })).status).toBe(429)
    expect((await ask('POST', '/api/login', login('wrong', 'eve'))).status).toBe(429)
    run(1_000)
    expect((await ask('POST', '/api/login', login('wrong'))).status).toBe(401)
    expect((await ask('POST', '/api/login', login('wrong'))).headers.get('Retry-After')).toBe('2')
    run(2_000)
    expect((await ask('POST', '/api/login', login(passwordOf('admin')))).status).toBe(200)
    expect((await ask('POST', '/api/login', login('wrong'))).status).toBe(401)
  })

  test('Many attempts at once count as many.', async () => {
    const { ask } = await serveWorld({ text, stations: [] })
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => ask('POST', '/api/login', login('wrong'))))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  })

  test('A password that was changed ends the other logins; the last administrator stays one.', async () => {
    const { ask, app, port } = await serveWorld({ text, stations: [] })
    const other = await app.accounts.logIn('admin', port.now())
    expect((await ask('PUT', '/api/me/password', { as: 'cookie', body: { present: passwordOf('admin'), next: 'a new password' } })).status).toBe(204)
    expect((await ask('GET', '/api/me', { as: 'cookie' })).status).toBe(200)
    expect((await ask('GET', '/api/me', { headers: { Cookie: `wallbus=${other}` } })).status).toBe(401)
    expect((await ask('PUT', '/api/users/admin', { as: 'administer', body: { role: 'look' } })).status).toBe(409)
    expect((await ask('DELETE', '/api/users/admin', { as: 'administer' })).status).toBe(409)
  })

  test('A token is shown once, kept as a hash, and worth nothing when it is revoked.', async () => {
    const { ask, saved } = await serveWorld({ text, stations: [] })
    const { token, id } = await (await ask('POST', '/api/tokens', { as: 'administer', body: { name: 'program', role: 'look' } })).json() as { token: string; id: string }
    const site = () => ask('GET', '/api/site', { headers: { Authorization: `Bearer ${token}` } })
    expect((await site()).status).toBe(200)
    expect(await (await ask('GET', '/api/tokens', { as: 'administer' })).text()).not.toContain(token)
    expect([...saved.values()].join()).not.toContain(token)
    expect((await ask('DELETE', `/api/tokens/${id}`, { as: 'administer' })).status).toBe(204)
    expect((await site()).status).toBe(401)
  })
})
