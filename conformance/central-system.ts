import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startController, type Controller } from '../adapters/node/controller.ts'
import type { Entry } from '../adapters/node/log.ts'
import { findMember, type ChargePoint, type ChargerConfig, type Connector, type SiteConfig, type Telegram } from '../core/index.ts'
import { exampleCharger, exampleSite } from '../fixtures/site.ts'
import { configurationText } from '../adapters/node/http/configuration-file.ts'
import { createOperator, type Operator } from './operator.ts'

/** The tags of the tests: two of one family, one blocked, one expired; all others are unknown. */
export const tags: SiteConfig['tags'] = [
  { tag: 'DRIVER', parent: 'FAMILY' },
  { tag: 'SISTER', parent: 'FAMILY' },
  { tag: 'BLOCKED', blocked: true },
  { tag: 'EXPIRED', expires: '2025-01-01T00:00:00Z' },
]

/** A charger of the tests: tags of one family may start it, and it is nowhere on the bus. */
export function charger(identity: string, change: Partial<ChargerConfig> = {}): ChargerConfig {
  return { ...exampleCharger, name: identity, identity, startTags: ['FAMILY'], objects: {}, ...change }
}

/** The real controller on loopback, with its data in a folder of its own. */
export interface CentralSystem {
  readonly controller: Controller
  readonly config: SiteConfig
  readonly operator: Operator
  /** Where Charge Points connect, without the identity. */
  readonly url: string
  readonly log: readonly Entry[]
  readonly telegrams: readonly Telegram[]
  readonly chargePoint: (identity: string) => ChargePoint
  readonly connector: (identity: string, id?: number) => Connector
  /** PEM of its root certificate, where it is secure. */
  readonly rootCertificate: () => Promise<string>
  /** The same site, started again from what it has saved. */
  readonly restart: () => Promise<CentralSystem>
  readonly stop: () => Promise<void>
}

interface Options {
  readonly chargers: readonly ChargerConfig[]
  readonly secure?: boolean
  readonly change?: Partial<SiteConfig>
}

export async function startCentralSystem({ chargers, secure = false, change = {} }: Options): Promise<CentralSystem> {
  const ocpp = { ...exampleSite.ocpp, port: 0, secure }
  return begin({ ...exampleSite, ocpp, panel: { port: 0 }, tags, chargers, ...change }, await mkdtemp(join(tmpdir(), 'wallbus-')), true)
}

/** Of `admin`. */
const password = 'correct horse battery'

async function begin(config: SiteConfig, data: string, isFirst: boolean): Promise<CentralSystem> {
  const log: Entry[] = []
  const telegrams: Telegram[] = []
  const controller = await startController({ config, data, address: '127.0.0.1', log: (entry) => log.push(entry), panel: { configuration: configurationText(() => ''), version: '', ...(isFirst && { password }) } })
  controller.virtualBus.watch((telegram) => telegrams.push(telegram))
  const chargePoint = (identity: string): ChargePoint => known(findMember(controller.host.site().population, identity), identity)
  const rootCertificate = () => readFile(join(data, 'certificates', 'root-ca.pem'), 'utf8')
  const { secure } = config.ocpp
  const operator = createOperator({ url: `${secure ? 'https' : 'http'}://127.0.0.1:${controller.panelPort}`, password, ...(secure && { rootCertificate: await rootCertificate() }) })
  return {
    controller, config, operator, log, telegrams, chargePoint,
    url: `${secure ? 'wss' : 'ws'}://127.0.0.1:${controller.port}`,
    connector: (identity, id = 1) => known(chargePoint(identity).connectors.find((one) => one.id === id), `connector ${id}`),
    rootCertificate,
    async restart() {
      await controller.stop()
      return begin(config, data, false)
    },
    async stop() {
      await controller.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

function known<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`the Central System does not know ${name}`)
  return thing
}
