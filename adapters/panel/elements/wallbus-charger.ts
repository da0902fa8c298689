import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { Role } from '../../hono/schemas/access.ts'
import { follow, type LiveConnection } from '../app/live.ts'
import { chargerKey } from '../app/live-state.ts'
import { give, progressOf, type Order } from '../app/orders.ts'
import { languages } from '../i18n/languages.ts'
import { translator } from '../i18n/translate.ts'
import { tokens } from '../style/tokens.ts'
import './charger-card.ts'

/** Elements of one page that show the same controller share its stream of events. */
const connections = new Map<string, { readonly connection: LiveConnection; users: number }>()

/**
 * A charger on any web page: attributes `server`, `identity`, `connector` (1), `token`, `lang` (en, de) and `theme` (auto, light, dark).
 * What may be done follows from the token; see docs/embedding.md.
 */
export class WallbusCharger extends LitElement {
  static override styles = [tokens]
  static override properties = {
    server: { type: String }, identity: { type: String }, connector: { type: Number }, token: { type: String }, theme: { type: String, reflect: true },
    lang: { type: String },
  }
  declare server: string
  declare identity: string
  declare connector: number
  declare token: string
  declare theme: string
  declare permission: Role

  private joined = ''
  private leave = () => {}

  constructor() {
    super()
    this.server = ''
    this.identity = ''
    this.connector = 1
    this.token = ''
    this.theme = 'auto'
    this.lang = ''
    this.permission = 'look'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.joinStream()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.leaveStream()
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('server') || changed.has('token')) this.joinStream()
  }

  override render(): TemplateResult | typeof nothing {
    const language = languages.find((tag) => tag === this.lang.slice(0, 2)) ?? 'en'
    const t = translator(language)
    const state = connections.get(this.joined)?.connection.state
    const live = state?.get()
    const charger = live?.chargers.get(chargerKey(this))
    if (!state || !live || !charger) return html`<p role="status">${live?.link === 'forbidden' ? t('live.forbidden') : live?.link === 'live' ? t('charger.missing') : t('live.connecting')}</p>`
    const stale = live.link !== 'live'
    return html`<charger-card .charger=${charger} .commands=${progressOf(live, charger, Date.now() + live.skewMs)} .permission=${this.permission} .language=${language}
      .skewMs=${live.skewMs} .staleSince=${stale ? live.heardAt : null}
      @order=${(event: CustomEvent<Order>) => give({ ...this.address(), state }, charger, event.detail, t('live.unreachable'))}></charger-card>`
  }

  private address(): { readonly server: string; readonly token?: string } {
    return { server: this.server.replace(/\/+$/, ''), ...(this.token !== '' && { token: this.token }) }
  }

  private joinStream(): void {
    const key = JSON.stringify(this.address())
    if (key === this.joined || !this.isConnected) return
    this.leaveStream()
    const shared = connections.get(key) ?? { connection: follow(this.address()), users: 0 }
    shared.users += 1
    connections.set(key, shared)
    this.joined = key
    const unsubscribe = shared.connection.state.subscribe(() => this.requestUpdate())
    this.leave = () => {
      unsubscribe()
      shared.users -= 1
      if (shared.users > 0) return
      shared.connection.close()
      connections.delete(key)
    }
    void this.askPermission()
  }

  private leaveStream(): void {
    this.leave()
    this.leave = () => {}
    this.joined = ''
  }

  private async askPermission(): Promise<void> {
    const { server, token } = this.address()
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const who = await fetch(`${server}/api/me`, { headers }).then((response) => response.json() as Promise<{ readonly role?: Role }>).catch(() => undefined)
    this.permission = who?.role ?? 'look'
    this.requestUpdate()
  }
}

customElements.define('wallbus-charger', WallbusCharger)
