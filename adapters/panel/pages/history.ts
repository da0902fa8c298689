import { html, nothing, type TemplateResult } from 'lit'
import type { Sample, Session, Total } from '../../hono/schemas/session.ts'
import { api, ask } from '../app/api.ts'
import { chargerKey } from '../app/live-state.ts'
import { inOrder } from '../app/orders.ts'
import { place, writePlace } from '../app/router.ts'
import { live } from '../app/session.ts'
import { theme } from '../app/preferences.ts'
import { icon } from '../elements/icon.ts'
import { curvesOf, LinePlot } from '../elements/line-plot.ts'
import { empty, failure, field, table, tabs, top, type Failure } from '../elements/parts.ts'
import { View } from '../elements/view.ts'
import { kilowattHours, unknown } from '../format/numbers.ts'
import { clip } from '../format/text.ts'
import { named } from '../i18n/translate.ts'
import { beginningOf, dateAndTime, duration, monthName } from '../format/times.ts'

const parts = ['sessions', 'totals', 'plots'] as const
const hour = 3_600_000
const spans = [{ name: 'hours', ms: 6 * hour }, { name: 'day', ms: 24 * hour }, { name: 'week', ms: 168 * hour }, { name: 'month', ms: 730 * hour }, { name: 'year', ms: 8_766 * hour }] as const
const pageSize = '50'

/** What was: sessions, totals and curves. */
class HistoryPage extends View {
  static override properties = {
    sessions: { state: true }, next: { state: true }, totals: { state: true }, samples: { state: true }, failed: { state: true },
    charger: { state: true }, tag: { state: true }, from: { state: true }, until: { state: true }, span: { state: true },
  }
  declare sessions: readonly Session[] | null
  declare next: string | null
  declare totals: readonly Total[] | null
  declare samples: readonly Sample[] | null
  declare failed: Failure | null
  declare charger: string
  declare tag: string
  declare from: string
  declare until: string
  declare span: (typeof spans)[number]
  private asked = 0
  private drawn: unknown[] = []
  private loadedFor = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super(place, theme)
    this.sessions = null
    this.next = null
    this.totals = null
    this.samples = null
    this.failed = null
    this.charger = ''
    this.tag = ''
    this.from = ''
    this.until = ''
    this.span = spans[1]
  }

  private get shownPart(): (typeof parts)[number] {
    return parts.find((name) => name === place.get().rest[0]) ?? 'sessions'
  }

  override willUpdate(): void {
    const all = inOrder(live.get().chargers.values(), this.language)
    const [first] = all
    if (this.shownPart === 'plots' && this.charger === '' && first) this.charger = chargerKey(first)
    const wanted = JSON.stringify([this.shownPart, this.charger, this.tag, this.from, this.until, this.span.name])
    if (wanted === this.loadedFor) return
    const typing = this.loadedFor !== '' && JSON.parse(this.loadedFor)[2] !== this.tag
    this.loadedFor = wanted
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), typing ? 300 : 0)
  }

  private get query() {
    const [identity, connector] = splitKey(this.charger)
    const [from, until] = [beginningOf(this.from), beginningOf(this.until, 1)]
    return {
      ...(identity !== '' && { identity, connector }), ...(this.tag !== '' && { tag: this.tag.trim() }),
      ...(from !== undefined && { from: String(from) }), ...(until !== undefined && { until: String(until) }),
    }
  }

  private async load(more = false): Promise<void> {
    const asked = ++this.asked
    if (this.shownPart === 'sessions') {
      const reply = await ask(api.sessions.$get({ query: { ...this.query, limit: pageSize, ...(more && this.next !== null && { cursor: this.next }) } }))
      if (asked !== this.asked) return
      this.failed = reply.ok ? null : reply
      if (!reply.ok) return
      this.sessions = more ? [...(this.sessions ?? []), ...reply.value.sessions] : reply.value.sessions
      this.next = reply.value.next
    } else if (this.shownPart === 'totals') {
      const { identity, from, until } = this.query
      const reply = await ask(api.sessions.totals.$get({ query: { ...(identity !== undefined && { identity }), ...(from !== undefined && { from }), ...(until !== undefined && { until }) } }))
      if (asked !== this.asked) return
      this.failed = reply.ok ? null : reply
      if (reply.ok) this.totals = reply.value
    } else if (this.charger !== '') {
      const [identity, connector] = splitKey(this.charger)
      const until = Date.now() + live.get().skewMs
      const reply = await ask(api.samples.$get({ query: { identity, connector, from: String(Math.round(until - this.span.ms)), until: String(Math.round(until)), points: '800' } }))
      if (asked !== this.asked) return
      this.failed = reply.ok ? null : reply
      if (reply.ok) this.samples = reply.value
    }
  }

  override render(): TemplateResult {
    const { t, shownPart: part } = this
    return html`${top(t('page.history'), t('history.words'))}${tabs(t('page.history'), parts.map((name) => ({ href: writePlace('history', name), label: t(`history.${name}`), current: name === part })))}
      ${failure(this.failed, t)}${part === 'sessions' ? this.sessionTable() : part === 'totals' ? this.totalTable() : this.plots()}`
  }

  private chargerField(all: boolean): TemplateResult {
    const { t } = this
    const options = inOrder(live.get().chargers.values(), this.language).map((charger) => ({ value: chargerKey(charger), label: clip(charger.name, 60) }))
    return field({ id: 'charger', label: t('charger.word'), value: this.charger, options: all ? [{ value: '', label: t('history.all') }, ...options] : options, onInput: (value) => { this.charger = value } })
  }

  private timeFields(): TemplateResult {
    const { t } = this
    return html`${field({ id: 'from', type: 'date', label: t('history.from'), value: this.from, onInput: (value) => { this.from = value } })}${field({ id: 'until', type: 'date', label: t('history.until'), value: this.until, onInput: (value) => { this.until = value } })}`
  }

  private sessionTable(): TemplateResult {
    const { t, language, zone } = this
    const search = new URLSearchParams(this.query).toString()
    const rows = (this.sessions ?? []).map((session) => html`<tr data-session=${session.id}>
      <th scope="row" class="number">${dateAndTime(session.startedAt, language, zone)}</th>
      <td>${clip(session.charger ?? `${session.identity}/${session.connector}`, 80)}</td>
      <td class="clip">${clip(session.tagName ?? session.tag, 40)}</td>
      <td class="right">${session.endedAt === null ? unknown : duration(session.endedAt - session.startedAt)}</td>
      <td class="right">${session.energy === null ? unknown : html`${kilowattHours(session.energy, language)} kWh`}</td>
      <td><span class="badge ${session.state === 'running' ? 'good' : session.state === 'lost' ? 'warn' : ''}">${session.state === 'ended' ? named(t, 'reason', session.reason ?? 'Local') : t(`session.${session.state}`)}</span></td></tr>`)
    return html`<div class="card flush"><header class="filters">${this.chargerField(true)}${field({ id: 'tag', label: t('figure.tag'), value: this.tag, onInput: (value) => { this.tag = value } })}${this.timeFields()}<span class="grow"></span>
        <a class="button" href="/api/sessions.csv${search === '' ? '' : `?${search}`}" download="sessions.csv">${icon('download')}CSV</a></header>
      ${this.sessions === null ? html`<p class="empty" role="status">${t('live.connecting')}</p>` : rows.length === 0 ? empty(t('history.none'), 'history')
        : table(t('history.sessions'), [t('session.started'), t('charger.word'), t('figure.tag'), t('figure.duration'), t('figure.energy'), t('session.end')], rows, [3, 4])}
      ${this.next === null ? nothing : html`<p class="row pad"><button type="button" class="button" @click=${() => this.load(true)}>${t('history.more')}</button></p>`}</div>`
  }

  private totalTable(): TemplateResult {
    const { t, language } = this
    const totals = this.totals ?? []
    const sums = new Map<string, { readonly sessions: number; readonly energy: number }>()
    for (const { month: told, sessions, energy } of totals) {
      const month = told ?? ''
      const before = sums.get(month)
      sums.set(month, { sessions: sessions + (before?.sessions ?? 0), energy: energy + (before?.energy ?? 0) })
    }
    const most = Math.max(1, ...totals.map(({ energy }) => energy))
    const rows = [...sums].sort(([a], [b]) => b.localeCompare(a)).flatMap(([month, sum]) => [
      html`<tr class="sum"><th scope="rowgroup" colspan="2">${monthName(month, language)}</th><td class="right">${sum.sessions}</td><td class="right">${kilowattHours(sum.energy, language)} kWh</td></tr>`,
      ...totals.filter((total) => (total.month ?? '') === month).sort((a, b) => b.energy - a.energy).map((total) => html`<tr><td>${clip(total.tagName ?? total.tag ?? '', 40)}</td><td class="bar"><svg aria-hidden="true" focusable="false"><rect width="${(total.energy / most * 100).toFixed(1)}%" height="6" rx="3"></rect></svg></td><td class="right">${total.sessions}</td><td class="right">${kilowattHours(total.energy, language)} kWh</td></tr>`),
    ])
    return html`<div class="card flush"><header class="filters">${this.chargerField(true)}${this.timeFields()}</header>
      ${this.totals === null ? html`<p class="empty" role="status">${t('live.connecting')}</p>` : rows.length === 0 ? empty(t('history.none'), 'history') : table(t('history.totals'), [t('figure.tag'), html`<span class="visually-hidden">${t('history.share')}</span>`, t('history.count'), t('figure.energy')], rows, [2, 3])}</div>`
  }

  private plots(): TemplateResult {
    const { t } = this
    return html`<div class="card"><header class="filters">${this.chargerField(false)}
        <div class="segments" role="group" aria-label=${t('history.span')}>${spans.map((span) => html`<button type="button" aria-pressed=${span === this.span} @click=${() => { this.span = span }}>${t(`span.${span.name}`)}</button>`)}</div><span class="grow"></span>
        <button type="button" class="button small quiet" @click=${() => this.querySelectorAll('line-plot').forEach((plot) => plot instanceof LinePlot && plot.reset())}>${t('history.zoomOut')}</button></header>
      ${this.samples?.length === 0 ? empty(t('history.noSamples'), 'history') : nothing}
      <div class="plots" ?hidden=${!this.samples?.length}>${(['current', 'power', 'energy'] as const).map((name) => html`<figure><figcaption>${t(`plot.${name}`)}</figcaption><line-plot data-plot=${name}></line-plot></figure>`)}</div>
      <p class="quiet-text">${t('history.zoomHint')}</p></div>`
  }

  override updated(): void {
    const { samples, language, zone, t } = this
    const plots = [...this.querySelectorAll('line-plot')]
    const drawn = [samples, language, zone, theme.get(), plots[0]]
    if (!samples?.length || drawn.every((part, i) => part === this.drawn[i])) return
    this.drawn = drawn
    const curves = curvesOf(samples, { current: t('figure.current'), power: t('figure.power'), energy: t('figure.energy') })
    const seconds = samples.map(({ at }) => at / 1_000)
    for (const [i, plot] of plots.entries()) {
      const curve = curves[i]
      if (plot instanceof LinePlot && curve) plot.show(seconds, curve, 'history', language, zone)
    }
  }
}

function splitKey(key: string): readonly [identity: string, connector: string] {
  const slash = key.lastIndexOf('/')
  return [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)]
}

customElements.define('history-page', HistoryPage)
