import { html, type TemplateResult } from 'lit'
import { clip } from '../format/text.ts'
import { dateAndTime } from '../format/times.ts'
import type { Language } from '../i18n/languages.ts'

const deepest = 8
const longestList = 200
/** An object of so few plain values stands on one line; one of more than that many parts is folded. */
const shortObject = 3
const longObject = 8

/** Any JSON value as a list that people can read: names in camel case become words, and instants (`at`, `since`, `…At`) times. */
export function tree(value: unknown, language: Language, depth = 0): TemplateResult {
  if (typeof value !== 'object' || value === null || depth >= deepest) return html`<span class="number">${leaf(value)}</span>`
  const parts: readonly (readonly [string, unknown])[] = Array.isArray(value) ? value.map((part, i) => [String(i + 1), part]) : Object.entries(value)
  if (parts.length === 0) return html`–`
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return html`${clip(value.map(leaf).join(', '), 600)}`
  if (depth > 0 && parts.length <= shortObject && parts.every(([, part]) => typeof part !== 'object' || part === null)) return html`${clip(parts.map(([name, part]) => `${words(name)}: ${isInstant(name, part) ? dateAndTime(part, language) : leaf(part)}`).join(' · '), 600)}`
  const list = listOf(parts, language, depth)
  return depth > 0 && parts.length > longObject ? html`<details><summary>${parts.length}</summary>${list}</details>` : list
}

function listOf(parts: readonly (readonly [string, unknown])[], language: Language, depth: number): TemplateResult {
  return html`<dl class="facts tree">${parts.slice(0, longestList).map(([name, part]) => html`<dt>${words(name)}</dt><dd>${isInstant(name, part) ? dateAndTime(part, language) : tree(part, language, depth + 1)}</dd>`)}</dl>`
}

function isInstant(name: string, value: unknown): value is number {
  return typeof value === 'number' && value > 1e11 && /^(at|since)$|At$/.test(name)
}

function leaf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (value === true) return '✓'
  if (value === false) return '✗'
  return clip(typeof value === 'string' ? value : JSON.stringify(value), 300)
}

function words(name: string): string {
  return clip(name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`), 60)
}
