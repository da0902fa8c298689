import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit'

/** Drawn on a grid of 20, in the colour of the text. */
const shapes = {
  charger: svg`<path d="M4.5 17V4.5A1.5 1.5 0 0 1 6 3h5a1.5 1.5 0 0 1 1.5 1.5V17M3 17h11M9 6.5l-1.8 3h2.6L8 12.5M12.5 10h1a1.5 1.5 0 0 1 1.5 1.5v2a1.25 1.25 0 0 0 2.5 0V8L15.5 6"/>`,
  status: svg`<path d="M2.5 10.5h3l2-6 4 11 2.2-5h3.8"/>`,
  history: svg`<path d="M3 17h14M5 14v-4M10 14V4.5M15 14V8"/>`,
  configuration: svg`<path d="M3 6h7m4 0h3M3 14h3m4 0h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/>`,
  diagnosis: svg`<circle cx="8.8" cy="8.8" r="5.3"/><path d="m12.8 12.8 4.2 4.2M6.5 9h1.3l1-2 1.2 3.6.8-1.6h.7"/>`,
  access: svg`<circle cx="7" cy="13" r="3.8"/><path d="m9.8 10.2 6.7-6.7M13.5 6.5l2 2M16 4l1 1"/>`,
  bolt: svg`<path d="M11 2.5 4.5 11.5H9l-.5 6L15.5 8.5H11z"/>`,
  stop: svg`<rect x="5" y="5" width="10" height="10" rx="1.5"/>`,
  more: svg`<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" stroke-width="2.6"/>`,
  lock: svg`<rect x="4.5" y="9" width="11" height="8" rx="1.5"/><path d="M7 9V6.2a3 3 0 0 1 5.9-.7"/>`,
  bookmark: svg`<path d="M5.5 3h9v14L10 13.5 5.500 17z"/>`,
  power: svg`<path d="M10 3v6.5M6 5.2a6.3 6.3 0 1 0 8 0"/>`,
  reset: svg`<path d="M4 10a6 6 0 1 1 1.9 4.4M4 16v-3.500h3.500"/>`,
  check: svg`<path d="m4 10.500 4 4 8-9"/>`,
  cross: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  copy: svg`<rect x="7" y="7" width="10" height="10" rx="1.500"/><path d="M13 7V4.500A1.500 1.500 0 0 0 11.500 3h-7A1.500 1.500 0 0 0 3 4.500v7A1.500 1.500 0 0 0 4.500 13H7"/>`,
  trash: svg`<path d="M3.500 5.500h13M8 5.500V3.500h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 9v4.500M11.500 9v4.500"/>`,
  download: svg`<path d="M10 3v9.500M6 9l4 4 4-4M4 17h12"/>`,
  upload: svg`<path d="M10 13V3.500M6 7l4-4 4 4M4 17h12"/>`,
  search: svg`<circle cx="9" cy="9" r="5.500"/><path d="m13 13 4 4"/>`,
  play: svg`<path d="M6.500 4v12l9-6z"/>`,
  pause: svg`<path d="M7 4.500v11M13 4.500v11" stroke-width="2.400"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.500"/><path d="M10 2.500v1.500M10 16v1.500M2.500 10H4M16 10h1.500M4.700 4.700l1 1M14.300 14.300l1 1M4.700 15.300l1-1M14.300 5.700l1-1"/>`,
  moon: svg`<path d="M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z"/>`,
  auto: svg`<circle cx="10" cy="10" r="6.500"/><path d="M10 3.500v13a6.500 6.500 0 0 0 0-13z" fill="currentColor"/>`,
  back: svg`<path d="M12 4 6 10l6 6"/>`,
  out: svg`<path d="M8 3H4.500v14H8M12.500 6.500 16 10l-3.500 3.500M8 10h8"/>`,
  warning: svg`<path d="M10 3 2.500 16.500h15zM10 8v4M10 14.300v.01"/>`,
  available: svg`<circle cx="10" cy="10" r="6.500"/>`,
  preparing: svg`<circle cx="10" cy="10" r="6.500"/><path d="M10 3.500a6.500 6.500 0 0 1 0 13z" fill="currentColor" stroke="none"/>`,
  finishing: svg`<circle cx="10" cy="10" r="6.500"/><path d="m7 10.200 2.200 2.200L13 8"/>`,
  unavailable: svg`<circle cx="10" cy="10" r="6.500"/><path d="M6.500 10h7"/>`,
  offline: svg`<path d="M3 3l14 14M6 10a4.500 4.500 0 0 0 6.500 4M14 10.500V7H9.500M7.500 3v2.500M12.500 3v4"/>`,
  unknown: svg`<circle cx="10" cy="10" r="6.500" stroke-dasharray="2.500 2.500"/>`,
} satisfies { readonly [name: string]: SVGTemplateResult }

export type IconName = keyof typeof shapes

/** An icon beside a text that says the same: nobody reads it out. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes[name]}</svg>`
}

/** The mark of wallbus: a bus line with a charger on it. */
export const mark = html`<svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
  <rect width="28" height="28" rx="7" fill="var(--accent)"></rect>
  <path d="M6 20h16M10 20v-4.500a4 4 0 0 1 4-4M14 11.500V8M18 20v-6" fill="none" stroke="var(--accent-ink)" stroke-width="2" stroke-linecap="round"></path>
  <circle cx="14" cy="7.500" r="1.800" fill="var(--accent-ink)"></circle><circle cx="18" cy="13" r="1.800" fill="var(--accent-ink)"></circle>
</svg>`
