import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SiteConfig } from '../../../core/index.ts'
import type { ConfigurationPort, SitePort } from '../../hono/port.ts'
import type { Host } from '../../host.ts'
import type { TlsMaterial } from '../ocpp-server/options.ts'
import type { Store } from '../store/store.ts'
import { panelFiles } from './files.ts'
import { openPanel, type Panel } from './panel.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

/** What whoever starts a controller says about its panel. */
export interface PanelWishes {
  readonly configuration: ConfigurationPort
  readonly version: string
  /** Password of the user `admin` from now on. */
  readonly password?: string
}

/** What a controller has for its panel. */
export interface PanelParts extends Pick<SitePort, 'now' | 'transmit' | 'watch'> {
  readonly config: SiteConfig
  /** Where chargers are listened for, if not everywhere. */
  readonly address: string | undefined
  readonly tls: TlsMaterial | undefined
  readonly data: string
  readonly host: Host
  readonly store: Store
  /** What the store held when it was opened. */
  readonly saved: ReadonlyMap<string, string>
  readonly say: (level: 'info' | 'warning', source: string, text: string) => void
}

/** Serves the panel of a controller; where it cannot be served people are told, and chargers are served all the same. */
export async function servePanel(wishes: PanelWishes, parts: PanelParts): Promise<Panel | undefined> {
  const { config, tls, say } = parts
  const { port, address = parts.address } = config.panel
  if (address === 'none') return undefined
  try {
    const { password } = wishes
    const panel = await openPanel({ port, ...(address !== undefined && { address }), ...(tls && { tls }), ...(password !== undefined && { password }) }, sitePort(wishes, parts))
    if (panel.firstPassword !== undefined) say('info', 'panel', `log in as admin with the password ${panel.firstPassword} (told only now)`)
    return panel
  } catch (error) {
    say('warning', 'panel', error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function sitePort({ configuration, version }: PanelWishes, { host, store, saved, data, now, say, tls, transmit, watch }: PanelParts): SitePort {
  // What belongs to others is not held on to.
  const rows = new Map([...saved].filter(([key]) => key.startsWith('access/')))
  return {
    version, configuration, now, transmit, watch,
    since: now(),
    secure: tls !== undefined,
    site: host.site,
    command: (command) => host.dispatch({ type: 'command', at: now(), command }),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    sessions: store.sessions,
    totals: store.totals,
    samples: store.samples,
    access: {
      load: (key) => rows.get(key),
      save: (key, value) => store.commit([{ table: 'state', key, value }]),
      hash: hashPassword,
      verify: verifyPassword,
    },
    rootCertificate: () => readFile(join(data, 'certificates', 'root-ca.pem'), 'utf8').catch(() => undefined),
    files: panelFiles,
    complain: (text) => say('warning', 'panel', text),
  }
}
