import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Charger } from '../../hono/schemas/charger.ts'
import { chargerKey } from '../app/live-state.ts'
import { give, inOrder, progressOf, type Order } from '../app/orders.ts'
import { place, writePlace } from '../app/router.ts'
import { live, may, me } from '../app/session.ts'
import { isBusy, lookOf, startHindrance, type StateLook } from '../elements/charger-words.ts'
import { icon } from '../elements/icon.ts'
import { empty, field, table, top } from '../elements/parts.ts'
import { View } from '../elements/view.ts'
import { kilowattHours, kilowatts, number, unknown } from '../format/numbers.ts'
import { clip } from '../format/text.ts'
import '../elements/charger-card.ts'

/** Up to so many chargers each have an element of their own; more are a list. */
const mostCards = 6

/** Chargers by what people look for. */
const kinds = ['all', 'active', 'calm', 'attention', 'offline'] as const
type Kind = (typeof kinds)[number]

const tones: { readonly [Tone in StateLook['tone']]: Kind } = { active: 'active', calm: 'calm', wait: 'active', bad: 'attention', off: 'attention' }

function kindOf(charger: Charger): Kind {
  return charger.connected ? tones[lookOf(charger).tone] : 'offline'
}

/** All chargers, or one that was chosen in the list. */
class ChargersPage extends View {
  static override properties = { search: { state: true }, kind: { state: true } }
  declare search: string
  declare kind: Kind

  constructor() {
    super(place)
    this.search = ''
    this.kind = 'all'
  }

  override render(): TemplateResult {
    const { t } = this
    const { chargers } = live.get()
    const all = inOrder(chargers.values(), this.language)
    const [identity, connector] = place.get().rest
    if (identity !== undefined) return this.single(all.find((charger) => charger.identity === identity && String(charger.connector) === connector))
    return html`${top(t('page.chargers'), this.summary(all))}${all.length === 0 ? this.none() : all.length <= mostCards ? html`<div class="grid">${repeat(all, chargerKey, (charger) => this.card(charger))}</div>` : this.list(all)}`
  }

  private summary(all: readonly Charger[]): string {
    const { t } = this
    const power = all.reduce((sum, charger) => sum + (charger.connected ? charger.power ?? 0 : 0), 0)
    const charging = all.filter(({ connected, status }) => connected && status === 'Charging').length
    const away = all.filter(({ connected }) => !connected).length
    return [t('chargers.summary', { charging, all: all.length, power: kilowatts(power, this.language) }), ...(away > 0 ? [t('chargers.away', { count: away })] : [])].join(' · ')
  }

  private none(): TemplateResult {
    const { t } = this
    if (live.get().link === 'connecting') return html`<p class="empty" role="status">${t('live.connecting')}</p>`
    return html`<div class="card">${empty(t('chargers.none'), 'charger')}<p class="row" data-center>${may('administer') ? html`<a class="button primary" href=${writePlace('status')}>${t('chargers.addFirst')}</a>` : nothing}</p></div>`
  }

  private single(charger: Charger | undefined): TemplateResult {
    const { t } = this
    return html`<p class="top"><a class="button quiet" href=${writePlace('chargers')}>${icon('back')}${t('chargers.back')}</a></p>
      ${charger ? html`<div class="single">${this.card(charger)}</div>` : empty(t('charger.missing'), 'charger')}`
  }

  private card(charger: Charger): TemplateResult {
    const state = live.get()
    const order = (event: CustomEvent<Order>) => give({ state: live }, charger, event.detail, this.t('live.unreachable'))
    return html`<charger-card data-charger=${chargerKey(charger)} .charger=${charger} .commands=${progressOf(state, charger, Date.now() + state.skewMs)} .permission=${me.get()?.role ?? 'look'}
      .language=${this.language} .skewMs=${state.skewMs} .staleSince=${state.link === 'live' ? null : state.heardAt} @order=${order}></charger-card>`
  }

  private list(all: readonly Charger[]): TemplateResult {
    const { t } = this
    const wanted = this.search.trim().toLowerCase()
    const matches = (charger: Charger) => wanted === '' || `${charger.name} ${chargerKey(charger)} ${charger.session?.tag ?? ''} ${charger.session?.tagName ?? ''}`.toLowerCase().includes(wanted)
    const shown = all.filter((charger) => (this.kind === 'all' || kindOf(charger) === this.kind) && matches(charger))
    const count = (kind: Kind) => (kind === 'all' ? all.length : all.filter((charger) => kindOf(charger) === kind).length)
    return html`<div class="card flush"><header class="filters">
        ${field({ id: 'search', type: 'search', label: t('chargers.search'), value: this.search, placeholder: t('chargers.searchHint'), onInput: (value) => { this.search = value } })}
        <div class="segments" role="group" aria-label=${t('chargers.filter')}>${kinds.map((kind) => html`<button type="button" aria-pressed=${this.kind === kind} @click=${() => { this.kind = kind }}>${t(`chargers.${kind}`)} <small>${count(kind)}</small></button>`)}</div>
      </header>
      ${shown.length === 0 ? empty(t('chargers.noMatch'), 'search') : table(t('page.chargers'),
        [t('charger.name'), t('charger.state'), t('charger.session'), t('figure.current'), t('figure.power'), t('figure.energy'), html`<span class="visually-hidden">${t('action.label')}</span>`],
        [html`${repeat(shown, chargerKey, (charger) => this.row(charger))}`], [3, 4, 5, 6])}
      <p class="visually-hidden" role="status">${t('chargers.shown', { count: shown.length })}</p></div>`
  }

  private row(charger: Charger): TemplateResult {
    const { t, language } = this
    const look = lookOf(charger)
    const state = live.get()
    const stale = state.link !== 'live'
    const busy = isBusy(charger)
    const href = writePlace('chargers', charger.identity, String(charger.connector))
    const known = charger.connected && !stale
    const underWay = progressOf(state, charger, Date.now() + state.skewMs).get('charging')
    return html`<tr data-charger=${chargerKey(charger)}>
      <th scope="row"><a href=${href}>${clip(charger.name, 60)}</a></th>
      <td><span class="state" data-tone=${look.tone}>${icon(look.icon)}${t(look.words)}</span></td>
      <td class="clip">${charger.session ? clip(charger.session.tagName ?? charger.session.tag, 40) : nothing}</td>
      <td class="right">${number(known ? charger.current : null, 1, language)} A</td>
      <td class="right">${kilowatts(known ? charger.power : null, language)} kW</td>
      <td class="right">${charger.session ? html`${kilowattHours(charger.session.energy, language)} kWh` : unknown}</td>
      <td class="right">${may('operate') ? html`<button type="button" class="button small" ?disabled=${stale || !charger.connected || (!busy && startHindrance(charger) !== null)} aria-label="${busy ? t('action.stop') : t('action.start')}: ${clip(charger.name, 60)}" title=${underWay?.stages.at(-1)?.reason ?? ''}
        @click=${() => give({ state: live }, charger, { type: busy ? 'stop' : 'start' }, t('live.unreachable'))}>${icon(busy ? 'stop' : 'bolt')}${busy ? t('action.stopShort') : t('action.startShort')}</button>` : nothing}</td></tr>`
  }
}

customElements.define('chargers-page', ChargersPage)
