import { html, type TemplateResult } from 'lit'
import { clip } from '../format/text.ts'

const deepest = 8
const longestList = 200

/** Any JSON value as a list that people can read; names in camel case become words. */
export function tree(value: unknown, depth = 0): TemplateResult {
  if (typeof value !== 'object' || value === null || depth >= deepest) return html`<span class="number">${leaf(value)}</span>`
  const parts: readonly (readonly [string, unknown])[] = Array.isArray(value) ? value.map((part, i) => [String(i + 1), part]) : Object.entries(value)
  if (parts.length === 0) return html`–`
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object')) return html`${clip(value.map(leaf).join(', '), 600)}`
  return html`<dl class="facts tree">${parts.slice(0, longestList).map(([name, part]) => html`<dt>${words(name)}</dt><dd>${tree(part, depth + 1)}</dd>`)}</dl>`
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
