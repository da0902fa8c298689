import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { admit, admitsPlain, load, type Effect, type Event, type SiteConfig, type Telegram, type TransactionRecord } from '../../core/index.ts'
import { createVirtualBus, type VirtualBus } from '../../fixtures/knx-gateway/virtual-bus.ts'
import type { Watcher } from '../hono/port.ts'
import { createHost, type Host } from '../host.ts'
import { openBus } from './bus.ts'
import { steadyClock } from './clock.ts'
import type { PanelWishes } from './http/serve-panel.ts'
import type { Log } from './log.ts'
import { listen } from './ocpp-server/listen.ts'
import type { TlsMaterial } from './ocpp-server/options.ts'
import { recordOf, rowOf } from './store/sessions.ts'
import { openStore, type Store } from './store/store.ts'

export interface ControllerOptions {
  readonly config: SiteConfig
  /** Directory of the database and the certificates. */
  readonly data: string
  readonly log: Log
  /** Address to listen on for chargers; all unless told. */
  readonly address?: string
  readonly watch?: (event: Event, effects: readonly Effect[]) => void
  /** Serves panel and API, where the configuration says; without it there are none. */
  readonly panel?: PanelWishes
}

/** A site that runs on this machine. */
export interface Controller {
  readonly host: Host
  readonly store: Store
  /** Port on which chargers connect. */
  readonly port: number
  /** Port of panel and API; undefined where they are not served. */
  readonly panelPort: number | undefined
  /** The bus in memory, used where the configuration says `virtual`. */
  readonly virtualBus: VirtualBus
  /** Takes another configuration over without dropping a connection. */
  readonly reconfigure: (config: SiteConfig) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Milliseconds between looks whether certificates are due for renewal. */
const renewalInterval = 86_400_000

/** Starts a controller; rejects in words when the data directory, the port or the certificates cannot be had. */
export async function startController({ config: first, data, log, address, watch, panel: wishes }: ControllerOptions): Promise<Controller> {
  const now = steadyClock(Date.now, () => performance.now())
  const say = (level: 'info' | 'warning', source: string, text: string) => log({ at: now(), level, source, text })
  let config = first
  const opened = await openStore(data, { now, failed: (reason) => say('warning', 'store', reason) })
  const { store } = opened
  const saved = load([...opened.state].map(([key, value]) => ({ key, value })), await recentRecords(store), randomInt(2 ** 31))
  for (const warning of opened.warnings) say('warning', 'store', warning)
  for (const key of saved.unreadable) say('warning', 'store', `what was saved under ${key} is damaged and was left out`)

  const watchers = new Set<Watcher>(watch ? [watch] : [])
  const host = createHost(saved.site, {
    now,
    commit: (rows, transactions) => store.commit([...rows.map((row) => ({ table: 'state', ...row }) as const), ...transactions.map(rowOf)]),
    perform,
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    watch(event, effects) {
      for (const watcher of watchers) watcher(event, effects)
    },
  })

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        return server.send(effect.connection, effect.text)
      case 'close':
        return server.close(effect.connection, effect.code, effect.reason)
      case 'sign':
        return void sign(effect)
      case 'transmit':
        return bus.transmit(effect.telegram, (confirmed) => host.dispatch({ type: 'transmitted', at: now(), confirmed }))
      case 'note':
        return say(effect.level, sourceOf(effect), effect.text)
      case 'progress':
        return log({ at: now(), level: 'debug', source: effect.command, text: effect.reason === '' ? effect.stage : `${effect.stage}: ${effect.reason}` })
      case 'sample':
        return store.record(effect.sample)
      case 'answered':
        // For those who asked: they watch.
        return
      case 'book':
        // In the books since the commit that came before.
        return
    }
  }

  host.dispatch({ type: 'configured', at: now(), config: first })
  const server = await listen(
    { port: first.ocpp.port, ...(address !== undefined && { host: address }), ...(first.ocpp.secure && { tls: await certificates() }), pingIntervalMs: first.ocpp.pingInterval * 1_000 },
    {
      admit: (handshake) => admit(host.site(), handshake, now()),
      admitsPlain: (identity) => admitsPlain(host.site(), identity),
      opened: ({ identity, connection, remote, subprotocol, proof }) => host.dispatch({ type: 'opened', at: now(), identity, connection, remote, subprotocol, ...(proof && { proof }) }),
      received(messages) {
        const at = now()
        host.dispatchAll(messages.map(({ identity, connection, text }) => ({ type: 'received', at, identity, connection, text })))
      },
      closed: (identity, connection, code, reason) => host.dispatch({ type: 'closed', at: now(), identity, connection, code, reason }),
      refused: (identity, remote, reason) => host.dispatch({ type: 'refused', at: now(), identity, remote, reason }),
    },
  ).catch(async (error: unknown) => {
    await store.close()
    throw error
  })

  async function certificates(): Promise<TlsMaterial> {
    // Loaded only where they are wanted: the library takes longer to load than all the rest.
    const [{ loadOrCreate }, { localNames }] = await Promise.all([import('./certificates/load-or-create.ts'), import('./certificates/local-names.ts')])
    return (await loadOrCreate(join(data, 'certificates'), { names: localNames(), now: new Date() })).tls
  }

  async function sign({ identity, request, csr, commonNames }: Extract<Effect, { type: 'sign' }>): Promise<void> {
    const { signRequest } = await import('./certificates/sign-request.ts')
    const result = await signRequest(join(data, 'certificates'), { identity, csr, commonNames }, new Date())
    host.dispatch({ type: 'signed', at: now(), identity, request, result })
  }

  const virtualBus = createVirtualBus()
  const bus = openBus(first.knx, virtualBus, {
    telegram: (telegram) => host.dispatch({ type: 'telegram', at: now(), telegram }),
    up: () => host.dispatch({ type: 'bus', at: now(), up: true }),
    left: () => host.dispatch({ type: 'bus', at: now(), up: false }),
    down(reason) {
      say('warning', 'knx', reason)
      host.dispatch({ type: 'bus', at: now(), up: false })
    },
    note: (text) => say('warning', 'knx', text),
  })

  async function reload(): Promise<void> {
    const tls = config.ocpp.secure ? await certificates() : undefined
    server.reload({ tls, pingIntervalMs: config.ocpp.pingInterval * 1_000 })
    if (tls) panel?.renew(tls)
  }

  async function reconfigure(next: SiteConfig): Promise<void> {
    const before = config
    config = next
    if (next.ocpp.port !== before.ocpp.port) say('warning', 'ocpp', `the port stays ${server.port} until the next start`)
    if (next.panel.port !== before.panel.port || next.panel.address !== before.panel.address) say('warning', 'panel', 'its port and address stay until the next start')
    host.dispatch({ type: 'configured', at: now(), config: next })
    await reload()
    await bus.use(next.knx)
  }

  const renewal = setInterval(() => {
    if (config.ocpp.secure) reload().catch((error: unknown) => say('warning', 'certificates', String(error)))
  }, renewalInterval)

  async function stop(): Promise<void> {
    clearInterval(renewal)
    await panel?.close()
    await server.shutdown()
    await bus.close()
    await host.stop()
    await store.close()
  }

  // Loaded when chargers are served already.
  const panel = wishes && (await (await import('./http/serve-panel.ts')).servePanel(wishes, {
    config: first, address, tls: first.ocpp.secure ? await certificates() : undefined, data, host, store, saved: opened.state, now, say, transmit: transmitForPeople,
    watch: (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }))

  /** Another device would be heard by this site too. */
  function transmitForPeople(telegram: Telegram): Promise<boolean> {
    return new Promise((resolve) => {
      bus.transmit(telegram, (confirmed) => {
        resolve(confirmed)
        if (confirmed) host.dispatch({ type: 'telegram', at: now(), telegram })
      })
    })
  }

  return { host, store, port: server.port, panelPort: panel?.port, virtualBus, reconfigure, stop }
}

/** How many ended transactions a Charge Point needs at hand to recognise repetitions. */
const recordsPerChargePoint = 16

async function recentRecords(store: Store): Promise<readonly TransactionRecord[]> {
  return (await store.recent(recordsPerChargePoint)).map(recordOf)
}

function sourceOf({ identity, connector }: Extract<Effect, { type: 'note' }>): string {
  if (identity === '') return 'site'
  return connector === 0 ? identity : `${identity}/${connector}`
}
