import type { Order, Site } from '../core/index.ts'
import { events } from './alphabet.ts'
import { bus, configurations, oddBus, reads, restart, time, writes } from './alphabet/bus.ts'
import { commands, oddCommands } from './alphabet/commands.ts'
import { anyOf, call, type Letters } from './alphabet/letters.ts'
import { boot, failures, foreign, link, plainLink, words, yesOrNo } from './alphabet/link.ts'
import { meterValues, oddStarts, oddStops, repeatedStarts, repeatedStops, starts, statuses, stops } from './alphabet/transactions.ts'
import { begin, step } from './happening.ts'
import { smallSite, type Plan } from './small-site.ts'

/** A part of all that can happen, small enough for its graph to close. */
export interface Slice {
  readonly title: string
  readonly from: Site
  readonly letters: Letters
  readonly depth?: number
}

/** A site whose Charge Points are connected and booted, and have nothing left to say. */
export function ready(plan: Plan, profiles = 'Core'): Site {
  let site = begin(smallSite(plan))
  for (const identity of plan.identities ?? ['CP1']) {
    const { at } = site
    ;[site] = step(site, { type: 'opened', at, identity, connection: 'a', remote: '127.0.0.1', subprotocol: 'ocpp1.6' })
    const say = (text: string) => { [site] = step(site, { type: 'received', at, identity, connection: 'a', text }) }
    say(call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' }))
    while (site.population.groups.some(({ members }) => members.some(({ pending }) => pending))) {
      const pending = site.population.groups.flatMap(({ members }) => members).find((member) => member.identity === identity)?.pending
      const features = { configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: profiles }] }
      say(JSON.stringify([3, pending?.id, pending?.action === 'GetConfiguration' ? features : { status: 'Accepted' }]))
    }
  }
  return site
}

const order = {
  start: { type: 'start', idTag: null },
  startGood: { type: 'start', idTag: 'GOOD' },
  stop: { type: 'stop' },
  fast: { type: 'mode', mode: 'fast' },
  normal: { type: 'mode', mode: 'normal' },
  reserve: { type: 'reserve', idTag: null },
  reserveGood: { type: 'reserve', idTag: 'GOOD' },
  free: { type: 'free' },
  close: { type: 'availability', operative: false },
  open: { type: 'availability', operative: true },
  unlock: { type: 'unlock' },
  reset: { type: 'reset', hard: false },
} as const satisfies { readonly [name: string]: Order }

const { start, startGood, stop, fast, normal, reserve, reserveGood, free, close, open, unlock, reset } = order
const none: Plan = { objects: [], connectors: [1] }

export const slices: readonly Slice[] = [
  {
    title: 'transactions × status',
    from: ready(none),
    letters: anyOf(statuses([1]), starts([1], ['GOOD', 'BAD']), repeatedStarts, oddStarts, stops, repeatedStops, oddStops, time, yesOrNo, plainLink, boot),
  },
  {
    title: 'two connectors',
    from: ready({ objects: [] }),
    letters: anyOf(statuses([1, 2], ['Available', 'Charging']), starts([1, 2], ['GOOD']), repeatedStarts, stops, repeatedStops, time, yesOrNo),
  },
  {
    title: 'start and stop × answers',
    from: ready(none),
    letters: anyOf(statuses([1], ['Preparing', 'Charging', 'SuspendedEVSE', 'Faulted']), starts([1], ['WALLBUS']), stops, time, words, failures, plainLink, commands([1], [start, stop])),
  },
  {
    title: 'limits',
    from: ready(none, 'Core,SmartCharging'),
    letters: anyOf(starts([1], ['GOOD']), stops, time, words, failures, boot, plainLink, commands([1], [fast, normal, { type: 'limit', amperes: 4 }, { type: 'limit', amperes: 99 }, { type: 'limit', amperes: 12.34 }])),
  },
  {
    title: 'reservation × availability',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Reserved', 'Unavailable']), starts([1], ['GOOD', 'CHILD']), stops, time, yesOrNo, plainLink,
      commands([1], [start, startGood, reserve, reserveGood, free, close, open])),
  },
  {
    title: 'commands of all kinds',
    from: ready(none),
    letters: anyOf(time, yesOrNo, plainLink, boot, commands([1], [start, stop, unlock, reset, reserve, free, close, open, fast, normal])),
  },
  {
    title: 'bus × what is true',
    from: ready({ connectors: [1], objects: ['status', 'charging', 'chargingCurrent', 'transactionEnergy'] }),
    letters: anyOf(statuses([1], ['Available', 'Charging', 'Faulted']), starts([1], ['GOOD']), stops, meterValues([1]), bus, oddBus, reads, time, plainLink, yesOrNo),
  },
  {
    title: 'links and restarts',
    from: begin(smallSite({ objects: ['status', 'charging'] })),
    letters: anyOf(link, boot, foreign, statuses([1, 2], ['Available', 'Charging']), starts([1], ['GOOD']), stops, time, yesOrNo, restart, configurations, bus, commands([1], [start])),
  },
  {
    title: 'telegrams',
    from: ready({ connectors: [1] }),
    letters: anyOf(writes(), yesOrNo, time, statuses([1], ['Available', 'Charging'])),
  },
  { title: 'everything', from: begin(smallSite()), letters: events, depth: 2 },
  { title: 'two Charge Points', from: begin(smallSite({ identities: ['CP1', 'CP2'], connectors: [1] })), letters: anyOf(events, oddCommands), depth: 2 },
]
