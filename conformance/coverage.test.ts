import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Where each behaviour of a Central System beyond the certification cases is shown: a file, and how the title of a test or a group of tests in it begins. */
const shown: { readonly [behaviour: string]: readonly (readonly [file: string, title: string])[] } = {
  '1 subprotocols': [['conformance/behaviours/handshake.integration.test.ts', '1. '], ['adapters/node/ocpp-server/listen.integration.test.ts', 'offering %j']],
  '2 identities': [['conformance/behaviours/handshake.integration.test.ts', '2. '], ['core/charge-point/handshake.test.ts', 'The identity in a connection URL']],
  '3 passwords': [['conformance/behaviours/handshake.integration.test.ts', '3. ']],
  '4 the newest connection wins': [['conformance/behaviours/handshake.integration.test.ts', '4. '], ['property-tests/laws/life.ts', 'The newest connection wins']],
  '5 what is no CALL': [['conformance/behaviours/frames.integration.test.ts', '5. '], ['core/ocpp/frame.test.ts', 'No text makes it throw']],
  '6 answers to nothing': [['conformance/behaviours/frames.integration.test.ts', '6. '], ['property-tests/laws/frames.ts', 'An answer to no CALL in flight']],
  '7 one CALL in flight': [['conformance/behaviours/frames.integration.test.ts', '7. '], ['property-tests/laws/frames.ts', 'At most one CALL']],
  '8 drops and ids': [['conformance/behaviours/frames.integration.test.ts', '8. '], ['property-tests/laws/long.ts', 'No id of a CALL']],
  '9 codes of mistakes': [['conformance/behaviours/frames.integration.test.ts', '9. '], ['core/ocpp/receive.test.ts', 'A refusal']],
  '10 names of the prototype': [['conformance/behaviours/frames.integration.test.ts', '10. '], ['core/ocpp/receive.test.ts', 'Names of the prototype']],
  '11 boot': [['conformance/behaviours/life.integration.test.ts', '11. ']],
  '12 before the boot': [['conformance/behaviours/life.integration.test.ts', '12. A boot that is not accepted'], ['conformance/behaviours/life.integration.test.ts', '12. '], ['property-tests/laws/life.ts', 'Until its boot is accepted']],
  '13 life': [['conformance/behaviours/life.integration.test.ts', '13. ']],
  '14 tags': [['conformance/behaviours/life.integration.test.ts', '14. '], ['property-tests/laws/transactions.ts', 'Blocked, expired and unknown']],
  '15 refused starts': [['conformance/behaviours/life.integration.test.ts', '15. '], ['property-tests/laws/transactions.ts', 'A transaction whose tag is refused']],
  '16 always answered': [['conformance/behaviours/transactions.integration.test.ts', '16. '], ['property-tests/laws/transactions.ts', 'StartTransaction and StopTransaction always']],
  '17 numbers of transactions': [['conformance/behaviours/transactions.integration.test.ts', '17. '], ['property-tests/laws/long.ts', 'No two transactions']],
  '18 repeated starts': [['conformance/behaviours/transactions.integration.test.ts', '18. '], ['property-tests/laws/transactions.ts', 'The same StartTransaction again']],
  '19 ends': [['conformance/behaviours/transactions.integration.test.ts', '19. '], ['property-tests/laws/transactions.ts', 'StopTransaction ends only']],
  '20 meter values': [['conformance/behaviours/transactions.integration.test.ts', '20. ']],
  '21 restart of the Central System': [['conformance/behaviours/transactions.integration.test.ts', '21. '], ['adapters/node/controller.integration.test.ts', 'keeps a transaction over a restart']],
  '22 queues': [['conformance/behaviours/transactions.integration.test.ts', '22. '], ['property-tests/laws/transactions.ts', 'What a Charge Point of which something present is known replays']],
  '23 limits': [['conformance/behaviours/commands.test.ts', '23. '], ['fixtures/world.test.ts', 'A limit gets to a station']],
  '24 what is not supported': [['conformance/behaviours/commands.test.ts', '24. ']],
  '25 local list': [['conformance/behaviours/commands.test.ts', '25. '], ['conformance/octt/remote-control.ts', 'TC_043_5_CSMS']],
  '26 passwords from afar': [['conformance/octt/security.ts', 'TC_073_CSMS']],
  '27 states': [['conformance/behaviours/commands.test.ts', '27. ']],
  'abuse at the door': [['conformance/abuse.integration.test.ts', 'At the door'], ['adapters/node/ocpp-server/listen.integration.test.ts', 'When too many handshakes']],
  'abuse on a connection': [['conformance/abuse.integration.test.ts', 'On a connection'], ['adapters/node/ocpp-server/listen.integration.test.ts', 'that does not read']],
  'abuse in what is said': [['conformance/abuse.integration.test.ts', 'In what is said'], ['property-tests/laws/shape.ts', 'What people read']],
  'abuse in what is answered': [['conformance/abuse.integration.test.ts', 'In what is answered']],
}

const root = new URL('../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

test('Each of the 27 behaviours is shown somewhere, in their order, and so is each kind of abuse.', () => {
  const numbers = Object.keys(shown).flatMap((behaviour) => /^\d+/.exec(behaviour) ?? []).map(Number)
  expect(numbers).toEqual(Array.from({ length: 27 }, (_, index) => index + 1))
})

describe.each(Object.entries(shown))('%s', (_, places) => {
  test.each(places)('is shown in %s: %s.', (file, title) => {
    expect(read(file)).toMatch(new RegExp(`['\`]${title.replace(/[.*+?^$()|[\]{}]/g, '\\$&')}|\\b${title}: \\[`))
  })
})

test('The page about conformance names every file of tests here.', () => {
  const page = read('docs/conformance.md')
  const files = readdirSync(new URL('conformance/', root), { recursive: true }).map(String).filter((file) => file.endsWith('.test.ts'))
  for (const file of files) expect(page).toContain(file)
})
