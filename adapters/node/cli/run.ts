import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import type { Effect, Event, SiteConfig } from '../../../core/index.ts'
import { version } from '../../../package.json'
import { mask } from '../../hono/mask.ts'
import { localNames } from '../certificates/local-names.ts'
import { formatMistakes } from '../config/format.ts'
import type { SiteReading } from '../config/load.ts'
import { watchSite } from '../config/watch.ts'
import { startController, type Controller } from '../controller.ts'
import { configurationFile } from '../http/configuration-file.ts'
import { lineWriter } from '../line-writer.ts'
import { createLog, type Log } from '../log.ts'
import { requireConfig } from './site-file.ts'

export interface RunOptions {
  readonly data: string
  readonly trace?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Runs the controller until it is told to end; a changed file, or SIGHUP, brings a new configuration in. */
export async function run(file: string, { data, trace, json, verbose }: RunOptions): Promise<void> {
  if (!existsSync(file)) throw new Error(`there is no ${file}. Write one (docs/configuration.md), or see wallbus at work with: wallbus demo`)
  const log = createLog(lineWriter(process.stdout), { json: json ?? !process.stdout.isTTY, verbose: verbose ?? false })
  const watch = trace === undefined ? undefined : recorder(trace)
  const changed: ((config: SiteConfig) => void)[] = []
  const site = await watchSite(file, (reading) => take(file, reading, log, changed))
  const config = requireConfig(file, site.first)
  const password = process.env['WALLBUS_ADMIN_PASSWORD']
  const panel = { configuration: configurationFile(file, site.reload), version, ...(password !== undefined && { password }) }
  const controller = await startController({ config, data, log, panel, ...(watch && { watch }) })
  changed.push((next) => {
    controller.reconfigure(next).catch((error: unknown) => log({ at: Date.now(), level: 'error', source: 'configuration', text: `not all of it could be taken over: ${String(error)}` }))
  })
  process.on('SIGHUP', () => void site.reload())
  greet(config, controller, log)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  site.close()
  await controller.stop()
  // Sockets of others must not keep a controller alive that has saved all.
  process.exit(0)
}

function take(file: string, { config, mistakes, warnings }: SiteReading, log: Log, changed: readonly ((config: SiteConfig) => void)[]): void {
  const say = (level: 'warning' | 'error', text: string) => log({ at: Date.now(), level, source: 'configuration', text })
  if (warnings.length > 0) say('warning', formatMistakes(file, warnings, 'warning'))
  if (config) for (const listener of changed) listener(config)
  else say('error', `the one before stays in force: ${formatMistakes(file, mistakes)}`)
}

function greet({ ocpp, knx, chargers }: SiteConfig, { port, panelPort }: Controller, log: Log): void {
  const say = (text: string) => log({ at: Date.now(), level: 'info', source: 'wallbus', text })
  const name = localNames().find((candidate) => /^\d+\.\d+\.\d+\.\d+$/.test(candidate) && candidate !== '127.0.0.1')
  say(`chargers connect to ${ocpp.secure ? 'wss' : 'ws'}://${name ?? 'localhost'}:${port}/<identity>; ${chargers.length} configured`)
  if (panelPort !== undefined) say(`panel and API: ${ocpp.secure ? 'https' : 'http'}://${name ?? 'localhost'}:${panelPort}/`)
  say(knx.gateway === 'none' ? 'no KNX gateway is configured' : `KNX by ${knx.gateway}`)
}

/** Writes each step as a line of JSON; secrets stay out of what is handed around. */
function recorder(file: string): (event: Event, effects: readonly Effect[]) => void {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  return (event, effects) => void stream.write(`${JSON.stringify(mask({ event, effects }))}\n`)
}
