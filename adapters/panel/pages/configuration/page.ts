import { html, nothing, type TemplateResult } from 'lit'
import { place, writePlace } from '../../app/router.ts'
import { live } from '../../app/session.ts'
import { icon } from '../../elements/icon.ts'
import { failure, tabs, top } from '../../elements/parts.ts'
import { View } from '../../elements/view.ts'
import { clip } from '../../format/text.ts'
import type { PlainName } from '../../i18n/translate.ts'
import { chargerEditor } from './charger-editor.ts'
import { chargersOf, type Draft } from './draft.ts'
import { ets } from './ets.ts'
import { file } from './file.ts'
import { settings } from './settings.ts'
import { apply, applyAnyway, edit, editing, isChanged, loadConfiguration, type Editing } from './store.ts'
import { tagTable } from './tag-table.ts'

/** What every part of the page is given. */
export interface Part {
  readonly state: Editing
  readonly draft: Draft
  readonly t: View['t']
  readonly change: (draft: Draft) => void
  /** What is wrong at a place: told right there. */
  readonly faultAt: (path: string) => string | undefined
  readonly warningAt: (path: string) => string | undefined
}

const parts = ['chargers', 'tags', 'settings', 'file', 'ets'] as const
type PartName = (typeof parts)[number]
const titles: { readonly [Name in PartName]: PlainName } = {
  chargers: 'page.chargers', tags: 'configuration.tags', settings: 'configuration.settings', file: 'configuration.file', ets: 'configuration.ets',
}

/** The configuration: forms, the file itself, and what ETS is told of it. */
class ConfigurationPage extends View {
  static override properties = { chosen: { state: true } }
  /** Which charger is edited: by place in the list, because everything else of it may change. */
  declare chosen: number
  private shownAddress = ''
  private heardVersion = ''

  constructor() {
    super(place, editing)
    this.chosen = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!isChanged(editing.get())) void loadConfiguration()
  }

  override willUpdate(): void {
    const { configurationVersion } = live.get()
    const { base, busy } = editing.get()
    // Somebody else loaded a configuration, and there is nothing here to be lost by reading it.
    const isNews = configurationVersion !== null && configurationVersion !== this.heardVersion
    if (isNews && base && !busy) {
      this.heardVersion = configurationVersion
      if (configurationVersion !== base.version && !isChanged(editing.get())) void loadConfiguration()
    }
    this.followAddress()
  }

  private followAddress(): void {
    const { rest: [part, identity, connector] } = place.get()
    const { draft } = editing.get()
    const address = JSON.stringify([identity, connector])
    if (part !== 'chargers' || identity === undefined || draft === null || address === this.shownAddress) return
    const index = chargersOf(draft).findIndex((charger) => charger['identity'] === identity && String(charger['connector']) === connector)
    if (index < 0) return
    this.shownAddress = address
    this.chosen = index
  }

  override render(): TemplateResult {
    const { t } = this
    const state = editing.get()
    const current = parts.find((name) => name === place.get().rest[0]) ?? 'chargers'
    const items = parts.map((name) => ({ href: writePlace('configuration', name), label: t(titles[name]), current: name === current }))
    return html`${top(t('page.configuration'), t('configuration.words'))}${tabs(t('page.configuration'), items)}
      ${state.base === null ? html`${failure(state.failed, t)}<p class="empty" role="status">${t('live.connecting')}</p>` : html`
        ${state.base.writable ? nothing : html`<p class="note warn">${t('configuration.readOnly')}</p>`}
        ${this.body(current, state)}${this.bar(state)}`}`
  }

  private body(current: PartName, state: Editing): TemplateResult {
    const { t } = this
    if (current === 'file') return file(state, t)
    if (current === 'ets') return ets(t)
    if (state.draft === null) return html`<p class="note warn">${t('configuration.onlyText')} <a href=${writePlace('configuration', 'file')}>${t('configuration.file')}</a></p>`
    const told = (list: readonly { readonly path: string; readonly what: string; readonly right: string }[] | undefined) => (path: string) => {
      const found = list?.find((mistake) => mistake.path === path)
      return found && clip([found.what, found.right].filter((text) => text !== '').join('; '), 300)
    }
    const part: Part = { state, draft: state.draft, t, change: (draft) => edit({ draft }), faultAt: told(state.reading?.mistakes), warningAt: told(state.reading?.warnings) }
    const locked = state.text !== null ? html`<p class="note warn">${t('configuration.textEdited')} <a href=${writePlace('configuration', 'file')}>${t('configuration.file')}</a></p>` : nothing
    const form = current === 'chargers' ? chargerEditor(part, Math.min(this.chosen, Math.max(0, chargersOf(state.draft).length - 1)), (index) => { this.chosen = index }) : current === 'tags' ? tagTable(part) : settings(part)
    return html`${locked}<fieldset ?disabled=${state.text !== null}>${form}</fieldset>`
  }

  /** What was changed, what is wrong with it, and the button that loads it. */
  private bar(state: Editing): TemplateResult | typeof nothing {
    const { t } = this
    const { reading, failed, busy, base } = state
    const changed = isChanged(state)
    if (!changed && !failed && !state.loaded) return nothing
    const mistakes = reading?.mistakes ?? []
    const overtaken = failed?.status === 412
    return html`<section class="apply" aria-label=${t('configuration.load')}>
      ${overtaken ? html`<p class="note warn" role="alert"><strong>${t('configuration.overtaken')}</strong> ${t('configuration.overtakenWords')}</p>` : failure(failed, t)}
      ${mistakes.length === 0 ? nothing : html`<details class="note bad"><summary>${t('configuration.mistakes', { count: mistakes.length })}</summary><ul>${mistakes.slice(0, 50).map(({ path, what, right, line }) => html`<li><code>${clip(path, 120)}</code>${line === null ? nothing : html` <span class="number">(${t('configuration.line', { line })})</span>`}: ${clip(what, 200)}; ${clip(right, 200)}</li>`)}</ul></details>`}
      <div class="row"><p class="grow quiet-text" role="status">${state.loaded && !changed ? html`<span class="badge good">${icon('check')}${t('configuration.loaded')}</span>` : mistakes.length > 0 ? t('configuration.mend') : reading?.valid ? t('configuration.valid') : t('configuration.checking')}</p>
        ${changed ? html`<button type="button" class="button" ?disabled=${busy} @click=${() => loadConfiguration()}>${overtaken ? t('configuration.takeTheirs') : t('configuration.discard')}</button>` : nothing}
        ${overtaken ? html`<button type="button" class="button danger" ?disabled=${busy} @click=${() => applyAnyway()}>${t('configuration.keepMine')}</button>` : nothing}
        ${changed && !overtaken ? html`<button type="button" class="button primary" data-action="load" ?disabled=${busy || !base?.writable || reading?.valid !== true} @click=${() => apply()}>${icon('upload')}${t('configuration.load')}</button>` : nothing}</div>
    </section>`
  }
}

customElements.define('configuration-page', ConfigurationPage)
