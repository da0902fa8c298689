import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../../elements/icon.ts'
import { empty } from '../../elements/parts.ts'
import type { PlainName } from '../../i18n/translate.ts'
import { getAt, pathText, removeAt, setAt, shown, tagsOf, typed } from './draft.ts'
import type { Part } from './page.ts'

const columns: readonly { readonly name: string; readonly label: PlainName; readonly placeholder?: string }[] = [
  { name: 'tag', label: 'tag.tag' }, { name: 'name', label: 'charger.name' }, { name: 'parent', label: 'tag.parent' }, { name: 'expires', label: 'tag.expires', placeholder: '2027-12-31' },
]

/** What is known about RFID tags. */
export function tagTable(part: Part): TemplateResult {
  const { draft, t, change } = part
  const tags = tagsOf(draft)
  return html`<section class="card flush" aria-labelledby="tags"><header><div class="grow"><h2 id="tags">${t('configuration.tags')}</h2><p class="quiet-text">${t('tag.words')}</p></div>
      <button type="button" class="button small" data-action="add-tag" @click=${() => change({ ...draft, tags: [...tags, { tag: '' }] })}>${icon('plus')}${t('tag.add')}</button></header>
    ${tags.length === 0 ? empty(t('tag.none'), 'access') : html`<div class="table"><table class="tags"><thead><tr>${columns.map(({ label }) => html`<th scope="col">${t(label)}</th>`)}<th scope="col">${t('tag.blocked')}</th><th scope="col"><span class="visually-hidden">${t('action.label')}</span></th></tr></thead>
      <tbody>${tags.map((tag, i) => html`<tr>${columns.map((column) => html`<td>${cell(part, i, column)}</td>`)}
        <td><input type="checkbox" aria-label="${t('tag.blocked')} ${i + 1}" .checked=${tag['blocked'] === true} @change=${(event: Event) => event.target instanceof HTMLInputElement && change(setAt(draft, ['tags', i, 'blocked'], event.target.checked || undefined))}></td>
        <td class="right"><button type="button" class="button icon-only quiet danger" aria-label="${t('configuration.remove')} ${i + 1}" @click=${() => change(removeAt(draft, 'tags', i))}>${icon('trash')}</button></td></tr>`)}</tbody></table></div>`}</section>`
}

function cell({ draft, t, change, faultAt, warningAt }: Part, index: number, { name, label, placeholder = '' }: (typeof columns)[number]): TemplateResult {
  const path = ['tags', index, name]
  const id = `tag-${index}-${name}`
  const fault = faultAt(pathText(path))
  const warning = warningAt(pathText(path))
  const set = (event: Event) => {
    if (event.target instanceof HTMLInputElement) change(setAt(draft, path, name === 'tag' ? event.target.value.trim() : typed(event.target.value, 'text')))
  }
  return html`<input id=${id} .value=${shown(getAt(draft, path))} placeholder=${placeholder} spellcheck="false" autocomplete="off" aria-label="${t(label)} ${index + 1}" aria-invalid=${fault ? 'true' : nothing} aria-describedby=${fault || warning ? `${id}-fault` : nothing} @input=${set}>
    ${fault ? html`<span class="fault" id="${id}-fault">${fault}</span>` : warning ? html`<span class="warning" id="${id}-fault">${warning}</span>` : nothing}`
}
