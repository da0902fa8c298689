import { describe, expect, test } from 'vitest'
import { parseScript, scriptHelp } from './script.ts'

const stepsOf = (text: string) => {
  const script = parseScript(text)
  return script.ok ? script.value : script.reason
}
const act = (doing: object) => ({ type: 'act', act: doing })

test('Commands stand between semicolons or on lines of their own, with remarks and in any case.', () => {
  expect(stepsOf('plug; tag 04A1 ;wait 10s\r\n\n  STOP # enough\n;;unplug')).toEqual([
    act({ type: 'plug', connector: 1 }),
    act({ type: 'tag', connector: 1, idTag: '04A1' }),
    { type: 'wait', delayMs: 10_000 },
    act({ type: 'stop', connector: 1 }),
    act({ type: 'unplug', connector: 1 }),
  ])
  expect(stepsOf('')).toEqual([])
})

test.each<readonly [string, object]>([
  ['plug 2', act({ type: 'plug', connector: 2 })],
  ['tag 1234', act({ type: 'tag', connector: 1, idTag: '1234' })],
  ['tag 2 1234', act({ type: 'tag', connector: 2, idTag: '1234' })],
  ['start', act({ type: 'tag', connector: 1, idTag: '04A1B2C3D4' })],
  ['start 2', act({ type: 'tag', connector: 2, idTag: '04A1B2C3D4' })],
  ['start 2 ABC', act({ type: 'tag', connector: 2, idTag: 'ABC' })],
  ['draw 6', act({ type: 'drawsAmperes', connector: 1, amperes: 6 })],
  ['draw 2 13.8', act({ type: 'drawsAmperes', connector: 2, amperes: 13.8 })],
  ['meter', act({ type: 'meter', connector: 1 })],
  ['fault groundfailure', act({ type: 'fault', connector: 1, errorCode: 'GroundFailure' })],
  ['clear 2', act({ type: 'clearFault', connector: 2 })],
  ['drop', act({ type: 'drop' })],
  ['reconnect', act({ type: 'reconnect' })],
  ['reboot', act({ type: 'powerCycle' })],
  ['wait 500ms', { type: 'wait', delayMs: 500 }],
  ['wait 1.5m', { type: 'wait', delayMs: 90_000 }],
  ['wait until charging', { type: 'until', connector: 1, status: 'Charging' }],
  ['wait until 2 SuspendedEV', { type: 'until', connector: 2, status: 'SuspendedEV' }],
  ['quit', { type: 'quit' }],
])('%s', (text, step) => {
  expect(stepsOf(text)).toEqual([step])
})

describe('A mistake is named with its place, and with what was meant', () => {
  test.each([
    ['plug; unplgu', 'line 1, column 7: “unplgu” is no command; did you mean unplug?'],
    ['plug\n  tag', 'line 2, column 3: it is: tag [connector] <id>'],
    ['tag 1 2 3', 'line 1, column 1: it is: tag [connector] <id>'],
    ['tag 012345678901234567890', 'line 1, column 5: a tag has at most 20 characters'],
    ['draw much', 'line 1, column 6: “much” is no number of amperes'],
    ['wait forever', 'line 1, column 6: “forever” is no time: 500ms, 10s, 5m, 1h'],
    ['wait until Chargin', 'line 1, column 6: “Chargin” is no status; did you mean Charging?'],
    ['fault GroundFailur', 'line 1, column 7: “GroundFailur” is no error code; did you mean GroundFailure?'],
    ['drop now', 'line 1, column 1: it is: drop'],
    [
      'constructor',
      'line 1, column 1: “constructor” is no command: plug, unplug, tag, start, stop, draw, meter, fault, clear, drop, reconnect, ' +
        'reboot, wait, quit',
    ],
  ])('%s', (text, reason) => {
    expect(stepsOf(text)).toBe(reason)
  })
})

test('The help has a line for each command.', () => {
  expect(scriptHelp.split('\n')).toHaveLength(14)
  expect(scriptHelp).toContain('fault [connector] <code>   report a fault, such as GroundFailure')
})
