import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wildTexts } from '../../property-tests/ocpp-arbitraries.ts'
import { errorCodes } from './error-code.ts'
import { encodeCall, encodeError, encodeResult, parseFrame } from './frame.ts'

const ids = fc.string({ minLength: 1, maxLength: 36 })
const bomb = (open: string, close: string, depth: number) => `[2,"a","DataTransfer",{"x":${open.repeat(depth)}1${close.repeat(depth)}}]`
const payloads = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })).map((payload) => JSON.parse(JSON.stringify(payload)))

describe('What we write is read as what it was', () => {
  test('in a CALL.', () => {
    fc.assert(fc.property(ids, fc.string(), payloads, (id, action, payload) => {
      expect(parseFrame(encodeCall(id, action, payload))).toEqual({ type: 'call', id, action, payload })
    }))
  })

  test('in a CALLRESULT.', () => {
    fc.assert(fc.property(ids, payloads, (id, payload) => {
      expect(parseFrame(encodeResult(id, payload))).toEqual({ type: 'result', id, payload })
    }))
  })

  test('in a CALLRESULT, which is written as JSON.stringify does.', () => {
    fc.assert(fc.property(ids, payloads, (id, payload) => {
      expect(encodeResult(id, { ...payload, absent: undefined })).toBe(JSON.stringify([3, id, payload]))
    }))
  })

  test('in a CALLERROR.', () => {
    fc.assert(fc.property(ids, fc.constantFrom(...errorCodes), fc.string(), payloads, (id, code, description, details) => {
      expect(parseFrame(encodeError(id, code, description, details))).toEqual({ type: 'error', id, code, description, details })
    }))
  })
})

test('A CALLERROR always has five elements, and its description is short and printable.', () => {
  fc.assert(fc.property(fc.string(), wildTexts(600), (id, description) => {
    const elements = JSON.parse(encodeError(id, 'GenericError', description))
    expect(elements).toHaveLength(5)
    expect(elements[3].length).toBeLessThanOrEqual(255)
    expect(elements[3]).not.toMatch(/\p{C}/u)
    expect(elements[4]).toEqual({})
  }))
})

test('No text makes it throw, and only what is owed an answer has an id to answer to.', () => {
  const begun = fc.tuple(fc.constantFrom('[2,"a",', '[3,"a",', '[4,"a",', '[2,', '['), fc.string()).map((parts) => parts.join(''))
  const elements = fc.array(fc.oneof(fc.constantFrom(2, 3, 4, 5, '', 'id', null), fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 })
  fc.assert(fc.property(fc.oneof(wildTexts(40), fc.json(), begun, elements.map((list) => JSON.stringify(list))), (text) => {
    const frame = parseFrame(text)
    if (frame.type === 'call') expect(frame.id.length).toSatisfy((length: number) => length >= 1 && length <= 36)
    if (frame.type === 'malformed') expect(text.trimStart()).toMatch(/^\[\s*2\b/)
  }), { numRuns: 2000 })
})

test.each([
  ['[2,"a","Heartbeat",null]', 'null is an empty payload', { type: 'call', id: 'a', action: 'Heartbeat', payload: {} }],
  [' [ 2 , "a" , "Heartbeat" , { } ] ', 'spaces do not matter', { type: 'call', id: 'a' }],
  ['\ufeff[2,"a","Heartbeat",{}]\n\0\0', 'a byte order mark and the end of a C string do no harm', { type: 'call', id: 'a' }],
  ['[2,"a","__proto__",{"__proto__":1}]', 'names are only texts', { type: 'call', action: '__proto__' }],
  ['[3,"a",null]', 'null is an empty payload', { type: 'result', id: 'a', payload: {} }],
  ['[3,"a"]', 'so is none', { type: 'result', id: 'a', payload: {} }],
  ['[4,"a","FormatViolation","why",{}]', 'a corrected spelling means the same', { code: 'FormationViolation', description: 'why' }],
  ['[4,"a","Oops","why"]', 'an unknown code is kept in words', { code: 'GenericError', description: 'Oops: why', details: {} }],
  ['[4,"a","GenericError","\\u001b[31m",{}]', 'what is said is made printable', { description: '\ufffd[31m' }],
  ['[4,"a"]', 'a CALLERROR needs nothing but its id', { type: 'error', code: 'GenericError', description: '', details: {} }],
])('%s: %s.', (text, _law, frame) => {
  expect(parseFrame(text)).toMatchObject(frame)
})

test.each([
  ['[2,"","Heartbeat",{}]', ''],
  ['[2,null,"Heartbeat",{}]', '-1'],
  ['[2,7,"Heartbeat",{}]', '-1'],
  ['[2]', '-1'],
  [`[2,"${'x'.repeat(37)}","Heartbeat",{}]`, 'x'.repeat(37)],
  [`[2,"${'x'.repeat(1_000_000)}","Heartbeat",{}]`, '-1'],
  ['[2,"a"]', 'a'],
  ['[2,"a","Heartbeat"]', 'a'],
  ['[2,"a","Heartbeat",{},1]', 'a'],
  ['[2,"a",7,{}]', 'a'],
  ['[2,"a","Heartbeat",[]]', 'a'],
  ['[2,"a","Heartbeat","x"]', 'a'],
  ['[2, "4711", "StatusNotification", {"connectorId":1,', '4711'],
])('%.60s is a FormationViolation, answered under the id that can be had.', (text, id) => {
  expect(parseFrame(text)).toEqual({ type: 'malformed', id, code: 'FormationViolation', description: expect.any(String) })
})

test.each([
  '', 'null', '7', '"x"', '{}', '[]', '[[2]]', '["2","a","Heartbeat",{}]', '[5,"a","Heartbeat",{}]', '[1e400]', '[3]', '[3,null,{}]', '[4]',
  '[3,"",{}]', 'GET / HTTP/1.1', '[2,', '[4,"a",',
])('%s is ignored.', (text) => {
  expect(parseFrame(text)).toEqual({ type: 'ignored', reason: expect.any(String) })
})

test.each(['[3,"a",[]]', '[3,"a","Accepted"]', '[3,"a",{"configurationKey":[{"key":"x"'])(
  'A CALLRESULT that cannot be read, such as %s, lets its CALL fail at once.', (text) => {
    expect(parseFrame(text)).toMatchObject({ type: 'error', id: 'a', code: 'FormationViolation' })
  })

describe('A text that nests too deep', () => {
  test.each([['[', ']'], ['{"a":', '}'], ['[{"a":', '}]']])('is not parsed: %s', (open, close) => {
    expect(parseFrame(bomb(open, close, 100_000))).toMatchObject({ type: 'malformed', id: 'a' })
  })

  test('is told from brackets in a text.', () => {
    const payload = { data: `${'['.repeat(9000)}\\"${'{'.repeat(9000)}` }
    expect(parseFrame(encodeCall('a', 'DataTransfer', payload))).toMatchObject({ type: 'call', payload })
  })

  test('is told from one that is only long.', () => {
    const meterValue = Array.from({ length: 500 }, () => ({ timestamp: '', sampledValue: [{ value: '1' }] }))
    expect(parseFrame(encodeCall('a', 'MeterValues', { meterValue }))).toMatchObject({ type: 'call', payload: { meterValue } })
  })

  test('is let through when it is too short to do harm: what is read can be written again.', () => {
    const frame = parseFrame(bomb('[', ']', 2000))
    expect(frame.type).toBe('call')
    expect(() => JSON.stringify(frame)).not.toThrow()
  })

  test('does not look closed because of surplus closing brackets.', () => {
    expect(parseFrame(`[2,"a","DataTransfer",${']'.repeat(5000)}${'['.repeat(5000)}`)).toMatchObject({ type: 'malformed', id: 'a' })
  })
})
