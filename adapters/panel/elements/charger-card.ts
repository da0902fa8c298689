import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Role } from '../../hono/schemas/access.ts'
import type { Charger, CommandView } from '../../hono/schemas/charger.ts'
import type { Control, Order } from '../app/orders.ts'
import { createTicker, watch } from '../app/store.ts'
import { amperes, kilowattHours, kilowatts, number, unknown } from '../format/numbers.ts'
import { clip } from '../format/text.ts'
import { duration, timeOfDay } from '../format/times.ts'
import type { Language } from '../i18n/languages.ts'
import { named, translator, type PlainName, type Translate } from '../i18n/translate.ts'
import { controls as controlStyle } from '../style/controls.ts'
import { isBusy, lookOf, startHindrance } from './charger-words.ts'
import { chargerStyle } from './charger-style.ts'
import { gauge } from './gauge.ts'
import { icon, type IconName } from './icon.ts'
import { progress, progressWords } from './progress.ts'

const ticker = createTicker(1_000)

/** An order that is asked about first: what would hurt. */
interface Question {
  readonly order: Order
  readonly title: PlainName
  readonly text: PlainName
}

interface MenuItem extends Question {
  readonly icon: IconName
  readonly label: PlainName
  /** True: it hurts now, and is asked about. */
  readonly asks: boolean
  readonly needsLink: boolean
}

/** One charger: what it does, what it is told, and how far that got. Gives orders as `order` events; holds no connection. */
export class ChargerCard extends LitElement {
  static override styles = [controlStyle, chargerStyle]
  static override properties = {
    charger: { attribute: false }, commands: { attribute: false }, permission: { attribute: false }, language: { attribute: false },
    staleSince: { attribute: false }, skewMs: { attribute: false }, open: { state: true }, question: { state: true },
  }
  declare charger: Charger
  declare commands: ReadonlyMap<Control, CommandView>
  declare permission: Role
  declare language: Language
  /** Since when the controller was not heard; null: what is shown is live. */
  declare staleSince: number | null
  declare skewMs: number
  declare open: boolean
  declare question: Question | null

  constructor() {
    super()
    this.commands = new Map()
    this.permission = 'look'
    this.language = 'en'
    this.staleSince = null
    this.skewMs = 0
    this.open = false
    this.question = null
    watch(this, ticker)
  }

  override render(): TemplateResult {
    const { charger, staleSince, language } = this
    const t = translator(language)
    const look = lookOf(charger)
    const stale = staleSince !== null
    return html`<article aria-labelledby="name" ?data-stale=${stale}>
      <header>
        <div class="names">
          <h2 id="name" class="clip">${clip(charger.name, 100)}</h2>
          <p class="state" data-tone=${look.tone} data-status=${charger.status ?? ''}>${icon(look.icon)}<span>${t(look.words)}</span></p>
        </div>
        <slot name="actions"></slot>
      </header>
      ${stale ? html`<p class="stale">${t('live.staleAt', { time: timeOfDay(staleSince, language) })}</p>` : nothing}
      ${charger.error && charger.connected ? this.fault(charger.error, t) : nothing}
      ${this.instrument(t)}
      ${this.figures(t)}
      ${this.permission === 'look' ? html`<p class="why">${t('why.look')}</p>` : this.controls(t)}
      <div class="visually-hidden" role="status" aria-live="polite">${t(look.words)}. ${[...this.commands.values()].map((command) => html`${progressWords(command, t)}. `)}</div>
    </article>${this.dialog(t)}`
  }

  private fault({ code, info, vendorCode }: NonNullable<Charger['error']>, t: Translate): TemplateResult {
    const more = [info, vendorCode].filter((text) => text !== '').map((text) => clip(text, 120)).join(' · ')
    return html`<p class="fault">${named(t, 'error', code)}${more === '' ? nothing : html`<br>${more}`}</p>`
  }

  private instrument(t: Translate): TemplateResult {
    const { charger, language, staleSince } = this
    const { limit } = charger
    return html`<div class="instrument">
      <div class="reading">
        <span class="big" data-figure="current" ?data-unknown=${!charger.connected || charger.current === null}><span class="visually-hidden">${t('figure.current')} </span>${number(charger.connected ? charger.current : null, 1, language)}<span class="unit">A</span></span>
        <span class="side" data-figure="power" ?data-unknown=${!charger.connected || charger.power === null}><span class="visually-hidden">${t('figure.power')} </span>${kilowatts(charger.connected ? charger.power : null, language)}<span class="unit">kW</span></span>
      </div>
      ${gauge(charger, staleSince !== null || !charger.connected, language)}
      <p class="holder">${this.holder(t)}${limit.waits === null ? nothing : html`<span class="waits">${t('limit.waits', { why: clip(limit.waits, 160) })}</span>`}</p>
    </div>`
  }

  private holder(t: Translate): string {
    const { limit } = this.charger
    const wanted = amperes(limit.wanted, this.language)
    const holders: { readonly [Holder in typeof limit.holder]: () => string } = {
      normal: () => t('limit.normal', { wanted }), fast: () => t('limit.fast', { wanted }),
      override: () => t('limit.override', { wanted }), paused: () => t('limit.paused'),
    }
    // A holder of a newer controller says what it is by itself.
    return Object.hasOwn(holders, limit.holder) ? holders[limit.holder]() : clip(limit.words, 120)
  }

  private figures(t: Translate): TemplateResult {
    const { charger, language, staleSince, skewMs } = this
    const { session, last } = charger
    const now = staleSince ?? Date.now()
    const energy = session ? session.energy : last?.energy ?? null
    const spent = session ? now + skewMs - session.startedAt : last ? last.endedAt - last.startedAt : null
    const tag = session ? session.tagName ?? session.tag : unknown
    return html`<dl class="figures" aria-label=${session ? t('figure.session') : t('figure.last')}>
      <div><dt>${session ? t('figure.energy') : t('figure.lastEnergy')}</dt><dd data-figure="energy">${kilowattHours(energy, language)}<span class="unit">kWh</span></dd></div>
      <div><dt>${t('figure.duration')}</dt><dd data-figure="duration">${spent === null ? unknown : duration(spent)}</dd></div>
      <div><dt>${t('figure.tag')}</dt><dd class="clip" data-figure="tag">${clip(tag, 40)}</dd></div>
    </dl>`
  }

  private controls(t: Translate): TemplateResult {
    const { charger, staleSince } = this
    const cut = staleSince !== null
    return html`<div class="controls">
      ${this.startStop(cut, t)}
      <div>
        <div class="segments" role="group" aria-label=${t('limit.mode')}>
          ${(['normal', 'fast'] as const).map((mode) => html`<button type="button" ?disabled=${cut} aria-pressed=${charger.limit.holder === mode || (charger.limit.holder === 'paused' && charger.mode === mode)} @click=${() => this.give({ type: 'mode', mode })}>${t(`mode.${mode}`)} <small>${amperes(charger.limit[mode], this.language)} A</small></button>`)}
        </div>
      </div>
      <div>${this.slider(cut, t)}${progress(this.commands.get('limit'), t)}</div>
      <div>
        <button type="button" class="button quiet small" aria-expanded=${this.open} aria-controls="more" @click=${() => { this.open = !this.open }}>${icon('more')}${t('action.more')}</button>
        ${(['unlock', 'reservation', 'availability', 'reset'] as const).map((control) => progress(this.commands.get(control), t))}
      </div>
      <div id="more" class="more" ?hidden=${!this.open}>${this.open ? this.menu(cut, t) : nothing}</div>
    </div>`
  }

  private startStop(cut: boolean, t: Translate): TemplateResult {
    const { charger } = this
    const underWay = this.commands.get('charging')
    const waitsForCar = underWay !== undefined && !underWay.ended && underWay.order.type === 'start'
    const stops = isBusy(charger) || waitsForCar
    const hindrance = stops ? (charger.connected ? null : 'why.offline') : startHindrance(charger)
    const label = stops ? (waitsForCar && !isBusy(charger) ? t('action.callOff') : t('action.stop')) : t('action.start')
    return html`<div>
      <button type="button" class="button large ${stops ? '' : 'primary'}" data-action=${stops ? 'stop' : 'start'} aria-describedby="why" ?disabled=${cut || hindrance !== null}
        @click=${() => this.give(stops ? { type: 'stop' } : { type: 'start' })}>${icon(stops ? 'stop' : 'bolt')}${label}</button>
      <p id="why" class="why" ?hidden=${hindrance === null}>${hindrance === null ? nothing : t(hindrance)}</p>
      ${progress(underWay, t)}
    </div>`
  }

  private slider(cut: boolean, t: Translate): TemplateResult {
    const { limit } = this.charger
    const value = String(Math.min(Math.max(limit.wanted, 6), limit.most))
    const set = (event: Event) => {
      const amount = event.target instanceof HTMLInputElement ? event.target.valueAsNumber : Number.NaN
      if (Number.isFinite(amount)) this.give({ type: 'limit', amperes: Math.min(Math.max(amount, 6), limit.most) })
    }
    const show = (event: Event) => {
      const box = this.renderRoot.querySelector<HTMLInputElement>('#amount')
      if (box && event.target instanceof HTMLInputElement) box.value = event.target.value
    }
    return html`<div class="slider">
      <label for="amount">${t('limit.label')}</label>
      <input type="range" aria-label=${t('limit.slider')} min="6" max=${limit.most} step="1" .value=${live(value)} ?disabled=${cut} @input=${show} @change=${set}>
      <span class="box"><input id="amount" type="number" inputmode="decimal" min="6" max=${limit.most} step="0.1" .value=${value} ?disabled=${cut} @change=${set}><span aria-hidden="true">A</span></span>
    </div>`
  }

  private menu(cut: boolean, t: Translate): TemplateResult {
    const { charger } = this
    return html`<div class="row">${menuOf(charger).map((item) => html`<button type="button" class="button" data-action=${item.label} ?disabled=${cut || (item.needsLink && !charger.connected)}
      @click=${() => (item.asks ? this.ask(item) : this.give(item.order))}>${icon(item.icon)}${t(item.label)}</button>`)}</div>
      ${charger.connected ? nothing : html`<p class="why">${t('why.offline')}</p>`}`
  }

  private dialog(t: Translate): TemplateResult {
    const { question } = this
    return html`<dialog aria-labelledby="question" @close=${() => { this.question = null }}>
      ${question === null ? nothing : html`<h3 id="question">${t(question.title)}</h3><p>${t(question.text)}</p>
        <div class="row">
          <button type="button" class="button" @click=${() => this.closeDialog()}>${t('action.cancel')}</button>
          <button type="button" class="button danger" data-action="confirm" @click=${() => { this.give(question.order); this.closeDialog() }}>${t('action.yes')}</button>
        </div>`}
    </dialog>`
  }

  private ask(question: Question): void {
    this.question = question
    void this.updateComplete.then(() => this.renderRoot.querySelector('dialog')?.showModal())
  }

  private closeDialog(): void {
    this.renderRoot.querySelector('dialog')?.close()
  }

  private give(order: Order): void {
    this.dispatchEvent(new CustomEvent<Order>('order', { detail: order }))
  }
}

function menuOf(charger: Charger): readonly MenuItem[] {
  const busy = isBusy(charger)
  const operative = charger.availability.wanted ?? charger.availability.accepted ?? charger.status !== 'Unavailable'
  return [
    { order: { type: 'unlock' }, icon: 'lock', label: 'action.unlock', title: 'ask.unlock', text: 'ask.unlockText', asks: busy, needsLink: true },
    charger.reservation && charger.reservation.stage !== 'freeing'
      ? { order: { type: 'free' }, icon: 'bookmark', label: 'action.free', title: 'action.free', text: 'action.free', asks: false, needsLink: false }
      : { order: { type: 'reserve' }, icon: 'bookmark', label: 'action.reserve', title: 'action.reserve', text: 'action.reserve', asks: false, needsLink: false },
    { order: { type: 'availability', operative: !operative }, icon: 'power', label: operative ? 'action.inoperative' : 'action.operative', title: 'ask.inoperative', text: 'ask.inoperativeText', asks: operative, needsLink: false },
    { order: { type: 'reset', hard: false }, icon: 'reset', label: 'action.reset', title: 'ask.reset', text: 'ask.resetText', asks: true, needsLink: true },
    { order: { type: 'reset', hard: true }, icon: 'reset', label: 'action.hardReset', title: 'ask.hardReset', text: 'ask.hardResetText', asks: true, needsLink: true },
  ]
}

customElements.define('charger-card', ChargerCard)
