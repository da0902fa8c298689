import type { EventData } from '../../hono/contract.ts'
import type { Charger, CommandView } from '../../hono/schemas/charger.ts'
import type { Attempt, SiteView } from '../../hono/schemas/diagnosis.ts'
import type { ServerEvent } from './event-stream.ts'

/** `live`: what is shown is so now. Everything else: it was so. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'forbidden'

/** What the stream of events has told so far. */
export interface Live {
  readonly link: LinkState
  /** When the stream was last known to be alive, by this machine's clock. */
  readonly heardAt: number
  /** What to add to this machine's clock to have the controller's. */
  readonly skewMs: number
  readonly site: SiteView | null
  readonly chargers: ReadonlyMap<string, Charger>
  readonly commands: ReadonlyMap<string, CommandView>
  /** Counts attempts and configurations that were told, so that pages know when to ask again. */
  readonly attempts: readonly Attempt[]
  readonly configurationVersion: string | null
  /** Events that the controller left out. */
  readonly lost: number
}

export const nothingYet: Live = {
  link: 'connecting', heardAt: 0, skewMs: 0, site: null, chargers: new Map(), commands: new Map(), attempts: [], configurationVersion: null, lost: 0,
}

/** How many commands and attempts are remembered. */
const kept = 300

export function chargerKey({ identity, connector }: { readonly identity: string; readonly connector: number }): string {
  return `${identity}/${connector}`
}

/** The state after some events that came at once; what cannot be read is left out. `begins`: they are the first of a connection. */
export function takeEvents(before: Live, events: readonly ServerEvent[], now: number, begins = false): Live {
  const chargers = new Map(begins ? [] : before.chargers)
  const commands = new Map(before.commands)
  let { site, attempts, configurationVersion, skewMs, lost } = before
  for (const { event, data } of events) {
    const value = parse(data)
    if (value === undefined) continue
    // The server is ours, and names each event by the contract.
    if (event === 'site') {
      site = value as EventData<'site'>
      skewMs = site.now - now
    } else if (event === 'charger') {
      const charger = value as EventData<'charger'>
      chargers.set(chargerKey(charger), charger)
    } else if (event === 'removed') chargers.delete(chargerKey(value as EventData<'removed'>))
    else if (event === 'command') putCommand(commands, value as EventData<'command'>)
    else if (event === 'attempt') attempts = putAttempt(attempts, value as EventData<'attempt'>)
    else if (event === 'configuration') configurationVersion = (value as EventData<'configuration'>).version
    else if (event === 'lost') lost += (value as EventData<'lost'>).count
  }
  return { link: 'live', heardAt: now, skewMs, site, chargers, commands, attempts, configurationVersion, lost }
}

function parse(data: string): unknown {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** The newest command is the last. */
export function putCommand(commands: Map<string, CommandView>, command: CommandView): void {
  if (!commands.has(command.id) && commands.size >= kept) {
    const [oldest] = commands.keys()
    if (oldest !== undefined) commands.delete(oldest)
  }
  commands.set(command.id, command)
}

function putAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  const others = attempts.filter(({ identity, remote }) => identity !== attempt.identity || remote !== attempt.remote)
  return [attempt, ...others].slice(0, kept)
}
