import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRecording } from '../../fixtures/recording.ts'
import { isAction, type Action } from './actions.ts'
import { parseFrame } from './frame.ts'
import { parseConfirmation, parseRequest } from './receive.ts'

/** The message ids of frames that cannot be read, by file: whoever posted them cut them off, or the charger wrote what is not JSON. */
const unreadable: { readonly [file: string]: readonly string[] } = {
  'chargers/abb-terra-ac-1.jsonl': ['5827758'],
  'chargers/abb-terra-ac-4.jsonl': ['0317004'],
  'chargers/abb-terra-ac-6.jsonl': ['4100534'],
  'chargers/abb-terra-dc-1.jsonl': ['36:354'],
  'chargers/autel-maxi-1.jsonl': ['a27c1d85-1899-4dce-b973-6af0550c2b34'],
  'chargers/enplus-ac-1.jsonl': ['2719'],
  'chargers/evbox-elvi-1.jsonl': ['2e218e07-df12-4665-b782-40e9a1af0d4e'],
  'chargers/evbox-elvi-2.jsonl': ['2e22b39d-df12-4665-b782-40e9dfa4173e'],
  'chargers/evbox-elvi-6.jsonl': [
    '2cb92a04-df12-4647-b7e3-40e55b630124', '2cb92a04-df12-4647-b7e3-40e58b583a24', '2cb92a05-df12-4647-b7e3-40e5bb4ecb2c',
  ],
  'chargers/evcc19771-unknown-1.jsonl': ['00449ee0-67d5-7e3b-869c-a4cf848cd3c9'],
  'chargers/evcc30943-unknown-1.jsonl': ['uhxul1fcqi6gd9taerfbs937'],
  'chargers/everest-tarragon-1.jsonl': ['941dfb0b-b995-45f5-9833-9dfb3f60dcfb'],
  'chargers/goe-3.jsonl': ['3526263417'],
  'chargers/grizzle-smart-1.jsonl': ['64b4a0fc-7282-4e26-ab30-cc3c2955c70d'],
  'chargers/grizzle-smart-2.jsonl': ['189ce671-e12c-4b3d-b2bf-4112ee759f26'],
  'chargers/ha609-chhome-1.jsonl': ['16086'],
  'chargers/mennekes-4business-1.jsonl': ['463467811'],
  'chargers/steve1916-unknown-1.jsonl': ['6a73f5c6-d83b-11f0-bd33-000a14879883', '6c285b1e-d83b-11f0-bd33-000a14879883'],
  'chargers/wallbox-pulsarplus-2.jsonl': ['316114569', '686353697'],
  'chargers/zjbeny-1.jsonl': ['b4r3j7d3r1dlbnvm2zfwpu0s'],
}

/** What chargers do in their own way, by file. */
const remarkable: { readonly [file: string]: readonly string[] } = {
  'chargers/abb-terra-ac-3.jsonl': ['info: received "null", expected !"null"'],
  'chargers/abb-terra-ac-7.jsonl': ['info: received "null", expected !"null"'],
  'chargers/abb-terra-ac-8.jsonl': ['info: received "null", expected !"null"'],
  'chargers/grizzle-connect-3.jsonl': ['chargePointModel: length 22, expected <=20'],
}

const folder = new URL('../../fixtures/traces/', import.meta.url)
const files = ['chargers', 'clients'].flatMap((name) => readdirSync(new URL(name, folder)).map((file) => `${name}/${file}`))

describe.each(files)('%s', (file) => {
  test('Every frame of the charger that is JSON is understood, and nothing is warned of but what is known.', () => {
    const { cut, refused, warnings } = listen(readFileSync(new URL(file, folder), 'utf8'))
    expect(refused).toEqual([])
    expect(cut).toEqual(unreadable[file] ?? [])
    expect([...new Set(warnings)]).toEqual(remarkable[file] ?? [])
  })
})

/** Reads what a charger says in a recording, as far as it is known what it answers to. */
function listen(recording: string) {
  const asked = new Map<string, Action>()
  const cut: string[] = []
  const refused: string[] = []
  const warnings: string[] = []
  const { lines } = readRecording(recording)
  for (const line of lines) {
    if (line.type !== 'frame') continue
    const frame = parseFrame(line.text)
    if (line.from === 'central') {
      if (frame.type === 'call' && isAction(frame.action)) asked.set(frame.id, frame.action)
    } else if (frame.type === 'ignored') {
      refused.push(frame.reason)
    } else if (frame.type === 'malformed' || frame.type === 'error') {
      cut.push(frame.id)
    } else {
      const action = frame.type === 'result' ? asked.get(frame.id) : undefined
      if (frame.type === 'result' && action === undefined) continue
      const result = frame.type === 'call' ? parseRequest(frame.action, frame.payload) : action && parseConfirmation(action, frame.payload)
      if (result?.ok) warnings.push(...result.warnings)
      else refused.push(`${frame.id}: ${result?.description}`)
    }
  }
  return { cut, refused, warnings }
}
