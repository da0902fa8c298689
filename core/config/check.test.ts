import { describe, expect, test } from 'vitest'
import { readConfig } from './check.ts'
import { pathText } from './mistake.ts'
import { limits } from './schema.ts'

const charger = { name: 'Left', identity: 'A' }

function told(input: unknown): readonly string[] {
  return readConfig(input).mistakes.map(({ path, what, right }) => `${pathText(path)}: ${what}; ${right}`)
}

function toldOfCharger(part: object): readonly string[] {
  return told({ chargers: [{ ...charger, ...part }] })
}

function warned(input: unknown): readonly string[] {
  return readConfig(input).warnings.map(({ path, what }) => `${pathText(path)}: ${what}`)
}

function oneMoreThan(limit: number): readonly string[] {
  return Array.from({ length: limit + 1 }, () => 'x')
}

describe('Defaults', () => {
  test('Every section may be left out.', () => {
    expect(readConfig({})).toEqual({
      config: {
        site: { name: 'Home', timeZone: 'UTC' },
        ocpp: { port: 8016, secure: false, callTimeout: 65, pingInterval: 25, limitInterval: 10, sampleInterval: 30 },
        knx: { gateway: 'none', port: 3671, nat: false, telegramsPerSecond: 20, cycle: 0 },
        panel: { port: 8080 },
        tags: [],
        chargers: [],
      },
      mistakes: [],
      warnings: [expect.objectContaining({ path: ['chargers'] })],
    })
  })

  test('A charger needs a name and an identity; the rest is as in the manual.', () => {
    expect(readConfig({ chargers: [charger] }).config?.chargers).toEqual([{
      name: 'Left', identity: 'A', connector: 1, normalCurrent: 10, fastCurrent: 16, fuseCurrent: 32, phases: 3, stopBy: 'auto', setUp: true, localList: false,
      timeType: 'DPT 10.001', currentType: 'DPT 14.019', startTags: ['*'], managedTags: [], objects: {},
    }])
    expect(told({ chargers: [{}] })).toEqual([
      'chargers[0].name: nothing is written here; give a name',
      'chargers[0].identity: nothing is written here; give an identity',
    ])
  })

  test('A name with nothing after it is as if it were left out.', () => {
    const empty = { site: null, ocpp: { port: null }, tags: null, chargers: [{ ...charger, password: null, objects: { status: null } }] }
    expect(readConfig(empty).config).toEqual(readConfig({ chargers: [charger] }).config)
  })

  test('An empty password is none.', () => {
    expect(readConfig({ chargers: [{ ...charger, password: '' }] }).config?.chargers[0]).not.toHaveProperty('password')
  })

  test('Without a fuse a charger has one of 32 A, or of its fast current when that is more.', () => {
    const chargers = [16, 32, 63].map((fastCurrent) => ({ name: 'x', identity: String(fastCurrent), fastCurrent }))
    expect(readConfig({ chargers }).config?.chargers.map(({ fuseCurrent }) => fuseCurrent)).toEqual([32, 32, 63])
  })
})

describe('Group objects', () => {
  test('One address alone is for every flow the object has.', () => {
    const objects = { status: '1/0/1', charging: '1/0/2', reset: '1/0/3' }
    expect(readConfig({ chargers: [{ ...charger, objects }] }).config?.chargers[0]?.objects).toEqual({
      status: { send: 2049 }, charging: { send: 2050, receive: 2050 }, reset: { receive: 2051 },
    })
  })

  test('A pair names the flow, and only flows the object has.', () => {
    expect(readConfig({ chargers: [{ ...charger, objects: { charging: { receive: '1/0/2' } } }] }).config?.chargers[0]?.objects)
      .toEqual({ charging: { receive: 2050 } })
    expect(toldOfCharger({ objects: { status: { receive: '1/0/1' } } }))
      .toEqual(['chargers[0].objects.status.receive: unknown name "receive"; known here: send'])
  })

  test('An address is a text of three or two parts within their ranges.', () => {
    expect(toldOfCharger({ objects: { status: '9/9/1' } }))
      .toEqual([expect.stringMatching(/^chargers\[0]\.objects\.status: "9\/9\/1" is not a group address; the middle group/)])
    expect(toldOfCharger({ objects: { status: 9.7 } })).toHaveLength(1)
    expect(toldOfCharger({ objects: { status: ['9/7/1'] } })).toHaveLength(1)
    expect(toldOfCharger({ objects: { status: '9/1833' } })).toEqual([])
  })

  test('Two objects that send on one address are a mistake, even on two chargers.', () => {
    expect(toldOfCharger({ objects: { status: '1/0/1', errorCode: '1/0/1' } })).toEqual([
      'chargers[0].objects.errorCode.send: 1/0/1 is sent by chargers[0].objects.status already; one group object sends on an address',
    ])
    const objects = { charging: '1/0/1' }
    expect(told({ chargers: [{ ...charger, objects }, { name: 'B', identity: 'B', objects }] }))
      .toEqual([expect.stringContaining('chargers[1].objects.charging.send: 1/0/1 is sent by chargers[0].objects.charging already')])
  })

  test('An object that listens to what another one sends is a mistake, whichever is listed first.', () => {
    expect(toldOfCharger({ objects: { charging: { receive: '1/0/1' }, availability: { send: '1/0/1' } } })).toEqual([
      expect.stringContaining('chargers[0].objects.charging.receive: 1/0/1 is sent by chargers[0].objects.availability; '),
    ])
  })

  test('One object may send and receive on one address.', () => {
    expect(toldOfCharger({ objects: { charging: { send: '1/0/1', receive: '1/0/1' } } })).toEqual([])
  })

  test('Objects of one datapoint type may receive on one address: one telegram resets every charger.', () => {
    const objects = { reset: '1/0/1' }
    expect(told({ chargers: [{ ...charger, objects }, { name: 'B', identity: 'B', objects }] })).toEqual([])
  })

  test('Objects of different datapoint types on one address are a mistake.', () => {
    expect(toldOfCharger({ objects: { reservation: '1/0/1', unlock: '1/0/1' } })).toEqual([
      expect.stringContaining('objects.unlock.receive: 1/0/1 is DPT 1.010 at chargers[0].objects.reservation and DPT 1.003 here'),
    ])
    const maxCurrent = { receive: '1/0/1' }
    expect(told({ chargers: [
      { ...charger, objects: { maxCurrent } },
      { name: 'B', identity: 'B', currentType: 'DPT 9.021', objects: { maxCurrent } },
    ] })).toHaveLength(1)
  })
})

describe('All mistakes are told at once', () => {
  test('A rule between two names speaks while other names are wrong.', () => {
    expect(told({
      panel: { port: 8016, colour: 'red' },
      chargers: [
        { name: 5, identity: 'A', objects: { status: '1/0/1', errorCode: { send: '1/0/1', receive: '1/0/2' } } },
        { identity: 'A', fastCurrent: 40, fuseCurrent: 20 },
      ],
    })).toEqual([
      expect.stringContaining('panel.colour: unknown name "colour"; known here: port'),
      expect.stringContaining('chargers[0].name: 5 is not a name'),
      expect.stringContaining('chargers[0].objects.errorCode.receive: unknown name "receive"'),
      expect.stringContaining('chargers[1].name: nothing is written here'),
      expect.stringContaining('panel.port: 8016 is the port of ocpp already'),
      expect.stringContaining('chargers[1].connector: chargers[0] is this connector'),
      expect.stringContaining('chargers[1].fastCurrent: 40 A is more than the fuse of 20 A'),
      expect.stringContaining('chargers[0].objects.errorCode.send: 1/0/1 is sent by chargers[0].objects.status already'),
    ])
  })

  test('A value that is wrong by itself takes part in no other rule.', () => {
    expect(toldOfCharger({ fuseCurrent: '40', normalCurrent: 40 })).toHaveLength(1)
    expect(toldOfCharger({ fastCurrent: '40', normalCurrent: 40 })).toHaveLength(1)
    expect(toldOfCharger({ timeType: 'DPT 11.001', objects: { startTime: '1/0/1' } })).toHaveLength(1)
  })

  test('Instead of a section a text or a list is one mistake.', () => {
    expect(told({ site: [], ocpp: 'secure', chargers: {} })).toEqual([
      'site: a list is not the site; write its names: name, timeZone',
      'ocpp: "secure" is not the side of OCPP; write its names: port, secure, callTimeout, pingInterval, limitInterval, sampleInterval',
      'chargers: a group of names is not a list of chargers; write [one, two]',
    ])
  })

  test.each([null, undefined, 'text', 5, [], true])('%j is not a configuration.', (input) => {
    expect(readConfig(input)).toEqual({ mistakes: [expect.objectContaining({ path: [] })], warnings: [] })
  })
})

describe('Names', () => {
  test('An unknown name is a mistake with the name that is likely meant.', () => {
    expect(readConfig({ chargers: [{ ...charger, conector: 1 }] }).mistakes).toEqual([
      { path: ['chargers', 0, 'conector'], what: 'unknown name "conector"', right: 'did you mean `connector`?', on: 'name' },
    ])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any: unknown, an identity, a tag.', (name) => {
    const unknown = `"${name}": "1/0/1"`
    const input: unknown = JSON.parse(`{${unknown}, "chargers": [{"name": "x", "identity": "x", ${unknown}, "objects": {${unknown}}}]}`)
    expect(told(input)).toHaveLength(3)
    const config = readConfig({ tags: [{ tag: name }], chargers: [{ name, identity: name, startTags: [name] }] }).config
    expect(config?.chargers[0]?.identity).toBe(name)
  })
})

describe('Limits against abuse', () => {
  test('More chargers, tags, or tags of one charger than the limits are one mistake; nothing in them is looked at.', () => {
    expect(told({ chargers: oneMoreThan(limits.chargers) })).toEqual([`chargers: 20001 chargers are too many; at most ${limits.chargers}`])
    expect(told({ tags: oneMoreThan(limits.tags) })).toHaveLength(1)
    expect(toldOfCharger({ startTags: oneMoreThan(limits.tagsPerCharger) })).toHaveLength(1)
  })
})

describe('Warnings', () => {
  test('A charger that speaks to no one is a warning, and works.', () => {
    expect(warned({ knx: { gateway: 'virtual' }, chargers: [charger] }))
      .toEqual(['knx.gateway: there is a bus, but no group object has an address'])
    const listening = [{ ...charger, objects: { reset: '1/0/1' } }]
    expect(warned({ chargers: listening })).toEqual(['knx.gateway: group objects have addresses, but there is no bus'])
    expect(warned({ knx: { gateway: 'virtual' }, chargers: listening })).toEqual(['knx.gateway: no group object sends'])
    expect(warned({ knx: { gateway: 'virtual' }, chargers: [{ ...charger, objects: { status: '1/0/1' } }] })).toEqual([])
  })

  test('Times on the bus without a time zone, a colon in an identity with a password, a slow fast, and a long tag are warnings.', () => {
    expect(warned({
      knx: { gateway: 'virtual' },
      chargers: [{
        name: 'x', identity: 'a:b', password: 'p', normalCurrent: 16, fastCurrent: 10,
        startTags: ['x'.repeat(21)], objects: { startTime: '1/0/1' },
      }],
    })).toEqual([
      'site.timeZone: times on the bus are UTC',
      'chargers[0].identity: "a:b" has a colon',
      'chargers[0].normalCurrent: 16 A is more than the fast current of 10 A',
      'chargers[0].startTags[0]: "xxxxxxxxxxxxxxxxxxxxx" has 21 characters',
    ])
  })
})
