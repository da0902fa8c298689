import type { Happening, Instant, SiteConfig } from '../../core/index.ts'
import { parseFrame } from '../../core/ocpp/frame.ts'
import type { StationOptions } from '../../fixtures/charge-point/options.ts'
import { exampleIdentity } from '../../fixtures/site.ts'
import { begin, run } from '../../fixtures/world/engine.ts'
import { createInside, type Inside, type Parcel } from '../../fixtures/world/inside.ts'
import { send } from '../../fixtures/world/steps.ts'
import { createDescriber } from './describe.ts'

/** A world of one Charge Point, simulated or spoken for by a script, whose conversation is written down as it happens. */
export interface Stage {
  readonly inside: Inside
  /** When the clock of the transcript shows 00:00.000. */
  zero: Instant
  /** Lines that nobody has taken yet. */
  lines: string[]
  /** True: no telegram is confirmed. */
  deaf: boolean
  /** The connection of a Charge Point that a script speaks for; empty: it is away. */
  connection: string
  connections: number
  messages: number
  /** The CALL it was sent last. */
  call: { readonly id: string; readonly action: string }
}

/** Without options there is nobody at the door but whom a script speaks for. */
export function createStage(config: SiteConfig, startsAt: Instant, options?: Partial<StationOptions>): Stage {
  const stations = options ? [{ identity: exampleIdentity, options }] : []
  const fate = (parcel: Parcel): readonly number[] => (isLost(parcel) ? [] : [0])
  const isLost = (parcel: Parcel) =>
    parcel.to === 'site' ? stage.deaf && parcel.event.type === 'transmitted' : parcel.to === 'station' && !options
  const inside = createInside({ config, startsAt, stations, fate })
  const stage: Stage = {
    inside, zero: startsAt, lines: [], deaf: false, connection: '', connections: 0, messages: 0, call: { id: '', action: '' },
  }
  listen(stage)
  begin(inside)
  return stage
}

/** Writes down every step of the site from now on. */
function listen(stage: Stage): void {
  const { inside } = stage
  const describe = createDescriber(inside.config)
  const { dispatch } = inside.process
  const write = (line: string | undefined): void => {
    if (line !== undefined) stage.lines.push(`${clock(inside.at - stage.zero)}  ${withSerials(line, inside)}`)
  }
  Object.assign(inside.process, {
    dispatch(event: Parameters<typeof dispatch>[0]) {
      write(describe.event(event))
      const effects = dispatch(event)
      for (const effect of effects) {
        write(describe.effect(effect))
        const frame = effect.type === 'send' ? parseFrame(effect.text) : undefined
        if (frame?.type === 'call') stage.call = frame
      }
      return effects
    },
  })
}

/** Something happens to the site, and all that follows at once follows. */
export function happen(stage: Stage, event: Happening): void {
  send(stage.inside, { to: 'site', event })
  run(stage.inside, 0)
}

/** The lines since they were last taken. */
export function takeLines(stage: Stage): readonly string[] {
  const { lines } = stage
  stage.lines = []
  return lines
}

/** Transactions by their number in the order of the site: their ids say nothing to people. */
function withSerials(line: string, { process }: Inside): string {
  return process.books().reduce((text, { id, serial }) => text.replaceAll(String(id), `#${serial}`), line)
}

function clock(ms: number): string {
  const seconds = ((ms % 60_000) / 1_000).toFixed(3)
  return `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${seconds.padStart(6, '0')}`
}
