import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { charger, startCentralSystem, type CentralSystem } from '../central-system.ts'
import { play, type Step } from '../conversation.ts'
import { charging } from './charging.ts'
import { pending } from './pending.ts'
import { remoteControl } from './remote-control.ts'
import { firstPassword, security } from './security.ts'

const conversations: { readonly [id: string]: readonly Step[] } = { ...charging, ...remoteControl, ...security }
const cases = readFileSync(new URL('cases.txt', import.meta.url), 'utf8').trim().split('\n').map((line) => line.split('\t') as [id: string, title: string])

/** On a Central System that is secure from the beginning, and those that have one to themselves. */
const secure: readonly string[] = ['TC_074_CSMS', 'TC_077_CSMS', 'TC_086_CSMS', 'TC_087_CSMS']
const alone: readonly string[] = ['TC_083_CSMS']
const withPassword: readonly string[] = ['TC_073_CSMS', 'TC_074_CSMS', 'TC_077_CSMS', 'TC_083_CSMS', 'TC_085_CSMS', 'TC_087_CSMS']

/** Every case has a Charge Point of its own, named as the case. */
const chargers = cases.map(([id]) => charger(id, withPassword.includes(id) ? { password: firstPassword } : {}))

test('Each of the 77 cases has its conversation.', () => {
  expect(Object.keys(conversations).sort()).toEqual(cases.map(([id]) => id).sort())
  expect(Object.keys(pending).filter((id) => !Object.hasOwn(conversations, id))).toEqual([])
})

describe('The Central System passes', () => {
  let plain: CentralSystem
  let guarded: CentralSystem
  const own: CentralSystem[] = []
  beforeAll(async () => {
    ;[plain, guarded] = await Promise.all([startCentralSystem({ chargers }), startCentralSystem({ chargers, secure: true })])
  })
  afterAll(() => Promise.all([plain, guarded, ...own].map((central) => central.stop())))

  async function centralOf(id: string): Promise<CentralSystem> {
    if (!alone.includes(id)) return secure.includes(id) ? guarded : plain
    const central = await startCentralSystem({ chargers })
    own.push(central)
    return central
  }

  describe.each(cases)('%s', (id, title) => {
    const run = Object.hasOwn(pending, id) ? test.fails : test
    run(title, async () => play(await centralOf(id), id, conversations[id] ?? []))
  })
})
