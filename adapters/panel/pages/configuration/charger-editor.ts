import { html, nothing, type TemplateResult } from 'lit'
import { registrationWords } from '../../../../core/charge-point/registration.ts'
import { securityProfiles } from '../../../../core/charge-point/security.ts'
import { datapointOf, groupObjects } from '../../../../core/knx/group-object.ts'
import { currentTypes, objectNames, timeTypes, type CurrentType, type TimeType } from '../../../../core/config/site-config.ts'
import { icon } from '../../elements/icon.ts'
import { empty, field } from '../../elements/parts.ts'
import { clip } from '../../format/text.ts'
import { isMessage, named, type PlainName } from '../../i18n/translate.ts'
import { fillAddresses, nextFreeStart } from './addresses.ts'
import { addCharger, chargersOf, duplicateCharger, getAt, pathText, removeAt, setAt, shown, typed, type Fields } from './draft.ts'
import type { Part } from './page.ts'

interface Parameter {
  readonly name: string
  readonly label: PlainName
  readonly kind: 'text' | 'number' | 'flag' | 'list' | 'password'
  readonly hint?: PlainName
  readonly choices?: readonly (string | number)[]
}

/** The first table of the manual, and what was added to it. */
const parameters: readonly Parameter[] = [
  { name: 'name', label: 'charger.name', kind: 'text' },
  { name: 'identity', label: 'parameter.identity', kind: 'text', hint: 'parameter.identityHint' },
  { name: 'connector', label: 'parameter.connector', kind: 'number' },
  { name: 'password', label: 'parameter.password', kind: 'password', hint: 'parameter.passwordHint' },
  { name: 'normalCurrent', label: 'parameter.normalCurrent', kind: 'number' },
  { name: 'fastCurrent', label: 'parameter.fastCurrent', kind: 'number' },
  { name: 'fuseCurrent', label: 'parameter.fuseCurrent', kind: 'number', hint: 'parameter.fuseHint' },
  { name: 'phases', label: 'parameter.phases', kind: 'number', choices: [1, 2, 3] },
  { name: 'stopBy', label: 'parameter.stopBy', kind: 'text', choices: ['auto', 'transaction', 'limit'] },
  { name: 'setUp', label: 'parameter.setUp', kind: 'flag', hint: 'parameter.setUpHint' },
  { name: 'timeType', label: 'parameter.timeType', kind: 'text', choices: timeTypes },
  { name: 'currentType', label: 'parameter.currentType', kind: 'text', choices: currentTypes },
  { name: 'startTags', label: 'parameter.startTags', kind: 'list', hint: 'parameter.tagsHint' },
  { name: 'managedTags', label: 'parameter.managedTags', kind: 'list' },
  { name: 'localList', label: 'parameter.localList', kind: 'flag', hint: 'parameter.localListHint' },
  { name: 'securityProfile', label: 'parameter.securityProfile', kind: 'number', hint: 'parameter.securityProfileHint', choices: ['', ...securityProfiles] },
  { name: 'registration', label: 'parameter.registration', kind: 'text', choices: ['', ...registrationWords] },
]

/** The chargers, and the two tables of the one that is chosen. */
export function chargerEditor(part: Part, chosen: number, choose: (index: number) => void): TemplateResult {
  const { draft, t, change, state } = part
  const chargers = chargersOf(draft)
  const add = () => {
    change(addCharger(draft, t('charger.word')))
    choose(chargers.length)
  }
  const charger = chargers[chosen]
  return html`<div class="editor"><div class="picker"><ul aria-label=${t('page.chargers')}>${chargers.map((one, i) => {
      const faults = state.reading?.mistakes.filter(({ path }) => path.startsWith(`chargers[${i}]`)).length ?? 0
      return html`<li><button type="button" class="button quiet" aria-current=${i === chosen ? 'true' : nothing} @click=${() => choose(i)}><span class="clip">${clip(shown(one['name']) || '–', 60)}</span>${faults === 0 ? nothing : html`<span class="badge bad">${icon('warning')}${faults}<span class="visually-hidden"> ${t('configuration.mistakesShort')}</span></span>`}</button></li>`
    })}</ul><button type="button" class="button" data-action="add-charger" @click=${add}>${icon('plus')}${t('configuration.addCharger')}</button></div>
    ${charger === undefined ? html`<div class="card">${empty(t('chargers.none'), 'charger')}</div>` : html`<div class="stack">${parameterTable(part, charger, chosen, choose)}${objectTable(part, charger, chosen)}</div>`}</div>`
}

function parameterTable(part: Part, charger: Fields, index: number, choose: (index: number) => void): TemplateResult {
  const { draft, t, change } = part
  const duplicate = () => {
    change(duplicateCharger(draft, index))
    choose(index + 1)
  }
  // What a newer controller knows beside these is kept, and can be edited as text.
  const others = Object.entries(charger).filter(([name, value]) => name !== 'objects' && typeof value !== 'object' && !parameters.some((known) => known.name === name))
    .map(([name, value]): Parameter & { readonly words: string } => ({ name, label: 'charger.name', words: name, kind: typeof value === 'number' ? 'number' : 'text' }))
  return html`<section class="card" aria-labelledby="parameters"><header><h2 id="parameters">${t('configuration.parameters')}</h2><span class="grow"></span>
      <button type="button" class="button small" @click=${duplicate}>${icon('copy')}${t('configuration.duplicate')}</button>
      <button type="button" class="button small danger" data-action="remove-charger" @click=${() => { change(removeAt(draft, 'chargers', index)); choose(Math.max(0, index - 1)) }}>${icon('trash')}${t('configuration.remove')}</button></header>
    <div class="fields">${[...parameters, ...others].map((parameter) => parameterField(part, index, parameter))}</div>
    ${part.faultAt(`chargers[${index}]`) ? html`<p class="note bad">${part.faultAt(`chargers[${index}]`)}</p>` : nothing}</section>`
}

function parameterField({ draft, t, change, faultAt, warningAt }: Part, index: number, { name, label, kind, hint, choices, words }: Parameter & { readonly words?: string }): TemplateResult {
  const path = ['chargers', index, name]
  const list = kind === 'list' ? getAt(draft, path) : undefined
  const fault = faultAt(pathText(path)) ?? (Array.isArray(list) ? list.map((_, i) => faultAt(`${pathText(path)}[${i}]`)).find(Boolean) : undefined)
  return field({
    id: `charger-${name}`, label: words ?? t(label), value: shown(getAt(draft, path)), fault, warning: warningAt(pathText(path)),
    ...(kind === 'password' && { type: 'password', autocomplete: 'new-password' }),
    ...(hint && { hint: t(hint) }),
    ...(kind === 'flag' && { options: [{ value: 'true', label: t('choice.yes') }, { value: 'false', label: t('choice.no') }] }),
    ...(choices && { options: choices.map((choice) => ({ value: String(choice), label: choice === '' ? t('choice.usual') : choiceWords(t, name, String(choice)) })) }),
    onInput: (text) => change(setAt(draft, path, name === 'name' || name === 'identity' ? text : typed(text, kind === 'password' ? 'text' : kind))),
  })
}

function choiceWords(t: Part['t'], name: string, choice: string): string {
  return named(t, `choice.${name}`, choice)
}

function objectTable(part: Part, charger: Fields, index: number): TemplateResult {
  const { draft, t, change } = part
  const types = { timeType: oneOf(timeTypes, charger['timeType']), currentType: oneOf(currentTypes, charger['currentType']) }
  const fill = (event: Event) => {
    event.preventDefault()
    const box = event.target instanceof HTMLFormElement ? event.target.querySelector('input') : null
    const filled = box ? fillAddresses(draft, index, box.value.trim()) : undefined
    box?.setCustomValidity(filled ? '' : t('configuration.fillWrong'))
    box?.reportValidity()
    if (filled) change(filled)
  }
  const clear = () => change(setAt(draft, ['chargers', index, 'objects'], {}))
  return html`<section class="card flush" aria-labelledby="objects"><header><h2 id="objects">${t('configuration.objects')}</h2><span class="grow"></span>
      <form class="row fill" @submit=${fill}><label for="start">${t('configuration.fillFrom')}</label><input id="start" class="address" .value=${nextFreeStart(draft, index)} spellcheck="false" autocomplete="off" @input=${(event: Event) => event.target instanceof HTMLInputElement && event.target.setCustomValidity('')}>
      <button class="button small" data-action="fill">${t('configuration.fill')}</button></form>
      <button type="button" class="button small quiet" @click=${clear}>${t('configuration.clear')}</button></header>
    <div class="table"><table class="objects"><thead><tr><th scope="col">${t('configuration.object')}</th><th scope="col">${t('configuration.send')}</th><th scope="col">${t('configuration.receive')}</th><th scope="col">${t('configuration.datapoint')}</th></tr></thead><tbody>
      ${objectNames.map((name) => html`<tr><th scope="row">${objectWords(t, name)}</th>${(['send', 'receive'] as const).map((flow) => html`<td>${groupObjects[name].flows.includes(flow) ? addressField(part, index, name, flow) : nothing}</td>`)}<td class="quiet-text number">DPT ${datapointOf(name, types)}</td></tr>`)}
    </tbody></table></div></section>`
}

function addressField({ draft, t, change, faultAt, warningAt }: Part, index: number, name: (typeof objectNames)[number], flow: 'send' | 'receive'): TemplateResult {
  const path = ['chargers', index, 'objects', name, flow]
  const id = `object-${name}-${flow}`
  const fault = faultAt(pathText(path)) ?? faultAt(pathText(path.slice(0, -1)))
  const warning = warningAt(pathText(path))
  const set = (event: Event) => {
    if (event.target instanceof HTMLInputElement) change(setAt(draft, path, typed(event.target.value.trim(), 'text')))
  }
  return html`<input id=${id} class="address" .value=${shown(getAt(draft, path))} placeholder="–" spellcheck="false" autocomplete="off" aria-label="${objectWords(t, name)}: ${t(`configuration.${flow}`)}" aria-invalid=${fault ? 'true' : nothing} aria-describedby=${fault || warning ? `${id}-fault` : nothing} @input=${set}>
    ${fault ? html`<span class="fault" id="${id}-fault">${fault}</span>` : warning ? html`<span class="warning" id="${id}-fault">${warning}</span>` : nothing}`
}

function objectWords(t: Part['t'], name: (typeof objectNames)[number]): string {
  const message = `object.${name}`
  return isMessage(message) ? t(message) : groupObjects[name].title
}

function oneOf<Value extends TimeType | CurrentType>(allowed: readonly [Value, ...Value[]], value: unknown): Value {
  return allowed.find((candidate) => candidate === value) ?? allowed[0]
}
