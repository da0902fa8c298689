import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../../elements/icon.ts'
import { saveText } from '../../elements/parts.ts'
import { clip } from '../../format/text.ts'
import type { Translate } from '../../i18n/translate.ts'
import { edit, textOf, type Editing } from './store.ts'

/** The configuration as text, with its mistakes by line. */
export function file(state: Editing, t: Translate): TemplateResult {
  const text = textOf(state)
  const told = [...(state.reading?.mistakes ?? []).map((mistake) => ({ ...mistake, tone: 'bad' })), ...(state.reading?.warnings ?? []).map((mistake) => ({ ...mistake, tone: 'warn' }))]
  const open = async (event: Event) => {
    const chosen = event.target instanceof HTMLInputElement ? event.target.files?.[0] : undefined
    if (chosen) edit({ text: await chosen.text() })
  }
  return html`<section class="card flush" aria-labelledby="file"><header><h2 id="file">${t('configuration.file')}</h2><span class="grow"></span>
      <button type="button" class="button small" @click=${() => saveText('site.yaml', text, 'application/yaml')}>${icon('download')}${t('action.download')}</button>
      <label class="button small" for="import">${icon('upload')}${t('configuration.import')}</label><input id="import" class="visually-hidden" type="file" accept=".yaml,.yml,.json" @change=${open}></header>
    <div class="file"><pre class="code lines" aria-hidden="true">${text.split('\n').map((_, i) => html`<span class=${told.find(({ line }) => line === i + 1)?.tone ?? ''}>${i + 1}\n</span>`)}</pre>
      <textarea id="yaml" class="code" aria-label=${t('configuration.file')} rows=${Math.min(Math.max(text.split('\n').length, 12), 400)} spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" .value=${text} @input=${(event: Event) => event.target instanceof HTMLTextAreaElement && edit({ text: event.target.value })}></textarea></div>
    ${told.length === 0 ? nothing : html`<ul class="told" aria-label=${t('configuration.mistakesShort')}>${told.slice(0, 100).map(({ line, column, path, what, right, tone }) => html`<li class=${tone}><button type="button" class="button quiet small number" ?disabled=${line === null} @click=${() => goTo(line ?? 1, column ?? 1)}>${line === null ? clip(path, 60) : t('configuration.line', { line })}</button><span>${clip(what, 300)}; ${clip(right, 300)}</span></li>`)}</ul>`}
    <p class="quiet-text pad">${t('configuration.passwordsMasked')}</p></section>`
}

function goTo(line: number, column: number): void {
  const area = document.querySelector<HTMLTextAreaElement>('#yaml')
  if (!area) return
  const start = area.value.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  area.focus()
  area.setSelectionRange(start, area.value.indexOf('\n', start) < 0 ? area.value.length : area.value.indexOf('\n', start))
}
