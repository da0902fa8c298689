import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startAnsweringServer, type AnsweringServer } from '../../../fixtures/charge-point/answering-server.ts'
import { runCharger } from './charger.ts'

let server: AnsweringServer
beforeEach(async () => {
  server = await startAnsweringServer()
})
afterEach(() => server.close())

const charger = () => ({ url: server.url, identity: 'CP1' })

test('A script plays a session to its end, and every line says what happens.', async () => {
  const lines: string[] = []
  const script = 'plug; tag 04A1; wait until Charging\nwait 10ms; stop; unplug; plug 9'
  await runCharger({ ...charger(), script }, (line) => lines.push(line))
  const actions = server.actions.filter((action) => action !== 'StatusNotification')
  expect(actions).toEqual(['BootNotification', 'Authorize', 'StartTransaction', 'StopTransaction'])
  const text = lines.join('\n')
  for (const said of [
    'connected', 'registration: Accepted', 'connector 1: Preparing', 'connector 1: Charging, 32 A', '→ StartTransaction',
    'connector 1: Finishing', 'there is no connector 9',
  ]) expect(text).toContain(said)
})

test('A script with a mistake does nothing at all.', async () => {
  const run = runCharger({ ...charger(), script: 'plug; plgu' }, () => undefined)
  await expect(run).rejects.toThrow('the script has a mistake in line 1, column 7')
  expect(server.handshakes).toEqual([])
})

test('Without a script it obeys line by line, and survives mistakes.', async () => {
  const lines: string[] = []
  const input = new PassThrough()
  const run = runCharger({ ...charger(), input }, (line) => lines.push(line))
  input.write('nonsense\nwait until Available\nplug\nwait until Preparing\nquit\n')
  await run
  expect(lines).toContainEqual(expect.stringContaining('“nonsense” is no command'))
  expect(lines).toContainEqual(expect.stringContaining('connector 1: Preparing'))
})
