import { allMembers } from '../../core/index.ts'
import type { Counts, Live } from './live/live.ts'
import type { SitePort } from './port.ts'
import type { Charger } from './schemas/charger.ts'
import { viewChargersOf, viewSite } from './views.ts'

/** Something measured: its name, type and help, and what it is of a charger; null where it is not known. */
interface Metric {
  readonly name: string
  readonly help: string
  readonly of: (charger: Charger) => number | null
}

/** What is measured of each charger. Names follow Prometheus: base units at the end. */
const gauges: readonly Metric[] = [
  { name: 'wallbus_charger_connected', help: '1 while the charger is connected', of: ({ connected }) => Number(connected) },
  { name: 'wallbus_charger_charging', help: '1 while it charges', of: ({ charging }) => charging === null ? null : Number(charging) },
  { name: 'wallbus_charger_available', help: '0 while it is unavailable or has a fault', of: ({ status }) => status === null ? null : Number(status !== 'Unavailable' && status !== 'Faulted') },
  { name: 'wallbus_charger_current_amperes', help: 'Current', of: ({ current }) => current },
  { name: 'wallbus_charger_power_watts', help: 'Power', of: ({ power }) => power },
  { name: 'wallbus_charger_limit_wanted_amperes', help: 'Limit that is wanted', of: ({ limit }) => limit.wanted },
  { name: 'wallbus_charger_limit_effective_amperes', help: 'Limit that the charger has accepted', of: ({ limit }) => limit.effective },
  { name: 'wallbus_session_energy_watthours', help: 'Energy of the session that runs', of: ({ session }) => session?.energy ?? null },
]

/** All metrics in the text format of Prometheus. */
export function metricsText(port: SitePort, live: Live): string {
  const site = port.site()
  const chargers = allMembers(site.population).flatMap((member) => viewChargersOf(member, port.now(), site))
  const { version, bus, connected } = viewSite(port)
  return [
    ...block('wallbus_info', 'gauge', 'Version', [[labels({ version }), 1]]),
    ...block('wallbus_start_time_seconds', 'gauge', 'When this process began', [['', port.since / 1_000]]),
    ...block('wallbus_bus_up', 'gauge', '1 while the bus is reachable', [['', Number(bus.up)]]),
    ...block('wallbus_charge_points_connected', 'gauge', 'Charge Points that are connected', [['', connected]]),
    ...gauges.flatMap(({ name, help, of }) => block(name, 'gauge', help, chargers.flatMap((charger) => sampleOf(charger, of)))),
    ...counters(live.counts),
  ].join('\n').concat('\n')
}

type Line = readonly [labels: string, value: number]

function sampleOf(charger: Charger, of: Metric['of']): readonly Line[] {
  const value = of(charger)
  const { identity, connector, name } = charger
  return value === null ? [] : [[labels({ identity, connector: String(connector), name }), value]]
}

function counters(counts: Counts): readonly string[] {
  const kinds = [['events', 'Events of the site'], ['effects', 'What came of them'], ['notes', 'What people were told']] as const
  return kinds.flatMap(([kind, help]) => block(`wallbus_${kind}_total`, 'counter', help, [...counts[kind]].map(([type, { times }]) => [labels({ type }), times])))
}

function block(name: string, type: 'gauge' | 'counter', help: string, lines: readonly Line[]): readonly string[] {
  return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines.map(([label, value]) => `${name}${label} ${value}`)]
}

function labels(values: { readonly [name: string]: string }): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`)
  return `{${pairs.join(',')}}`
}
