import { allMembers, findMember, type Order, type Site } from '../core/index.ts'
import { events } from './alphabet.ts'
import { bus, configurations, minute, oddBus, reads, restart, time, writes } from './alphabet/bus.ts'
import { commands, repeatedCommands } from './alphabet/commands.ts'
import { anyOf, call, type Letters } from './alphabet/letters.ts'
import { boot, failures, foreign, link, plainLink, words, wordsFor, yesOrNo } from './alphabet/link.ts'
import { certificates, changes, echoes, notifications, passwords, provenLinks, registrations, secrets, securityOrders } from './alphabet/security.ts'
import { meterValues, nastyMeterValues, oddMeterValues, offers, oddStops, oldStarts, registers, repeatedStarts, repeatedStops, starts, statuses, stops } from './alphabet/transactions.ts'
import { begin, step } from './happening.ts'
import { smallSite, type Plan } from './small-site.ts'

/** A part of all that can happen. */
export interface Slice {
  readonly title: string
  readonly from: Site
  readonly letters: Letters
}

/** What a Charge Point that stands ready has told of its configuration, so that nothing is left to ask. */
const usual: { readonly [key: string]: string } = {
  GetConfigurationMaxKeys: '50', NumberOfConnectors: '1', ConnectionTimeOut: '60', ChargeProfileMaxStackLevel: '0', ChargingScheduleAllowedChargingRateUnit: 'Current',
  MeterValuesSampledData: 'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage', MeterValueSampleInterval: '60',
}

/** A site whose Charge Points have been connected for a minute, and have told all they have to tell. */
export function ready(plan: Plan, profiles = 'Core', { configuration = {}, until = '' }: Readiness = {}): Site {
  let site = begin(smallSite(plan))
  for (const identity of plan.identities ?? ['CP1']) {
    const { at } = site
    ;[site] = step(site, { type: 'opened', at, identity, connection: 'a', remote: '127.0.0.1', subprotocol: 'ocpp1.6' })
    const say = (text: string) => { [site] = step(site, { type: 'received', at, identity, connection: 'a', text }) }
    say(call('BootNotification', { chargePointVendor: 'Vendor', chargePointModel: 'Model' }))
    for (const connectorId of plan.connectors ?? [1, 2]) say(call('StatusNotification', { connectorId, status: 'Available', errorCode: 'NoError' }))
    for (let pending = pendingOf(site, identity); pending && pending.action !== until; pending = pendingOf(site, identity)) {
      const features = { configurationKey: Object.entries({ ...usual, SupportedFeatureProfiles: profiles, ...configuration }).map(([key, value]) => ({ key, readonly: !Object.hasOwn(configuration, key), value })) }
      const answers: { readonly [action: string]: unknown } = { GetConfiguration: features, GetLocalListVersion: { listVersion: 0 } }
      say(JSON.stringify([3, pending.id, answers[pending.action] ?? { status: 'Accepted' }]))
    }
  }
  if (until !== '') return site
  site = step(site, { type: 'tick', at: site.at + 60_000 })[0]
  // Which limit holds it is asked in a slice of its own.
  for (const { identity, pending } of allMembers(site.population)) {
    if (pending) [site] = step(site, { type: 'received', at: site.at, identity, connection: 'a', text: JSON.stringify([4, pending.id, 'NotSupported', '', {}]) })
  }
  return site
}

/** What is special about a Charge Point that stands ready: keys that can be written, and the CALL that it has not answered yet. */
interface Readiness {
  readonly configuration?: { readonly [key: string]: string }
  readonly until?: string
}

function pendingOf({ population }: Site, identity: string) {
  return findMember(population, identity)?.pending
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

/** Each small enough for its graph to close: what meets in one slice is crossed in all its states. */
export const charging: readonly Slice[] = [
  {
    title: 'transactions × status',
    from: ready(none),
    letters: anyOf(statuses([1]), starts([1], ['GOOD', 'BAD']), repeatedStarts, oldStarts([1]), stops, repeatedStops, oddStops, time, yesOrNo()),
  },
  {
    title: 'transactions × links',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Charging']), starts([1], ['GOOD', 'BAD']), oldStarts([1]), stops, time, yesOrNo(), plainLink, boot),
  },
  {
    title: 'transactions on two connectors',
    from: ready({ objects: [] }),
    letters: anyOf(statuses([1, 2], ['Available', 'Charging']), starts([1, 2], ['GOOD']), repeatedStarts, oldStarts(), stops, repeatedStops, oddStops, time, yesOrNo()),
  },
  {
    title: 'start and stop × status × answers',
    from: ready(none),
    letters: anyOf(statuses([1], ['Preparing', 'Charging', 'SuspendedEVSE', 'Faulted']), starts([1], ['WALLBUS']), stops, time, words, failures, commands([1], [start, stop])),
  },
  {
    title: 'start and stop × limit × answers',
    from: ready(none, 'Core,SmartCharging'),
    letters: anyOf(statuses([1], ['Charging']), starts([1], ['WALLBUS']), stops, time, yesOrNo('SetChargingProfile', 'RemoteStartTransaction'), commands([1], [start, stop])),
  },
  {
    title: 'limits × answers',
    from: ready(none, 'Core,SmartCharging'),
    letters: anyOf(starts([1], ['GOOD']), stops, time, words, failures, commands([1], [fast, normal, { type: 'limit', amperes: 4 }, { type: 'limit', amperes: 99 }])),
  },
  {
    title: 'reservation × transactions',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Reserved']), starts([1], ['GOOD', 'CHILD']), stops, time, yesOrNo(), commands([1], [startGood, reserve, reserveGood, free])),
  },
  {
    title: 'availability × transactions',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Charging', 'Unavailable']), starts([1], ['GOOD']), stops, time, words, failures, commands([1], [start, close, open])),
  },
  {
    title: 'reservation × availability',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Reserved']), time, yesOrNo(), commands([1], [start, reserve, free, close, open])),
  },
  {
    title: 'commands of all kinds × links',
    from: ready(none),
    letters: anyOf(time, yesOrNo(), plainLink, repeatedCommands, commands([1], [start, stop, unlock, reset, reserve, free])),
  },
]

/** What comes to one Charge Point from its surroundings: bus, links, restarts, configuration, secrets. */
export const surroundings: readonly Slice[] = [
  {
    title: 'bus × status and current',
    from: ready({ connectors: [1], objects: ['status', 'chargingCurrent'] }),
    letters: anyOf(statuses([1], ['Available', 'Charging']), meterValues([1], ['9.5']), bus, oddBus, reads, time),
  },
  {
    title: 'transactions that were never told of × links',
    from: ready(none),
    letters: anyOf(statuses([1], ['Available', 'Charging']), starts([1], ['GOOD']), stops, oddStops, oddMeterValues, minute, time, plainLink, restart),
  },
  {
    title: 'bus × registers × transactions',
    from: ready({ connectors: [1], objects: ['sessionEnergy'] }),
    letters: anyOf(statuses([1], ['Charging']), starts([1], ['GOOD']), stops, registers, nastyMeterValues, bus, reads, time),
  },
  {
    title: 'bus × status × links',
    from: ready({ connectors: [1], objects: ['status', 'charging'] }),
    letters: anyOf(statuses([1], ['Available', 'Charging']), bus, reads, time, plainLink),
  },
  {
    title: 'bus × transactions',
    from: ready({ connectors: [1], objects: ['transactionEnergy', 'startTime'] }),
    letters: anyOf(starts([1], ['GOOD']), stops, bus, reads, time),
  },
  {
    title: 'bus × limit',
    from: ready({ connectors: [1], objects: ['maxCurrent'] }, 'Core,SmartCharging'),
    letters: anyOf(bus, reads, time, boot, yesOrNo('SetChargingProfile'), commands([1], [fast, normal])),
  },
  {
    title: 'first contact',
    from: begin(smallSite({ objects: ['status'], connectors: [1] })),
    letters: anyOf(link, boot, foreign, statuses([1], ['Available', 'Charging']), time, yesOrNo('SetChargingProfile')),
  },
  {
    title: 'restarts × configurations × links',
    from: ready({ connectors: [1], objects: ['status'] }),
    letters: anyOf(link, boot, statuses([1], ['Available', 'Charging']), time, yesOrNo(), restart, configurations, bus),
  },
  {
    title: 'limits × currents × what holds',
    from: ready(none, 'Core,SmartCharging', { until: 'SetChargingProfile' }),
    letters: anyOf(starts([1], ['GOOD']), stops, time, yesOrNo('SetChargingProfile'), wordsFor('GetCompositeSchedule'), meterValues([1], ['16']), offers, commands([1], [fast])),
  },
  {
    title: 'configuration × answers × links',
    from: ready(none, 'Core', { until: 'ChangeConfiguration', configuration: { MeterValuesSampledData: 'Energy.Active.Import.Register,Power.Active.Import,Voltage', MeterValueSampleInterval: '0' } }),
    letters: anyOf(statuses([1], ['Available', 'Preparing']), time, wordsFor('ChangeConfiguration', 'Reset'), plainLink, boot),
  },
  {
    title: 'local list × answers × links',
    from: ready({ ...none, localList: true }, 'Core,LocalAuthListManagement', { until: 'GetLocalListVersion', configuration: { SendLocalListMaxLength: '2' } }),
    letters: anyOf(time, wordsFor('GetLocalListVersion', 'SendLocalList'), plainLink, configurations),
  },
  {
    title: 'registration × links × commands',
    from: ready(none),
    letters: anyOf(registrations, boot, plainLink, time, yesOrNo(), notifications, starts([1], ['GOOD']), commands([1], [start, reset])),
  },
  {
    title: 'passwords × answers × links × restarts',
    from: ready({ ...none, charger: { password: secrets[0], setUp: false } }),
    letters: anyOf(changes(securityOrders.slice(0, 2)), wordsFor('ChangeConfiguration'), echoes, provenLinks, passwords, restart, time),
  },
  {
    title: 'security profile × answers × links',
    from: ready({ ...none, charger: { password: secrets[0], securityProfile: 1, setUp: false } }),
    letters: anyOf(changes(securityOrders.slice(2)), wordsFor('ChangeConfiguration'), provenLinks, restart, time),
  },
  {
    title: 'certificates × answers × links',
    from: ready({ ...none, charger: { setUp: false } }),
    letters: anyOf(certificates, provenLinks, wordsFor('CertificateSigned'), failures, restart, time),
  },
  {
    title: 'telegrams × answers',
    from: ready({ connectors: [1] }),
    letters: anyOf(writes(['charging', 'maxCurrent', 'availability', 'reservation']), yesOrNo(), time, statuses([1], ['Available', 'Charging'])),
  },
]

/** What does not close, with all there is in it, so many steps deep. */
export const bounded: readonly (Slice & { readonly depth: number })[] = [
  { title: 'a Charge Point that nobody has seen', from: begin(smallSite()), letters: events, depth: 2 },
  { title: 'a Charge Point that stands ready', from: ready({}, 'Core,SmartCharging'), letters: events, depth: 2 },
  {
    title: 'two Charge Points that stand ready',
    from: ready({ identities: ['CP1', 'CP2'], connectors: [1], objects: ['status', 'transactionEnergy'] }),
    letters: anyOf(statuses([1], ['Available', 'Charging']), starts([1], ['GOOD']), stops, oddStops, bus, time, plainLink, restart, commands([1], [start, stop])),
    depth: 4,
  },
]
