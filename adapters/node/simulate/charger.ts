import { createInterface, type Interface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { parseFrame } from '../../../core/ocpp/frame.ts'
import { findOutlet, isOnline, outlets, type Station } from '../../../fixtures/charge-point/station.ts'
import { statusOf } from '../../../fixtures/charge-point/status.ts'
import { openWsStation, type Watcher, type WsStation } from '../../../fixtures/charge-point/ws-station.ts'
import { parseScript, scriptHelp, type ScriptStep } from './script.ts'

type Input = Readable & { readonly isTTY?: boolean }
type Output = (line: string) => void

export interface ChargerOptions {
  /** Where to connect, without the identity: `ws://127.0.0.1:8016`. */
  readonly url: string
  readonly identity: string
  readonly connectors?: number
  readonly password?: string
  /** PEM of the root certificate, for `wss`. */
  readonly ca?: string
  /** What to do; without it commands are read from `input`. */
  readonly script?: string
  /** Standard input unless told. */
  readonly input?: Input
}

/** ms that a script waits for the Central System, for a status, and for what is still to be said at its end. */
const patience = { accepted: 60_000, status: 600_000, farewell: 10_000 } as const

/**
 * A charger that does as a script or a person says, and prints a line for whatever happens. Resolves when the script has ended, after
 * `quit`, or at SIGINT or SIGTERM; rejects when the script has a mistake, or waits in vain.
 */
export async function runCharger(options: ChargerOptions, output: Output): Promise<void> {
  const { url, identity, connectors = 1, password, ca, script, input = process.stdin } = options
  const steps = script === undefined ? undefined : parseScript(script)
  if (steps && !steps.ok) throw new Error(`the script has a mistake in ${steps.reason}`)
  const station = openWsStation({
    url, identity, station: { connectors, serialNumber: identity.slice(0, 25) }, watcher: printer(output),
    ...(password !== undefined && { password }), ...(ca !== undefined && { ca }),
  })
  const signals = new AbortController()
  const stop = () => signals.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const work = steps ? playScript(station, steps.value, signals.signal) : obeyLines(station, input, output, signals.signal)
    await Promise.race([work, aborted(signals.signal)])
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    signals.abort()
    await station.close()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

async function playScript(station: WsStation, steps: readonly ScriptStep[], signal: AbortSignal): Promise<void> {
  await inTime(station.until(isOnline, patience.accepted), 'the Central System did not accept the charger')
  for (const step of steps) if (await play(station, step, signal) === 'quit') return
  await station.until(isAllSaid, patience.farewell).catch(() => undefined)
}

/** Nothing is left to be said, or nobody is there to hear it. */
function isAllSaid(state: Station): boolean {
  return !isOnline(state) || (state.outbox.length === 0 && !state.pending)
}

async function inTime(event: Promise<Station>, failure: string): Promise<void> {
  await event.catch((error: Error) => {
    throw new Error(`${failure}: ${error.message}`, { cause: error })
  })
}

async function play(station: WsStation, step: ScriptStep, signal: AbortSignal): Promise<'quit' | 'done'> {
  switch (step.type) {
    case 'act':
      station.act(step.act)
      return 'done'
    case 'wait':
      await delay(step.delayMs, undefined, { signal }).catch(() => undefined)
      return 'done'
    case 'until': {
      const { connector, status } = step
      const holds = (state: Station) => {
        const outlet = findOutlet(state, connector)
        return outlet !== undefined && statusOf(state, outlet) === status
      }
      await inTime(station.until(holds, patience.status), `connector ${connector} is not ${status}`)
      return 'done'
    }
    case 'quit':
      return 'quit'
  }
}

/** Reads commands line by line; a mistake costs nothing. Where nobody can type, only a signal ends it. */
async function obeyLines(station: WsStation, input: Input, output: Output, signal: AbortSignal): Promise<void> {
  const lines = createInterface({ input })
  signal.addEventListener('abort', () => lines.close(), { once: true })
  if (input.isTTY) output(scriptHelp)
  const said = await obeyEach(station, lines, output, signal)
  if (!said && !input.isTTY) await aborted(signal)
}

async function obeyEach(station: WsStation, lines: Interface, output: Output, signal: AbortSignal): Promise<boolean> {
  let said = false
  for await (const line of lines) {
    said = true
    const steps = parseScript(line)
    if (!steps.ok) output(steps.reason)
    for (const step of steps.ok ? steps.value : []) if ((await play(station, step, signal)) === 'quit') return said
  }
  return said
}

/** Prints what is said and what has changed. */
function printer(output: Output): Watcher {
  const say = (text: string) => output(`${new Date().toLocaleTimeString('en-GB')} ${text}`)
  return {
    noted: say,
    frame: (from, text) => say(`  ${from === 'station' ? '→' : '←'} ${describeFrame(text)}`),
    stepped(before, after) {
      for (const outlet of outlets(after)) {
        const now = describeOutlet(after, outlet.id)
        if (now !== describeOutlet(before, outlet.id)) say(`connector ${outlet.id}: ${now}`)
      }
    },
  }
}

function describeOutlet(station: Station, id: number): string {
  const outlet = findOutlet(station, id)
  if (!outlet) return ''
  const status = statusOf(station, outlet)
  return status === 'Charging' ? `${status}, ${outlet.milliamperes / 1_000} A` : status
}

function describeFrame(text: string): string {
  const frame = parseFrame(text)
  if (frame.type === 'call') return `${frame.action} ${JSON.stringify(frame.payload)}`
  if (frame.type === 'result') return `  ${JSON.stringify(frame.payload)}`
  return frame.type === 'error' ? `  ${frame.code} ${frame.description}` : text
}
