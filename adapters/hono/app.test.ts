import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { StationOptions } from '../../fixtures/charge-point/options.ts'
import { readRecording } from '../../fixtures/recording.ts'
import { replay } from '../../fixtures/replay.ts'
import { serveWorld, type ServedWorld } from '../../fixtures/served-world.ts'
import { events, operations, type OperationName } from './contract.ts'
import type { Charger, ChargePointView, CommandView } from './schemas/charger.ts'

const identity = 'RDAM|123'
const path = encodeURIComponent(identity)
const text = `# A house
site: { name: Home, timeZone: Europe/Amsterdam }
knx: { gateway: virtual }
tags:
  - { tag: '04A1', name: Car }
chargers:
  # by the door
  - name: Garage # left
    identity: '${identity}'
    password: hush-hush
    normalCurrent: 10
    objects: { status: 9/7/0, charging: { send: 9/7/1, receive: 9/7/2 } }
`

async function serve(options: Partial<StationOptions> = {}): Promise<ServedWorld> {
  const served = await serveWorld({ text, stations: [{ identity, password: 'hush-hush', options }] })
  served.run(30_000)
  return served
}

/** The answer of an operation, which must be as the contract says. */
async function answer<Name extends OperationName>({ ask }: ServedWorld, name: Name, at: string = operations[name].path, body?: unknown) {
  const { method, answer: schema } = operations[name]
  const response = await ask(method.toUpperCase(), at, { as: 'administer', body, headers: { 'If-Match': '*' } })
  if (response.status >= 400) throw new Error(`${response.status} ${await response.text()}`)
  return v.parse(strict(schema), await response.json())
}

/** A schema that lets nothing pass that it does not name. */
function strict(schema: unknown): v.GenericSchema<unknown, never> {
  // Only JSON answers are read here.
  return schema as v.GenericSchema<unknown, never>
}

async function charge(served: ServedWorld, ms = 3_600_000): Promise<void> {
  served.world.act(identity, { type: 'plug', connector: 1 })
  served.world.act(identity, { type: 'tag', connector: 1, idTag: '04a1' })
  served.run(ms)
  served.world.act(identity, { type: 'unplug', connector: 1 })
  served.run(10_000)
}

describe('What is', () => {
  test('Chargers, Charge Points and site are as the contract says, with identities of any letters.', async () => {
    const served = await serve()
    const [charger] = await answer(served, 'chargers') as readonly Charger[]
    expect(charger).toMatchObject({ name: 'Garage', identity, status: 'Available', limit: { wanted: 10, accepted: 10, holder: 'normal' } })
    expect(await answer(served, 'charger', `/api/chargers/${path}/1`)).toEqual(charger)
    expect(await answer(served, 'chargePoint', `/api/charge-points/${path}`)).toMatchObject({ identity, registered: true, connectors: [{ id: 1, name: 'Garage' }] })
    expect(await answer(served, 'site')).toMatchObject({ name: 'Home', chargers: 1, connected: 1, bus: { up: true } })
    expect(await answer(served, 'tags')).toEqual([{ tag: '04A1', name: 'Car' }])
    expect(JSON.stringify(await answer(served, 'chargePoints'))).not.toContain('hush')
  })

  test('What is not there is told in words, with what to do.', async () => {
    const { ask } = await serve()
    const response = await ask('GET', '/api/chargers/NOBODY/1', { as: 'look' })
    expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    expect(await response.json()).toEqual({ what: 'no charger is configured as NOBODY/1', where: 'identity', remedy: 'GET /api/chargers lists them' })
  })

  test('Whoever is turned away is listed with reason and remedy, and can be added.', async () => {
    const served = await serve()
    served.world.happen({ type: 'refused', identity: 'NEW-1', remote: '192.0.2.9', reason: 'unknown identity: add the charger to the configuration' })
    expect(await answer(served, 'attempts')).toMatchObject([{ identity: 'NEW-1', reason: 'unknown identity', remedy: 'add the charger to the configuration', addable: true, attempts: 1 }])
    await answer(served, 'addCharger', '/api/chargers', { name: 'New', identity: 'NEW-1' })
    expect(served.world.site().config?.chargers.map((charger) => charger.identity)).toEqual([identity, 'NEW-1'])
    expect(served.file.text).toContain('# by the door')
  })
})

describe('Commands', () => {
  const give = (served: ServedWorld, body: unknown) => served.ask('POST', `/api/chargers/${path}/1/commands`, { as: 'operate', body })

  test('A command is followed through its stages.', async () => {
    const served = await serve()
    served.world.act(identity, { type: 'plug', connector: 1 })
    served.run(5_000)
    const response = await give(served, { id: 'c1', order: { type: 'start' } })
    expect([response.status, response.headers.get('Location')]).toEqual([202, '/api/commands/c1'])
    served.run(30_000)
    const view = await answer(served, 'commandStages', '/api/commands/c1') as CommandView
    expect(view).toMatchObject({ source: 'api', ended: true, order: { type: 'start', idTag: null } })
    expect(view.stages.map(({ stage }) => stage)).toEqual(['sent', 'accepted', 'observed'])
  })

  test('The same id twice is one command; with other content it is a conflict.', async () => {
    const served = await serve()
    const limit = { id: 'c1', order: { type: 'limit', amperes: 8 } }
    const first = await (await give(served, limit)).json()
    expect(await (await give(served, limit)).json()).toEqual(first)
    expect((await give(served, { ...limit, order: { type: 'limit', amperes: 9 } })).status).toBe(409)
    expect(await answer(served, 'commands')).toHaveLength(1)
  })

  test.each([
    [{ order: { type: 'fly' } }, 'order.type'],
    [{ order: { type: 'limit', amperes: 'many' } }, 'order.amperes'],
    [{ order: { type: 'start', idTag: 'x'.repeat(21) } }, 'order.idTag'],
    [{ id: 'knx-1-1', order: { type: 'stop' } }, 'id'],
    [{ order: { type: 'stop' }, expiresIn: 0 }, 'expiresIn'],
  ])('What is no command is refused with its place: %j', async (body, where) => {
    const response = await give(await serve(), body)
    expect([response.status, await response.json()]).toMatchObject([400, { where }])
  })
})

describe('A CALL as it stands', () => {
  /** Lets time pass until there is an answer. */
  async function call(served: ServedWorld, body: unknown): Promise<Response> {
    const answers: Response[] = []
    void served.ask('POST', `/api/charge-points/${path}/calls`, { as: 'administer', body }).then((response) => answers.push(response))
    for (;;) {
      await new Promise<void>((resolve) => void setImmediate(resolve))
      const [answered] = answers
      if (answered) return answered
      served.run(100)
    }
  }

  test('waits for the answer, be it result or error.', async () => {
    const served = await serve()
    const good = await call(served, { action: 'GetConfiguration', payload: { key: ['HeartbeatInterval'] } })
    expect(await good.json()).toMatchObject({ type: 'result', payload: { configurationKey: [{ key: 'HeartbeatInterval' }] } })
    const bad = await call(await serve({ refuses: { ClearCache: { error: 'InternalError' } } }), { action: 'ClearCache' })
    expect([bad.status, await bad.json()]).toMatchObject([200, { type: 'error', code: 'InternalError' }])
  })

  test('is refused in words where it cannot be sent, or is not answered.', async () => {
    const status = async (served: ServedWorld, body: unknown) => (await call(served, body)).status
    expect(await status(await serve(), { action: 'Fly' })).toBe(422)
    expect(await status(await serve(), { action: 'Reset', payload: { type: 'Gently' } })).toBe(422)
    expect(await status(await serve({ refuses: { ClearCache: 'silent' } }), { action: 'ClearCache' })).toBe(504)
    expect(await status(await serveWorld({ text, stations: [] }), { action: 'ClearCache' })).toBe(409)
    expect((await (await serve()).ask('POST', '/api/charge-points/NOBODY/calls', { as: 'administer', body: { action: 'ClearCache' } })).status).toBe(404)
  })
})

describe('What was', () => {
  test('Sessions are listed newest first, page by page, each once.', async () => {
    const served = await serve()
    for (let i = 0; i < 5; i++) await charge(served, 60_000)
    const seen: number[] = []
    let cursor = ''
    for (let pages = 0; pages < 3; pages++) {
      const page = await answer(served, 'sessions', `/api/sessions?limit=2&tag=04a1${cursor}`) as { sessions: { id: number; startedAt: number }[]; next: string | null }
      seen.push(...page.sessions.map(({ startedAt }) => startedAt))
      cursor = `&cursor=${page.next}`
      expect(page.next === null).toBe(pages === 2)
    }
    expect(seen).toHaveLength(5)
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
  })

  test('A table of sessions has local times, and nothing in it is a formula.', async () => {
    const served = await serve()
    served.world.act(identity, { type: 'plug', connector: 1 })
    served.world.act(identity, { type: 'tag', connector: 1, idTag: '=1+1' })
    served.run(60_000)
    const csv = await (await served.ask('GET', '/api/sessions.csv', { as: 'look' })).text()
    const [head, row] = csv.split('\r\n')
    expect(head).toBe('id,charger,identity,connector,tag,tag name,started,ended,energy (Wh),meter start (Wh),meter stop (Wh),reason')
    expect(row).toMatch(/^\d+,Garage,RDAM\|123,1,'=1\+1,,2026-11-23 10:00:\d\d,,,0,,$/)
  })

  test('Energy is added up per tag and month.', async () => {
    const served = await serve()
    await charge(served)
    await charge(served)
    expect(await answer(served, 'totals')).toMatchObject([{ month: '2026-11', tag: '04a1', tagName: 'Car', sessions: 2 }])
    expect((await served.ask('GET', '/api/sessions?from=yesterday', { as: 'look' })).status).toBe(400)
    expect(await answer(served, 'totals', '/api/sessions/totals?by=month')).toMatchObject([{ month: '2026-11', tag: null }])
    expect((await served.ask('GET', '/api/sessions/totals?by=colour', { as: 'look' })).status).toBe(400)
  })

  test('The transactions of a Charge Point tell whether they run.', async () => {
    const served = await serve()
    await charge(served)
    served.world.act(identity, { type: 'plug', connector: 1 })
    served.world.act(identity, { type: 'tag', connector: 1, idTag: '04a1' })
    served.run(60_000)
    expect(await answer(served, 'transactions', `/api/charge-points/${path}/transactions`)).toMatchObject([{ state: 'running', endedAt: null }, { state: 'ended', tagName: 'Car' }])
  })
})

describe('The configuration', () => {
  const put = (served: ServedWorld, body: unknown, version: string | undefined, as = 'administer' as const) =>
    served.ask('PUT', '/api/configuration', { as, body, headers: version === undefined ? {} : { 'If-Match': version } })

  test('is shown without passwords, unless an administrator asks for them.', async () => {
    const served = await serve()
    const shown = await served.ask('GET', '/api/configuration', { as: 'administer' })
    expect(shown.headers.get('ETag')).toBe(`"v${text.length}"`)
    expect(await shown.text()).not.toContain('hush')
    expect(await answer(served, 'configuration', '/api/configuration?passwords=true')).toMatchObject({ text, checked: { chargers: [{ password: 'hush-hush' }] } })
  })

  test('is replaced as it was sent, where *** is the password that was there.', async () => {
    const served = await serve()
    const { text: shown, version } = await (await served.ask('GET', '/api/configuration', { as: 'administer' })).json() as { text: string; version: string }
    const changed = shown.replace('Garage', 'Cellar')
    expect((await put(served, { text: changed }, version)).status).toBe(200)
    expect(served.file.text).toBe(text.replace('Garage', 'Cellar').replace('hush-hush', '"hush-hush"'))
    expect(served.world.site().config?.chargers[0]).toMatchObject({ name: 'Cellar', password: 'hush-hush' })
    expect(served.world.site().population.groups[0]?.members[0]?.link).not.toBeNull()
  })

  test('is not replaced by one with mistakes, without its version, from an old version, or when it cannot be written.', async () => {
    const served = await serve()
    const bad = await put(served, { text: 'chargers: [{ name: x }]' }, `v${text.length}`)
    expect([bad.status, await bad.json()]).toMatchObject([422, { mistakes: [{ path: 'chargers[0].identity', line: 1 }] }])
    expect((await put(served, { text }, undefined)).status).toBe(428)
    expect((await put(served, { text }, '"old"')).status).toBe(412)
    expect((await put(served, { text: text.replace('hush-hush', '"***"').replace(identity, 'OTHER') }, `v${text.length}`)).status).toBe(422)
    served.file.writable = false
    expect((await put(served, { text: `${text}\n` }, `v${text.length}`)).status).toBe(409)
    expect(served.file.text).toBe(text)
  })

  test('is checked without being used.', async () => {
    const served = await serve()
    expect(await answer(served, 'validateConfiguration', '/api/configuration/validate', { text: 'knx: { port: 0 }\ncharger: []' })).toMatchObject({
      valid: false, mistakes: [{ path: 'knx.port', line: 1, column: 14 }, { path: 'charger', line: 2, right: 'did you mean `chargers`?' }],
    })
    expect(served.file.text).toBe(text)
  })

  test('One charger is changed or removed, and what is beside it keeps its comments.', async () => {
    const served = await serve()
    await answer(served, 'replaceCharger', `/api/chargers/${path}/1`, { name: 'Hall', identity, password: '***', normalCurrent: 8, objects: { status: '9/7/0' } })
    expect(served.file.text).toBe(text.replace('Garage', 'Hall').replace('normalCurrent: 10', 'normalCurrent: 8').replace(', charging: { send: 9/7/1, receive: 9/7/2 }', ''))
    expect((await served.ask('POST', '/api/chargers', { as: 'administer', body: { name: 'Again', identity } })).status).toBe(409)
    expect((await served.ask('POST', '/api/chargers', { as: 'administer', body: { name: 'Bad', identity: 'B', phases: 4 } })).status).toBe(422)
    await answer(served, 'removeCharger', `/api/chargers/${path}/1`)
    expect(served.world.site().config?.chargers).toEqual([])
  })

  test('A Charge Point that is taken out of the configuration leaves the lists; its sessions stay, and it comes back as it was.', async () => {
    const served = await serve()
    await charge(served)
    const [before] = await answer(served, 'chargePoints') as readonly ChargePointView[]
    await answer(served, 'removeCharger', `/api/chargers/${path}/1`)
    served.run(1_000)
    expect(await answer(served, 'chargePoints')).toEqual([])
    expect(await answer(served, 'chargers')).toEqual([])
    for (const [method, end, body] of [['GET', ''], ['GET', '/transactions'], ['POST', '/calls', { action: 'ClearCache' }]] as const) {
      const gone = await served.ask(method, `/api/charge-points/${path}${end}`, { as: 'administer', body })
      expect([gone.status, await gone.json()]).toMatchObject([404, { what: `the Charge Point ${identity} is not configured any more` }])
    }
    expect((await served.ask('POST', `/api/chargers/${path}/1/commands`, { as: 'operate', body: { order: { type: 'stop' } } })).status).toBe(404)
    expect(await answer(served, 'sessions', `/api/sessions?identity=${path}`)).toMatchObject({ sessions: [{ identity, state: 'ended' }] })
    expect((await served.ask('GET', `/api/traces/${path}`, { as: 'administer' })).status).toBe(200)
    await answer(served, 'addCharger', '/api/chargers', { name: 'Garage', identity, password: 'hush-hush' })
    expect(await answer(served, 'chargePoints')).toMatchObject([{ identity, profile: before?.profile }])
  })
})

describe('Finding out what is wrong', () => {
  test('A trace can be replayed, and has no secrets in it.', async () => {
    const served = await serve()
    await charge(served)
    served.world.happen({ type: 'command', command: { id: 'k', source: 'api', identity, connector: 0, order: { type: 'call', action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: 'top-secret' } }, expiresAt: null } })
    served.run(1_000)
    const trace = await (await served.ask('GET', `/api/traces/${path}`, { as: 'administer' })).text()
    expect(trace).not.toContain('top-secret')
    expect(trace).not.toContain('hush')
    const { lines, mistakes } = readRecording(trace)
    expect(mistakes).toEqual([])
    const steps = replay(lines)
    expect(steps.some(({ effects }) => effects.some(({ type }) => type === 'book'))).toBe(true)
  })

  test('Telegrams are told with what they mean.', async () => {
    const served = await serve()
    served.world.write('9/7/2', false)
    served.run(1_000)
    expect(await answer(served, 'bus', '/api/bus?limit=1')).toMatchObject([{ from: 'bus', service: 'write', address: '9/7/2', title: 'Garage, Start / stop charging' }])
    expect(await answer(served, 'busWrite', '/api/bus/write', { address: '9/7/2', value: true })).toMatchObject({ address: '9/7/2', title: 'Garage, Start / stop charging' })
    expect((await served.ask('POST', '/api/bus/write', { as: 'administer', body: { address: '1/1/1', value: true } })).status).toBe(422)
    expect((await served.ask('POST', '/api/bus/write', { as: 'administer', body: { address: '9/9/1', value: true } })).status).toBe(422)
  })

  test('Metrics are what Prometheus reads.', async () => {
    const served = await serve()
    const metrics = await (await served.ask('GET', '/metrics', { as: 'look' })).text()
    expect(metrics).toContain(`wallbus_charger_connected{identity="${identity}",connector="1",name="Garage"} 1`)
    for (const line of metrics.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) wallbus_\w+ .+|wallbus_\w+(\{.*\})? -?[\d.e+]+)$/)
  })
})

describe('Live state', () => {
  /** Reads what has come up to now. */
  async function reader(served: ServedWorld, query = '') {
    const response = await served.ask('GET', `/api/events${query}`, { as: 'administer' })
    const stream = response.body?.getReader()
    const decoder = new TextDecoder()
    let chunk = stream?.read()
    const news = async (): Promise<readonly { event: string; data: unknown }[]> => {
      let got = ''
      for (;;) {
        const next = await Promise.race([chunk, quiet()])
        if (!next || next.done) break
        got += decoder.decode(next.value)
        chunk = stream?.read()
      }
      return got.split('\n\n').flatMap((block) => {
        const [, event] = /^event: (.*)$/m.exec(block) ?? []
        const [, data] = /^data: (.*)$/m.exec(block) ?? []
        return event === undefined ? (block.startsWith(':') ? [{ event: 'ping', data: null }] : []) : [{ event, data: JSON.parse(data ?? '') as unknown }]
      })
    }
    return { response, news, cancel: () => stream?.cancel() }
  }

  /** When all that is due has been done. */
  async function quiet(): Promise<undefined> {
    for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => void setImmediate(resolve))
  }

  const names = (news: readonly { event: string }[]) => news.map(({ event }) => event)

  test('A stream begins with all there is, then tells what changes, in its newest state.', async () => {
    const served = await serve()
    const { news } = await reader(served)
    const first = await news()
    expect(names(first)).toEqual(['site', 'charger'])
    for (const { event, data } of first) v.parse(events[event as keyof typeof events] as v.GenericSchema, data)
    served.world.act(identity, { type: 'plug', connector: 1 })
    served.run(1_000)
    expect((await news()).at(-1)).toMatchObject({ event: 'charger', data: { status: 'Preparing' } })
    await served.ask('POST', `/api/chargers/${path}/1/commands`, { as: 'operate', body: { id: 'c1', order: { type: 'start' } } })
    served.run(30_000)
    expect(await news()).toContainEqual(expect.objectContaining({ event: 'command', data: expect.objectContaining({ id: 'c1', ended: true }) }))
  })

  test('A flood becomes a few events a second.', async () => {
    const served = await serve()
    const { news } = await reader(served)
    await news()
    for (let i = 0; i < 1_000; i++) {
      served.world.act(identity, { type: 'drawsAmperes', connector: 1, amperes: i % 20 })
      served.world.act(identity, { type: 'fault', connector: 1, errorCode: i % 2 ? 'HighTemperature' : 'OverVoltage' })
      served.run(1)
    }
    served.run(1_000)
    const count = (await news()).length
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(10)
  })

  test('What was left out of a flood of frames is counted; frames are told without secrets.', async () => {
    const served = await serve()
    const { news } = await reader(served, `?frames=${path}&telegrams=true`)
    await news()
    served.world.happen({ type: 'command', command: { id: 'k', source: 'api', identity, connector: 0, order: { type: 'call', action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value: 'top-secret' } }, expiresAt: null } })
    for (let i = 0; i < 400; i++) served.world.happen({ type: 'command', command: { id: `n${i}`, source: 'api', identity, connector: 0, order: { type: 'call', action: 'ClearCache', payload: {} }, expiresAt: null } })
    served.run(600)
    for (let i = 0; i < 400; i++) served.world.write('9/7/2', i % 2 === 0)
    served.run(600)
    const told = await news()
    expect(JSON.stringify(told)).not.toContain('top-secret')
    expect(names(told)).toContain('frame')
    expect(names(told)).toContain('telegram')
    expect(told.find(({ event }) => event === 'lost')?.data).toEqual({ count: expect.any(Number) })
  })

  test('A silent stream shows that it is alive, ends when its token is revoked, and frames are for administrators.', async () => {
    const served = await serve()
    const { news, response } = await reader(served)
    await news()
    served.run(15_000)
    expect(names(await news())).toContain('ping')
    expect((await served.ask('GET', `/api/events?frames=${path}`, { as: 'operate' })).status).toBe(403)
    await served.app.accounts.saveTokens([])
    served.run(15_000)
    await news()
    expect(response.body?.locked).toBe(true)
    expect((await served.ask('GET', '/api/site', { as: 'administer' })).status).toBe(401)
  })

  test('No more may watch than there is room for, and a reader that reads no more is let go.', async () => {
    const served = await serve()
    for (let i = 0; i < 64; i++) expect((await served.ask('GET', '/api/events', { as: 'look' })).status).toBe(200)
    expect((await served.ask('GET', '/api/events', { as: 'look' })).status).toBe(503)
    for (let i = 0; i < 6; i++) served.run(15_000)
    expect((await served.ask('GET', '/api/events', { as: 'look' })).status).toBe(200)
  })

  test('Chargers that are no longer configured are told as removed.', async () => {
    const served = await serve()
    const { news } = await reader(served)
    await news()
    await answer(served, 'removeCharger', `/api/chargers/${path}/1`)
    served.run(1_000)
    const told = await news()
    expect(told).toContainEqual({ event: 'removed', data: { identity, connector: 1 } })
    expect(names(told)).toContain('configuration')
  })
})
