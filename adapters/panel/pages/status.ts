import { html, nothing, type TemplateResult } from 'lit'
import type { ChargePointDetail, ChargePointView } from '../../hono/schemas/charger.ts'
import { api, ask } from '../app/api.ts'
import { writePlace } from '../app/router.ts'
import { live, loadAttempts, may } from '../app/session.ts'
import { createTicker, watch } from '../app/store.ts'
import { icon } from '../elements/icon.ts'
import { copyText, empty, failure, top, type Failure } from '../elements/parts.ts'
import { qrCode } from '../elements/qr-code.ts'
import { tree } from '../elements/tree.ts'
import { View } from '../elements/view.ts'
import { clip } from '../format/text.ts'
import { dateAndTime, timeOfDay } from '../format/times.ts'

/** Charge Points change too, without an event of their own: so often they are asked for. */
const refreshMs = 5_000

/** Who connects or tries to, and what to type into a charger. */
class StatusPage extends View {
  static override properties = {
    points: { state: true }, details: { state: true }, failed: { state: true }, added: { state: true }, copied: { state: true },
  }
  declare points: readonly ChargePointView[] | null
  declare details: ReadonlyMap<string, ChargePointDetail>
  declare failed: Failure | null
  declare added: { readonly identity: string } | null
  declare copied: boolean
  private end = () => {}

  constructor() {
    super()
    this.points = null
    this.details = new Map()
    this.failed = null
    this.added = null
    this.copied = false
    watch(this, createTicker(1_000))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.load()
    const timer = setInterval(() => void this.load(), refreshMs)
    this.end = () => clearInterval(timer)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.end()
  }

  private async load(): Promise<void> {
    const [points] = await Promise.all([ask(api['charge-points'].$get()), loadAttempts()])
    if (!points.ok) return
    this.points = points.value
    await Promise.all(points.value.filter(({ identity }) => this.details.has(identity)).map(({ identity }) => this.loadDetail(identity)))
  }

  private async loadDetail(identity: string): Promise<void> {
    const reply = await ask(api['charge-points'][':identity'].$get({ param: { identity } }))
    if (reply.ok) this.details = new Map(this.details).set(identity, reply.value)
  }

  override render(): TemplateResult {
    const { t } = this
    return html`${top(t('page.status'), t('status.words'))}
      ${failure(this.failed, t)}
      ${this.added ? html`<p class="note good" role="status">${t('status.added', { identity: clip(this.added.identity, 80) })} <a href=${writePlace('configuration', 'chargers', this.added.identity, '1')}>${t('status.setUp')}</a></p>` : nothing}
      <div class="stack">
        ${this.strangers()}
        <div class="two">${this.connect()}${this.controller()}</div>
        ${this.connected()}
      </div>`
  }

  private strangers(): TemplateResult | typeof nothing {
    const { t, language } = this
    const { attempts } = live.get()
    if (attempts.length === 0) return nothing
    return html`<section class="card flush" aria-labelledby="tried"><header><h2 id="tried">${t('status.tried')}</h2></header><ul class="rows">
      ${attempts.map((attempt) => html`<li>
        <div class="grow"><strong class="clip">${clip(attempt.identity || '–', 120)}</strong>
          <p class="quiet-text"><span class="badge warn">${icon('warning')}${clip(attempt.reason, 160)}</span> ${clip(attempt.remedy, 300)}</p>
          <p class="quiet-text number">${t('status.attempts', { remote: clip(attempt.remote, 60), count: attempt.attempts, time: dateAndTime(attempt.lastAt, language, this.zone) })}</p></div>
        ${attempt.addable && may('administer') ? html`<button type="button" class="button primary" data-action="add" @click=${() => this.add(attempt.identity)}>${icon('plus')}${t('status.add')}</button>` : nothing}
      </li>`)}</ul></section>`
  }

  private async add(identity: string): Promise<void> {
    const reply = await ask(api.chargers.$post({ json: { name: identity.slice(0, 100), identity } }))
    this.failed = reply.ok ? null : reply
    if (!reply.ok) return
    this.added = { identity }
    live.update((now) => ({ ...now, attempts: now.attempts.filter((attempt) => attempt.identity !== identity) }))
    void this.load()
  }

  private connect(): TemplateResult {
    const { t } = this
    const { site } = live.get()
    const host = location.hostname.includes(':') && !location.hostname.startsWith('[') ? `[${location.hostname}]` : location.hostname
    const url = site ? `${site.ocpp.secure ? 'wss' : 'ws'}://${host}:${site.ocpp.port}/` : ''
    const copy = () => {
      copyText(url)
      this.copied = true
    }
    return html`<section class="card" aria-labelledby="connect"><header><h2 id="connect">${t('status.connect')}</h2></header>
      <p class="quiet-text">${t('status.connectWords')}</p>
      <div class="connect"><div class="grow"><p class="url"><code id="url">${url}</code></p>
        <div class="row"><button type="button" class="button" @click=${copy} ?disabled=${url === ''}>${icon(this.copied ? 'check' : 'copy')}${this.copied ? t('action.copied') : t('action.copy')}</button></div>
        <p class="visually-hidden" role="status">${this.copied ? t('action.copied') : nothing}</p>
        <p class="quiet-text">${t('status.identityHint')}</p>
        ${/^(localhost|127\.|\[::1)/.test(host) ? html`<p class="note warn">${t('status.localhost')}</p>` : nothing}</div>
        ${url === '' ? nothing : qrCode(url, t('status.qr', { url }))}</div></section>`
  }

  private controller(): TemplateResult {
    const { t, language } = this
    const { site, link } = live.get()
    const busUp = site?.bus.up === true && link === 'live'
    return html`<section class="card" aria-labelledby="controller"><header><h2 id="controller">${t('status.controller')}</h2></header>
      ${site === null ? nothing : html`<dl class="facts">
        <dt>KNX</dt><dd><span class="badge ${busUp ? 'good' : 'warn'}">${icon(busUp ? 'check' : 'offline')}${busUp ? t('status.busUp') : t('status.busDown')}</span> ${clip(site.bus.gateway, 80)}</dd>
        <dt>OCPP</dt><dd class="number">${site.ocpp.secure ? t('status.secure') : t('status.plain')} · ${t('status.port', { port: site.ocpp.port })}</dd>
        <dt>${t('status.chargePoints')}</dt><dd class="number">${t('status.connectedOf', { connected: site.connected, all: site.chargers })}</dd>
        <dt>${t('status.runningSince')}</dt><dd class="number">${dateAndTime(site.since, language, this.zone)}</dd>
        <dt>${t('status.timeZone')}</dt><dd>${clip(site.timeZone, 60)}</dd>
        <dt>${t('status.version')}</dt><dd class="number">${clip(site.version, 60)}</dd>
        <dt>${t('status.certificate')}</dt><dd><a href="/api/ca.pem" download="wallbus-root-ca.pem">${t('status.certificateDownload')}</a><br><span class="quiet-text">${site.ocpp.secure ? t('status.certificateSecure') : t('status.certificatePlain')}</span></dd>
      </dl>`}</section>`
  }

  private connected(): TemplateResult {
    const { t } = this
    return html`<section class="card flush" aria-labelledby="points"><header><h2 id="points">${t('status.chargePoints')}</h2></header>
      ${this.points === null ? html`<p class="empty" role="status">${t('live.connecting')}</p>` : this.points.length === 0 ? empty(t('status.nobody'), 'offline') : html`<ul class="rows">${this.points.map((point) => this.point(point))}</ul>`}</section>`
  }

  private point(point: ChargePointView): TemplateResult {
    const { t, language } = this
    const { identity, link, profile, connectors } = point
    const detail = this.details.get(identity)
    const up = link !== null && live.get().link === 'live'
    const toggle = () => {
      if (!detail) return void this.loadDetail(identity)
      const details = new Map(this.details)
      details.delete(identity)
      this.details = details
    }
    const made = [profile.vendor, profile.model].filter((text) => text !== '').map((text) => clip(text, 60)).join(' ')
    return html`<li class="point" data-identity=${identity}><div class="grow">
        <div class="row"><strong class="clip">${clip(identity, 120)}</strong><span class="badge ${up ? 'good' : ''}">${icon(up ? 'check' : 'offline')}${up ? t('status.isConnected') : t('status.isAway')}</span></div>
        <p class="quiet-text">${[...(made === '' ? [] : [made]), ...connectors.map(({ id, name }) => `${id}: ${name === null ? t('status.notConfigured') : clip(name, 60)}`)].join(' · ')}</p>
        <dl class="facts wide">
          ${fact(t('status.address'), link?.remote)}
          <div><dt>${link ? t('status.since') : t('status.awaySince')}</dt><dd class="number">${dateAndTime(link?.since ?? point.offlineSince, language, this.zone)}</dd></div>
          <div><dt>${t('status.heard')}</dt><dd class="number">${timeOfDay(link?.heardAt ?? null, language, this.zone)}</dd></div>
          ${fact(t('status.serial'), profile.serialNumber)}
          ${fact(t('status.firmware'), profile.firmwareVersion)}
        </dl>
        ${point.registered || link === null ? nothing : html`<p class="note warn">${t('status.notRegistered')}</p>`}
        ${detail ? this.detail(detail) : nothing}</div>
      <button type="button" class="button small" aria-expanded=${detail !== undefined} @click=${toggle}>${detail ? t('action.less') : t('action.details')}<span class="visually-hidden"> ${clip(identity, 60)}</span></button></li>`
  }

  private detail({ capabilities, configuration, securityEvents, pending }: ChargePointDetail): TemplateResult {
    const { t, language } = this
    return html`<div class="stack detail">
      <section><h3>${t('status.capabilities')}</h3>${tree(capabilities, language)}</section>
      ${'configuration' in capabilities ? nothing : html`<section><h3>${t('status.keys')}</h3>${tree(configuration, language)}</section>`}
      <section><h3>${t('status.securityEvents')}</h3>${securityEvents.length === 0 ? html`<p class="quiet-text">${t('status.noSecurityEvents')}</p>` : tree(securityEvents, language)}</section>
      ${pending ? html`<p class="quiet-text number">${t('status.pending', { action: clip(pending.action, 50), time: timeOfDay(pending.expiresAt, language, this.zone) })}</p>` : nothing}
    </div>`
  }
}

function fact(name: string, value: string | undefined): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${clip(value || '–', 120)}</dd></div>`
}

customElements.define('status-page', StatusPage)
