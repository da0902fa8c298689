import { html, nothing, type TemplateResult } from 'lit'
import type { CallAnswer } from '../../../hono/schemas/charger.ts'
import type { FrameView, TelegramView } from '../../../hono/schemas/diagnosis.ts'
import { api, ask, askText } from '../../app/api.ts'
import { dataOf, follow, type LiveConnection } from '../../app/live.ts'
import { inOrder } from '../../app/orders.ts'
import { place, writePlace } from '../../app/router.ts'
import { live, may } from '../../app/session.ts'
import { icon } from '../../elements/icon.ts'
import { empty, failure, field, saveText, table, tabs, top, type Failure } from '../../elements/parts.ts'
import { View } from '../../elements/view.ts'
import { clip, clipLines } from '../../format/text.ts'
import { timeOfDay } from '../../format/times.ts'
import { named, type PlainName } from '../../i18n/translate.ts'
import { callNames, templateOf } from './call-templates.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { framesOf } from './trace.ts'

const parts = ['frames', 'telegrams', 'call', 'bus', 'commands'] as const
type PartName = (typeof parts)[number]
const titles: { readonly [Name in PartName]: PlainName } = {
  frames: 'diagnosis.frames', telegrams: 'diagnosis.telegrams', call: 'diagnosis.call', bus: 'diagnosis.bus', commands: 'diagnosis.commands',
}

/** What goes over the wires, and a way to say something there oneself. */
class DiagnosisPage extends View {
  static override properties = {
    identity: { state: true }, filter: { state: true }, action: { state: true }, payload: { state: true }, answer: { state: true }, failed: { state: true },
    address: { state: true }, value: { state: true }, said: { state: true }, busy: { state: true },
  }
  declare identity: string
  declare filter: string
  declare action: string
  declare payload: string
  declare answer: CallAnswer | null
  declare failed: Failure | null
  declare address: string
  declare value: string
  declare said: string
  declare busy: boolean
  private connection: LiveConnection | undefined
  private followed = ''
  private readonly frames: Recorder<FrameView>
  private readonly telegrams: Recorder<TelegramView>

  constructor() {
    const frames = createRecorder<FrameView>()
    const telegrams = createRecorder<TelegramView>()
    super(place, frames.shown, frames.paused, telegrams.shown, telegrams.paused)
    this.frames = frames
    this.telegrams = telegrams
    this.identity = ''
    this.filter = ''
    this.action = 'GetConfiguration'
    this.payload = templateOf('GetConfiguration')
    this.answer = null
    this.failed = null
    this.address = ''
    this.value = ''
    this.said = ''
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (may('administer')) void ask(api.bus.$get({ query: { limit: '200' } })).then((reply) => reply.ok && this.telegrams.add(reply.value.toReversed()))
    void ask(api.commands.$get({ query: { limit: '200' } })).then((reply) => {
      if (reply.ok) live.update((now) => ({ ...now, commands: new Map([...reply.value.toReversed().map((command) => [command.id, command] as const), ...now.commands]) }))
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.connection?.close()
    this.followed = ''
  }

  override willUpdate(): void {
    const [first] = this.identities
    if (this.identity === '' && first !== undefined) this.identity = first
    // A last update may come when the page is left already: a stream opened then would never be closed.
    if (!this.isConnected || !may('administer') || this.identity === this.followed) return
    this.connection?.close()
    this.frames.clear()
    this.followed = this.identity
    const { identity } = this
    void askText(`/api/traces/${encodeURIComponent(identity)}`).then((reply) => {
      if (reply.ok && this.followed === identity) this.frames.begin(framesOf(reply.value))
    })
    this.connection = follow({
      query: { telegrams: 'true', frames: identity },
      each: (events) => {
        // The stream is our own controller's.
        this.frames.add(dataOf(events, 'frame') as readonly FrameView[])
        this.telegrams.add(dataOf(events, 'telegram') as readonly TelegramView[])
      },
    })
  }

  private get identities(): readonly string[] {
    return [...new Set(inOrder(live.get().chargers.values(), this.language).map(({ identity }) => identity))]
  }

  override render(): TemplateResult {
    const { t } = this
    const allowed = may('administer') ? parts : (['commands'] as const)
    const current = allowed.find((name) => name === place.get().rest[0]) ?? allowed[0]
    const items = allowed.map((name) => ({ href: writePlace('diagnosis', name), label: t(titles[name]), current: name === current }))
    const bodies: { readonly [Name in PartName]: () => TemplateResult } = {
      frames: () => this.frameList(), telegrams: () => this.telegramList(), call: () => this.composer(), bus: () => this.busForm(), commands: () => this.commandList(),
    }
    return html`${top(t('page.diagnosis'), may('administer') ? t('diagnosis.words') : t('diagnosis.onlyAdministrators'))}${tabs(t('page.diagnosis'), items)}${bodies[current]()}`
  }

  private identityField(): TemplateResult {
    return field({ id: 'identity', label: this.t('status.chargePoint'), value: this.identity, options: this.identities.map((identity) => ({ value: identity, label: clip(identity, 60) })), onInput: (value) => { this.identity = value } })
  }

  /** Filter, pause, clear and download are the same for frames and telegrams. */
  private tools<Entry>(recorder: Recorder<Entry>, name: string, more: TemplateResult | typeof nothing = nothing): TemplateResult {
    const { t } = this
    const paused = recorder.paused.get()
    return html`<header class="filters">${more}${field({ id: 'filter', type: 'search', label: t('diagnosis.filter'), value: this.filter, onInput: (value) => { this.filter = value } })}<span class="grow"></span>
      <button type="button" class="button" aria-pressed=${paused} data-action="pause" @click=${() => (paused ? recorder.resume() : recorder.paused.set(true))}>${icon(paused ? 'play' : 'pause')}${paused ? t('diagnosis.resume') : t('diagnosis.pause')}</button>
      <button type="button" class="button" data-action="clear" @click=${() => recorder.clear()}>${t('diagnosis.clear')}</button>
      <button type="button" class="button" data-action="download" @click=${() => saveText(`${name}.jsonl`, recorder.shown.get().toReversed().map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'application/x-ndjson')}>${icon('download')}${t('action.download')}</button></header>`
  }

  private passes(text: string): boolean {
    return this.filter === '' || text.toLowerCase().includes(this.filter.toLowerCase())
  }

  private frameList(): TemplateResult {
    const { t, language, zone } = this
    const shown = this.frames.shown.get().filter(({ text }) => this.passes(text))
    const trace = async () => {
      const reply = await askText(`/api/traces/${encodeURIComponent(this.identity)}`)
      if (reply.ok) saveText(`${this.identity.replace(/[^\w.-]/g, '_')}.trace.jsonl`, reply.value, 'application/x-ndjson')
    }
    return html`<div class="card flush">${this.tools(this.frames, 'frames', this.identityField())}
      ${shown.length === 0 ? empty(t('diagnosis.noFrames'), 'diagnosis') : html`<ol class="log" tabindex="0" role="region" aria-label=${t('diagnosis.frames')}>${shown.map((frame) => html`<li data-from=${frame.from}><span class="number">${timeOfDay(frame.at, language, zone)}</span><span class="way" title=${t(`diagnosis.${frame.from}`)}>${frame.from === 'charger' ? '→' : '←'}<span class="visually-hidden">${t(`diagnosis.${frame.from}`)}</span></span>${frameText(frame.text)}</li>`)}</ol>`}
      <p class="pad quiet-text"><button type="button" class="button small" @click=${trace}>${icon('download')}${t('diagnosis.trace')}</button> ${t('diagnosis.traceWords')}</p></div>`
  }

  private telegramList(): TemplateResult {
    const { t, language, zone } = this
    const shown = this.telegrams.shown.get().filter(({ address, title, value }) => this.passes(`${address} ${title ?? ''} ${value ?? ''}`))
    return html`<div class="card flush">${this.tools(this.telegrams, 'telegrams')}
      ${shown.length === 0 ? empty(t('diagnosis.noTelegrams'), 'diagnosis') : table(t('diagnosis.telegrams'), [t('diagnosis.time'), t('diagnosis.way'), t('bus.address'), t('configuration.object'), t('bus.value')], shown.map(({ at, from, service, address, title, value }) => html`<tr><td class="number">${timeOfDay(at, language, zone)}</td><td>${t(`diagnosis.${from}`)} · ${named(t, 'service', service)}</td><td class="number">${clip(address, 20)}</td><td>${clip(title ?? '–', 120)}</td><td class="number">${clip(value ?? '–', 80)}</td></tr>`))}</div>`
  }

  private composer(): TemplateResult {
    const { t } = this
    const { payload, wrong } = readPayload(this.payload)
    const send = async (event: Event) => {
      event.preventDefault()
      if (payload === undefined) return
      this.busy = true
      this.answer = null
      const reply = await ask(api['charge-points'][':identity'].calls.$post({ param: { identity: this.identity }, json: { action: this.action, payload } }))
      this.busy = false
      this.failed = reply.ok ? null : reply
      if (reply.ok) this.answer = reply.value
    }
    return html`<form class="card stack" @submit=${send}><p class="note warn">${t('call.words')}</p><div class="fields">${this.identityField()}
        ${field({ id: 'action', label: t('call.action'), value: this.action, options: callNames.map((name) => ({ value: name, label: name })), onInput: (value) => { this.action = value; this.payload = templateOf(value) } })}</div>
      <div class="field"><label for="payload">${t('call.payload')}</label><textarea id="payload" class="code" rows="10" spellcheck="false" .value=${this.payload} aria-invalid=${wrong === undefined ? nothing : 'true'} aria-describedby=${wrong === undefined ? nothing : 'payload-fault'} @input=${(event: Event) => { if (event.target instanceof HTMLTextAreaElement) this.payload = event.target.value }}></textarea>${wrong === undefined ? nothing : html`<span class="fault" id="payload-fault">${t('call.noObject')} ${clip(wrong, 200)}</span>`}</div>
      <div class="row"><button class="button primary" data-action="send-call" ?disabled=${this.busy || payload === undefined || this.identity === ''}>${this.busy ? t('call.waiting') : t('call.send')}</button></div>
      ${failure(this.failed, t)}
      ${this.answer === null ? nothing : html`<section aria-labelledby="answer" role="status"><h3 id="answer">${this.answer.type === 'result' ? t('call.result') : t('call.error')}</h3><pre class="note" id="call-answer">${clipLines(JSON.stringify(this.answer.type === 'result' ? this.answer.payload : { code: this.answer.code, description: this.answer.description, details: this.answer.details }, null, 2) ?? '')}</pre></section>`}</form>`
  }

  private busForm(): TemplateResult {
    const { t } = this
    const settle = async (request: ReturnType<typeof write>) => {
      this.busy = true
      const reply = await request
      this.busy = false
      this.failed = reply.ok ? null : reply
      this.said = reply.ok ? [reply.value.address, reply.value.title, reply.value.value].filter((part) => part !== null).join(' · ') : ''
    }
    const submit = (event: Event) => {
      event.preventDefault()
      void settle(write(this.address.trim(), this.value.trim()))
    }
    return html`<form class="card stack" @submit=${submit}><p class="note warn">${t('bus.words')}</p><div class="fields">
        ${field({ id: 'address', label: t('bus.address'), value: this.address, placeholder: '9/7/41', required: true, onInput: (value) => { this.address = value } })}
        ${field({ id: 'value', label: t('bus.value'), value: this.value, hint: t('bus.valueHint'), onInput: (value) => { this.value = value } })}</div>
      <div class="row"><button class="button primary" data-action="bus-write" ?disabled=${this.busy || this.value.trim() === '' || this.address.trim() === ''}>${t('bus.write')}</button>
        <button type="button" class="button" data-action="bus-read" ?disabled=${this.busy || this.address.trim() === ''} @click=${() => settle(ask(api.bus.read.$post({ json: { address: this.address.trim() } })))}>${t('bus.read')}</button></div>
      ${failure(this.failed, t)}${this.said === '' ? nothing : html`<p class="note good" role="status">${t('bus.confirmed')} ${clip(this.said, 200)}</p>`}
      <p class="quiet-text"><a href=${writePlace('diagnosis', 'telegrams')}>${t('bus.answers')}</a></p></form>`
  }

  private commandList(): TemplateResult {
    const { t, language, zone } = this
    const { chargers, commands } = live.get()
    const nameOf = (identity: string, connector: number) => clip(chargers.get(`${identity}/${connector}`)?.name ?? `${identity}/${connector}`, 60)
    const rows = [...commands.values()].toSorted((a, b) => b.at - a.at).map(({ id, at, identity, connector, order, source, stages }) => html`<tr data-command=${id}><td class="number">${timeOfDay(at, language, zone)}</td><td>${nameOf(identity, connector)}</td><td>${named(t, 'order', order.type)}</td><td>${named(t, 'source', source)}</td>
      <td>${stages.length === 0 ? t('stage.waiting') : stages.map(({ stage, reason }, i) => html`${i === 0 ? nothing : ' → '}${named(t, 'stage', stage)}${reason === '' ? nothing : html` <span class="quiet-text">(${clip(reason, 160)})</span>`}`)}</td></tr>`)
    return html`<div class="card flush">${rows.length === 0 ? empty(t('diagnosis.noCommands'), 'diagnosis') : table(t('diagnosis.commands'), [t('diagnosis.time'), t('charger.word'), t('command.order'), t('command.source'), t('command.stages')], rows)}</div>`
  }
}

const longFrame = 400

/** A long frame shows its beginning, and the rest when it is asked for. */
function frameText(text: string): TemplateResult {
  if (text.length <= longFrame) return html`<code>${clip(text, longFrame)}</code>`
  return html`<details><summary><code>${clip(text, 160)}</code></summary><code>${clip(text, 20_000)}</code></details>`
}

function readPayload(text: string): { readonly payload?: Record<string, unknown>; readonly wrong?: string } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { payload: { ...value } }
    return { wrong: '' }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : '' }
  }
}

/** `true`, a number or a text for an address of this site; `0x…` for the bytes of any. */
function write(address: string, text: string) {
  const bytes = /^0x((?:[0-9a-f]{2})+)$/i.exec(text)?.[1]
  const number = Number(text.replace(',', '.'))
  const value = text === 'true' || text === 'false' ? text === 'true' : Number.isNaN(number) ? text : number
  return ask(api.bus.write.$post({ json: bytes === undefined ? { address, value } : { address, payload: { bytes: (bytes.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)) } } }))
}

customElements.define('diagnosis-page', DiagnosisPage)
