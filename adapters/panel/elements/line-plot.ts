import uPlot from 'uplot'
import uPlotCss from 'uplot/dist/uPlot.min.css'
import type { Sample } from '../../hono/schemas/session.ts'

/** One curve over time. */
export interface Curve {
  readonly label: string
  readonly unit: string
  readonly values: readonly (number | null)[]
  readonly digits: number
}

let styled = false

/** The style of uPlot, once and only where something is plotted. */
function bringStyle(): void {
  if (styled) return
  styled = true
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(uPlotCss)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

/** Draws a curve: drag or pinch to zoom, double click or `reset` to see all. */
export class LinePlot extends HTMLElement {
  private plot: uPlot | undefined
  private readonly resized = new ResizeObserver(() => {
    if (this.plot && this.clientWidth > 0) this.plot.setSize({ width: this.clientWidth, height: this.plot.height })
  })

  connectedCallback(): void {
    this.resized.observe(this)
  }

  disconnectedCallback(): void {
    this.resized.disconnect()
    this.plot?.destroy()
    this.plot = undefined
  }

  /** Shows other values; seconds since 1970 along x. Curves of one `group` share their cursor. */
  show(seconds: readonly number[], curve: Curve, group: string, locale: string, zone: string | undefined): void {
    bringStyle()
    this.plot?.destroy()
    this.setAttribute('role', 'img')
    this.setAttribute('aria-label', `${curve.label}: ${summary(curve, locale)}`)
    const options = optionsOf(this, curve, group, locale, zone)
    this.plot = new uPlot(options, [[...seconds], [...curve.values]], this)
    pinch(this.plot)
  }

  reset(): void {
    const xs = this.plot?.data[0]
    const [first, last] = [xs?.[0], xs?.at(-1)]
    if (first !== undefined && last !== undefined) this.plot?.setScale('x', { min: first, max: last })
  }
}

function summary({ values, unit, digits }: Curve, locale: string): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return '–'
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  const [low, high] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
  return `${format.format(low)} … ${format.format(high)} ${unit}`
}

function optionsOf(element: HTMLElement, { label, unit, digits, values }: Curve, group: string, locale: string, zone: string | undefined): uPlot.Options {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const axis = { stroke: colour('--ink-3'), font: `11px ${colour('--font')}`, grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } }
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...(zone !== undefined && { timeZone: zone }) })
  return {
    width: Math.max(element.clientWidth, 200), height: 170,
    cursor: { sync: { key: group }, points: { size: 6 }, drag: { x: true, y: false } },
    legend: { live: true },
    ...(zone !== undefined && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1_000), zone) }),
    fmtDate: (template) => dateFormat(template, locale),
    // A time span that has only begun is one moment wide: five minutes around it are shown.
    scales: { x: { range: (_, min, max) => (values.length > 1 ? [min, max] : [min - 300, min + 300]) }, y: { range: (_, min, max) => [Math.min(0, min), Math.max(max, 1)] } },
    axes: [{ ...axis, space: 70 }, { ...axis, size: 52, values: (_, ticks) => ticks.map((tick) => new Intl.NumberFormat(locale).format(tick)) }],
    series: [
      { value: (_, seconds: number | null) => (seconds === null ? '–' : moment.format(seconds * 1_000)), label: '' },
      { label, stroke: colour('--accent'), width: 1.6, fill: `${colour('--accent')}1c`, points: { show: values.length < 3 }, spanGaps: false, value: (_, value: number | null) => (value === null ? '–' : `${number.format(value)} ${unit}`) },
    ],
  }
}

/** uPlot's own templates with 24 hours and numbers of months, which every language here reads. */
function dateFormat(template: string, locale: string): (date: Date) => string {
  const usual = uPlot.fmtDate(template.replaceAll('{h}:{mm}{aa}', '{HH}:{mm}').replaceAll('{h}{aa}', '{HH}:00').replaceAll('{h}:{mm}:{ss}{aa}', '{HH}:{mm}:{ss}').replaceAll('{M}/{D}/{YY}', locale === 'en' ? '{MMM} {D}' : '{D}.{M}.').replaceAll('{M}/{D}', locale === 'en' ? '{MMM} {D}' : '{D}.{M}.'))
  return usual
}

/** Two fingers zoom, one moves what is zoomed. */
function pinch(plot: uPlot): void {
  const fingers = new Map<number, number>()
  let before: { readonly min: number; readonly max: number; readonly left: number; readonly spread: number } | undefined
  const { over } = plot
  const begin = () => {
    const [a, b] = [...fingers.values()]
    const { min, max } = plot.scales['x'] ?? {}
    if (a === undefined || min === undefined || max === undefined || min === null || max === null) return (before = undefined)
    return (before = { min, max, left: b === undefined ? a : (a + b) / 2, spread: b === undefined ? 0 : Math.abs(a - b) })
  }
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return
    fingers.set(event.pointerId, event.clientX)
    begin()
  })
  over.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId) || !before) return
    fingers.set(event.pointerId, event.clientX)
    const [a = 0, b] = [...fingers.values()]
    const box = over.getBoundingClientRect()
    const factor = b === undefined || before.spread === 0 ? 1 : before.spread / Math.max(Math.abs(a - b), 10)
    const middle = b === undefined ? a : (a + b) / 2
    const perPixel = (before.max - before.min) / box.width
    const anchor = before.min + (before.left - box.left) * perPixel
    const min = anchor - (middle - box.left) * perPixel * factor
    plot.setScale('x', { min, max: min + (before.max - before.min) * factor })
  })
  for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
    over.addEventListener(name, (event) => {
      if (fingers.delete(event.pointerId)) begin()
    })
  }
}

/** The three curves of what a connector measured. */
export function curvesOf(samples: readonly Sample[], labels: { readonly current: string; readonly power: string; readonly energy: string }): readonly Curve[] {
  return [
    { label: labels.current, unit: 'A', digits: 1, values: samples.map(({ current }) => current) },
    { label: labels.power, unit: 'kW', digits: 2, values: samples.map(({ power }) => (power === null ? null : power / 1_000)) },
    { label: labels.energy, unit: 'kWh', digits: 2, values: sinceFirst(samples) },
  ]
}

/** The register of a meter counts from its making: people want what was used in the time they look at. */
function sinceFirst(samples: readonly Sample[]): readonly (number | null)[] {
  const first = samples.find(({ energy }) => energy !== null)?.energy ?? 0
  return samples.map(({ energy }) => (energy === null ? null : (energy - first) / 1_000))
}

customElements.define('line-plot', LinePlot)
