import { html, type TemplateResult } from 'lit'
import { field } from '../../elements/parts.ts'
import { isMessage } from '../../i18n/translate.ts'
import { getAt, pathText, setAt, shown, typed } from './draft.ts'
import type { Part } from './page.ts'

/** Every section that is not a list, with every name the controller spells out in it. */
export function settings(part: Part): TemplateResult {
  const sections = Object.entries(part.draft).filter(([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value))
  return html`<div class="stack">${sections.map(([section, value]) => html`<section class="card" aria-labelledby="section-${section}"><header><h2 id="section-${section}">${words(part.t, `section.${section}`, section)}</h2></header>
    <div class="fields">${Object.entries(value ?? {}).filter(([, setting]) => typeof setting !== 'object').map(([name, setting]) => settingField(part, section, name, setting))}</div></section>`)}</div>`
}

function settingField({ draft, state, t, change, faultAt, warningAt }: Part, section: string, name: string, value: unknown): TemplateResult {
  const path = [section, name]
  // What is typed may be no number yet: the kind is that of what the controller has.
  const before = getAt(state.base?.checked, path) ?? value
  const kind = typeof before === 'number' ? 'number' : typeof before === 'boolean' ? 'flag' : 'text'
  const hint = `setting.${section}.${name}.hint`
  return field({
    id: `setting-${section}-${name}`, label: words(t, `setting.${section}.${name}`, name), value: shown(value), fault: faultAt(pathText(path)), warning: warningAt(pathText(path)),
    ...(kind === 'flag' && { options: [{ value: 'true', label: t('choice.yes') }, { value: 'false', label: t('choice.no') }] }),
    ...(isMessage(hint) && { hint: words(t, hint, '') }),
    onInput: (text) => change(setAt(draft, path, kind === 'text' ? text : typed(text, kind) ?? '')),
  })
}

function words(t: Part['t'], name: string, otherwise: string): string {
  return isMessage(name) ? t(name) : otherwise
}
