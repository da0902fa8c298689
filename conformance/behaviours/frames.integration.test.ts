import { describe, expect, test } from 'vitest'
import { charger } from '../central-system.ts'
import type { Asked, Reply } from '../charge-point.ts'
import { bootNotification, status, useSite } from './site.ts'

const site = useSite(['CP1', 'CP2', 'CP3', 'SLOW', 'DROPS', 'REBORN', '__proto__', 'constructor'].map((identity) => charger(identity)))
const is = (action: string) => (asked: Asked): boolean => asked.action === action
const codeOf = (reply: Reply): string => (reply.type === 'error' ? reply.code : reply.type)

describe('5. What is no CALL as it should be', () => {
  test.each<readonly [what: string, id: string, text: string, code: string]>([
    ['an unknown action', 'a', '[2,"a","MakeCoffee",{}]', 'NotImplemented'],
    ['an action of a Central System', 'a', '[2,"a","RemoteStartTransaction",{}]', 'NotSupported'],
    ['an action in lower case', 'a', '[2,"a","heartbeat",{}]', 'NotImplemented'],
    ['an empty id', '', '[2,"","Heartbeat",{}]', 'FormationViolation'],
    ['an id that is null', '-1', '[2,null,"Heartbeat",{}]', 'FormationViolation'],
    ['an id that is a number', '-1', '[2,7,"Heartbeat",{}]', 'FormationViolation'],
    ['an id of 37 characters', 'i'.repeat(37), `[2,"${'i'.repeat(37)}","Heartbeat",{}]`, 'FormationViolation'],
    ['no payload', 'a', '[2,"a","Heartbeat"]', 'FormationViolation'],
    ['an element too many', 'a', '[2,"a","Heartbeat",{},1]', 'FormationViolation'],
    ['a payload that is a list', 'a', '[2,"a","Heartbeat",[]]', 'FormationViolation'],
    ['an action that is an object', 'a', '[2,"a",{},{}]', 'FormationViolation'],
    ['a CALL cut short', 'a', '[2,"a","Heartbeat",{"x":', 'FormationViolation'],
  ])('gets its CALLERROR: %s.', async (_, id, text, code) => {
    const station = await site.boots('CP1')
    const answer = await station.answerTo(id, text)
    expect(codeOf(answer)).toBe(code)
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test.each(['[5,"a","Heartbeat",{}]', '[6,"a",{}]', '[0]', '[]', '{}', 'null', '17', '"text"', '', '   ', 'hello', '[2', '{"a":', '[[[[', '[3]', '[4]', '[3,null,{}]'])('is passed over where nobody is owed an answer: %j.', async (text) => {
    const station = await site.boots('CP1')
    station.send(text)
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('A payload of null is an empty one.', async () => {
    const station = await site.boots('CP1')
    expect((await station.answerTo('a', '[2,"a","Heartbeat",null]')).type).toBe('result')
  })
})

describe('6. An answer', () => {
  test.each(['[3,"nothing",{"status":"Accepted"}]', '[4,"nothing","InternalError","",{}]', '[3,"",{}]', '[3,"__proto__",{}]'])('to nothing is passed over: %s.', async (text) => {
    const station = await site.boots('CP1', { answers: ({ action }) => (action === 'UnlockConnector' ? 'silence' : undefined) })
    const called = site.central().operator.call('CP1', 'UnlockConnector', { connectorId: 1 })
    const { id } = await station.asked(is('UnlockConnector'))
    station.send(text)
    station.send(`[3,"${id}",{"status":"NotSupported"}]`)
    expect(await called).toEqual({ type: 'result', payload: { status: 'NotSupported' } })
    station.send(`[3,"${id}",{"status":"Unlocked"}]`)
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('that nobody can read ends its CALL, and the next is sent.', async () => {
    const station = await site.boots('CP1', { answers: ({ action }) => (action === 'ClearCache' ? 'silence' : undefined) })
    const called = site.central().operator.call('CP1', 'ClearCache', {})
    const { id } = await station.asked(is('ClearCache'))
    station.send(`[3,"${id}",{"status":"Perhaps"}]`)
    expect(await called).toEqual({ type: 'result', payload: { status: 'Perhaps' } })
    expect(await site.central().operator.call('CP1', 'UnlockConnector', { connectorId: 1 })).toEqual({ type: 'result', payload: { status: 'Unlocked' } })
  })
})

describe('7. Of our CALLs', () => {
  test('one is in flight per Charge Point; others wait, other Charge Points do not, and what the charger asks is answered at once.', async () => {
    const slow = await site.boots('SLOW', { answers: ({ action }) => (action === 'UnlockConnector' ? 'silence' : undefined) })
    const other = await site.boots('CP2')
    const { operator } = site.central()
    const first = operator.call('SLOW', 'UnlockConnector', { connectorId: 1 })
    const { id } = await slow.asked(is('UnlockConnector'))
    const second = operator.call('SLOW', 'ClearCache', {})
    expect(await operator.call('CP2', 'ClearCache', {})).toMatchObject({ type: 'result' })
    expect(await slow.call('Heartbeat', {})).toHaveProperty('currentTime')
    await status(slow, 'Preparing')
    expect(slow.calls.filter(is('ClearCache'))).toEqual([])
    slow.send(`[3,"${id}",{"status":"Unlocked"}]`)
    expect(await Promise.all([first, second])).toEqual([{ type: 'result', payload: { status: 'Unlocked' } }, { type: 'result', payload: { status: 'Accepted' } }])
    expect(slow.calls.slice(-2).map(({ action }) => action)).toEqual(['UnlockConnector', 'ClearCache'])
    expect(other.calls.some(is('ClearCache'))).toBe(true)
  })
})

describe('8. When the connection drops', () => {
  test('an open CALL fails at once.', async () => {
    const station = await site.boots('DROPS', { answers: ({ action }) => (action === 'UnlockConnector' ? 'silence' : undefined) })
    const called = site.central().operator.call('DROPS', 'UnlockConnector', { connectorId: 1 })
    await station.asked(is('UnlockConnector'))
    await station.cut()
    expect(await called).toMatchObject({ type: 'refused', status: 504 })
  })

  test('ids go on: none is used twice, over reconnections and restarts, and none is longer than 36 characters.', async () => {
    const ids: string[] = []
    for (const round of ['connection', 'restart', 'end']) {
      const station = await site.boots('REBORN')
      for (let call = 0; call < 3; call++) await site.central().operator.call('REBORN', 'ClearCache', {})
      ids.push(...station.calls.map(({ id }) => id))
      await station.close()
      if (round === 'restart') await site.restart()
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.length >= 1 && id.length <= 36)).toBe(true)
  })
})

describe('9. A payload', () => {
  const available = { connectorId: 1, errorCode: 'NoError', status: 'Available' }
  test.each<readonly [what: string, action: string, payload: Readonly<Record<string, unknown>>, code: string]>([
    ['a word that nobody knows', 'StatusNotification', { ...available, status: 'Dancing' }, 'PropertyConstraintViolation'],
    ['an object for a number', 'StatusNotification', { ...available, connectorId: {} }, 'TypeConstraintViolation'],
    ['a number for a word', 'StatusNotification', { ...available, status: 7 }, 'TypeConstraintViolation'],
    ['a field that is missing', 'Authorize', {}, 'OccurenceConstraintViolation'],
    ['a field that is null', 'Authorize', { idTag: null }, 'OccurenceConstraintViolation'],
    ['no status', 'StatusNotification', { connectorId: 1, errorCode: 'NoError' }, 'OccurenceConstraintViolation'],
  ])('that cannot be read is told so by the code of its mistake: %s.', async (_, action, payload, code) => {
    const station = await site.boots('CP3')
    const answer = await station.answerTo('wrong', JSON.stringify([2, 'wrong', action, payload]))
    expect(codeOf(answer)).toBe(code)
  })

  test('may have more than the standard knows.', async () => {
    const station = await site.boots('CP3')
    expect(await station.call('Authorize', { idTag: 'DRIVER', connectorId: 1, vendor: { x: [1] } })).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  })
})

describe('10. Names of the prototype are only texts', () => {
  test.each(['__proto__', 'constructor'])('as identity: %s.', async (identity) => {
    const station = await site.boots(identity)
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
    expect(site.central().chargePoint(identity).profile.vendor).toBe('Vendor')
  })

  test.each(['toString', 'hasOwnProperty', 'valueOf'])('as an identity that is unknown: %s.', async (identity) => {
    await expect(site.dials(identity)).rejects.toThrow('404')
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('as action, id, tag and key: %s.', async (name) => {
    const station = await site.boots('CP1', { answers: ({ action }) => (action === 'GetConfiguration' ? { configurationKey: [{ key: name, readonly: false, value: name }], unknownKey: [name] } : undefined) })
    expect(codeOf(await station.answerTo('a', JSON.stringify([2, 'a', name, {}])))).toBe('NotImplemented')
    expect((await station.answerTo(name, JSON.stringify([2, name, 'Heartbeat', {}]))).type).toBe('result')
    expect(await station.call('Authorize', { idTag: name })).toEqual({ idTagInfo: { status: 'Invalid' } })
    const answer = await station.answerTo('b', `[2,"b","BootNotification",{"${name}":{"status":"x"},"chargePointVendor":"Vendor","chargePointModel":"Model"}]`)
    expect(answer).toMatchObject({ payload: { status: 'Accepted' } })
    expect(Object.keys({})).toEqual([])
    await station.call('BootNotification', bootNotification)
  })
})
