import { html, nothing, type TemplateResult } from 'lit'
import type { Problem } from '../../hono/schemas/common.ts'
import { clip } from '../format/text.ts'
import type { Translate } from '../i18n/translate.ts'
import { icon, type IconName } from './icon.ts'

export type Part = TemplateResult | typeof nothing | string

/** Heading of a page, with what can be done there. */
export function top(title: string, words: Part = nothing, actions: Part = nothing): TemplateResult {
  return html`<div class="top"><div><h1>${title}</h1>${words === nothing ? nothing : html`<p>${words}</p>`}</div><span class="grow"></span>${actions}</div>`
}

/** What is said where there is nothing. */
export function empty(words: string, shape: IconName = 'unknown'): TemplateResult {
  return html`<p class="empty">${icon(shape)}${words}</p>`
}

export interface Failure {
  readonly status: number
  readonly problem: Problem
}

/** What is wrong and what to do about it, told to screen readers at once. */
export function failure(failed: Failure | null, t: Translate): Part {
  if (failed === null) return nothing
  const { what, remedy } = failed.status === 0 ? { what: t('live.unreachable'), remedy: '' } : failed.problem
  return html`<p class="note bad" role="alert"><strong>${clip(what, 400)}</strong>${remedy === '' ? nothing : html`<br>${clip(remedy, 400)}`}</p>`
}

/** Tabs that are addresses of their own. */
export function tabs(label: string, items: readonly { readonly href: string; readonly label: string; readonly current: boolean }[]): TemplateResult {
  return html`<nav class="tabs" aria-label=${label}>${items.map((item) => html`<a href=${item.href} aria-current=${item.current ? 'page' : nothing}>${item.label}</a>`)}</nav>`
}

/** Scrolls by itself where it is too wide, and by keyboard too. */
export function table(label: string, head: readonly Part[], rows: readonly TemplateResult[], right: readonly number[] = []): TemplateResult {
  return html`<div class="table" role="region" aria-label=${label} tabindex="0"><table><thead><tr>${head.map((cell, i) => html`<th scope="col" class=${right.includes(i) ? 'right' : ''}>${cell}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

export interface FieldOptions {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly type?: string
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly warning?: string | undefined
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly list?: string
  readonly autocomplete?: string
  readonly required?: boolean
  readonly onInput: (value: string) => void
}

/** A labelled field with what is wrong in it right below. */
export function field(options: FieldOptions): TemplateResult {
  const { id, label, hint, fault, warning } = options
  const described = [hint && `${id}-hint`, fault && `${id}-fault`, warning && `${id}-warning`].filter(Boolean).join(' ')
  return html`<div class="field"><label for=${id}>${label}</label>${input(options, described === '' ? undefined : described)}
    ${fault ? html`<span class="fault" id="${id}-fault">${fault}</span>` : nothing}
    ${warning ? html`<span class="warning" id="${id}-warning">${warning}</span>` : nothing}
    ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}</div>`
}

function input({ id, value, type = 'text', fault, placeholder = '', disabled = false, options, autocomplete = 'off', required = false, onInput }: FieldOptions, described: string | undefined): TemplateResult {
  const changed = (event: Event) => {
    const { target } = event
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) onInput(target.value)
  }
  if (options) {
    return html`<select id=${id} ?disabled=${disabled} aria-invalid=${fault ? 'true' : nothing} aria-describedby=${described ?? nothing} @change=${changed}>
      ${options.map((option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`)}</select>`
  }
  return html`<input id=${id} type=${type} .value=${value} placeholder=${placeholder} autocomplete=${autocomplete} spellcheck="false" autocapitalize="off" ?disabled=${disabled} ?required=${required}
    aria-invalid=${fault ? 'true' : nothing} aria-describedby=${described ?? nothing} @input=${changed}>`
}

/** A button that copies a text; works without https too, where the clipboard API does not. */
export function copyText(text: string): void {
  if (navigator.clipboard) {
    void navigator.clipboard.writeText(text)
    return
  }
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Lets the browser keep a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
