import type { ChargerConfig, GroupAddress, ObjectName, SiteConfig } from '../core/index.ts'
import { objectNames } from '../core/config/site-config.ts'
import { groupObjects, type Flow } from '../core/knx/group-object.ts'

/** When all small sites begin. */
export const noon = Date.UTC(2026, 10, 23, 12)

/** What there is of a small site: by default one Charge Point with two connectors and all group objects. */
export interface Plan {
  readonly identities?: readonly string[]
  readonly connectors?: readonly number[]
  readonly objects?: readonly ObjectName[]
  /** Minutes; 0: never. */
  readonly cycle?: number
  /** What the first connector lets start; the second always names its tags. */
  readonly startTags?: readonly string[]
  readonly localList?: boolean
  /** What else is written about every charger. */
  readonly charger?: Partial<ChargerConfig>
}

const identities = ['CP1', 'CP2'] as const
const connectors = [1, 2] as const

/** The configuration of a small site: connector 1 stops by ending the transaction and lets all tags start, connector 2 differs in all. */
export function smallSite(plan: Plan = {}): SiteConfig {
  const chargers = (plan.identities ?? ['CP1']).flatMap((identity) =>
    (plan.connectors ?? connectors).map((connector) => charger(identity, connector, plan)))
  return {
    site: { name: 'Small', timeZone: 'Europe/Amsterdam' },
    ocpp: { port: 8016, secure: false, callTimeout: 65, pingInterval: 25, limitInterval: 10, sampleInterval: 30 },
    knx: { gateway: 'virtual', port: 3671, nat: false, telegramsPerSecond: 20, cycle: plan.cycle ?? 0 },
    panel: { port: 8080 },
    tags: [
      { tag: 'GOOD' },
      { tag: 'BAD', blocked: true },
      { tag: 'OLD', expires: '2025-01-01T00:00:00Z' },
      { tag: 'CHILD', parent: 'GROUP' },
    ],
    chargers,
  }
}

function charger(identity: string, connector: number, plan: Plan): ChargerConfig {
  const { objects = objectNames, startTags = ['*'], charger: more = {} } = plan
  const first = connector === 1
  return {
    name: `${identity}/${connector}`, identity, connector,
    normalCurrent: 10, fastCurrent: 16, fuseCurrent: 20,
    phases: first ? 3 : 1,
    stopBy: first ? 'auto' : 'limit',
    setUp: true,
    localList: plan.localList ?? false,
    timeType: first ? 'DPT 10.001' : 'DPT 19.001',
    currentType: first ? 'DPT 14.019' : 'DPT 9.021',
    startTags: first ? startTags : ['GOOD', 'GROUP'],
    managedTags: [],
    objects: Object.fromEntries(objects.map((name) => [name, addresses(identity, connector, name)])),
    ...more,
  }
}

function addresses(identity: string, connector: number, name: ObjectName): { readonly [flow in Flow]?: GroupAddress } {
  return Object.fromEntries(groupObjects[name].flows.map((flow) => [flow, addressOf(identity, connector, name, flow)]))
}

/** Where a group object of a small site sends to or receives at. */
export function addressOf(identity: string, connector: number, name: ObjectName, flow: Flow): GroupAddress {
  const place = identities.findIndex((other) => other === identity) * connectors.length + connector
  return place * 100 + objectNames.indexOf(name) * 2 + (flow === 'send' ? 0 : 1)
}

/** The same site after someone has worked on it, or when the work is undone: a smaller fuse, other addresses and types, a cycle. */
export function otherSite(config: SiteConfig): SiteConfig {
  const undone = config.knx.cycle > 0
  return {
    ...config,
    knx: { ...config.knx, cycle: undone ? 0 : 1 },
    chargers: config.chargers.map((before) => ({
      ...before,
      fuseCurrent: undone ? 20 : 13,
      currentType: before.currentType === 'DPT 14.019' ? 'DPT 9.021' : 'DPT 14.019',
      objects: Object.fromEntries(Object.entries(before.objects).map(([name, { send, receive }]) => [
        name, { ...(send !== undefined && { send: send + (undone ? -1000 : 1000) }), ...(receive !== undefined && { receive }) },
      ])),
    })),
  }
}
