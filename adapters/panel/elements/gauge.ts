import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Charger } from '../../hono/schemas/charger.ts'
import { amperes } from '../format/numbers.ts'
import type { Language } from '../i18n/languages.ts'

/** Current and limit on one scale from 0 A to the fuse; `stale`: the needle rests. */
export function gauge({ current, limit }: Pick<Charger, 'current' | 'limit'>, stale: boolean, language: Language): TemplateResult {
  const most = Math.max(limit.most, 6)
  const at = (value: number) => `${(Math.min(Math.max(value / most, 0), 1) * 100).toFixed(2)}%`
  const marks = [...new Set([0, 6, limit.normal, limit.fast, limit.most])].sort((a, b) => a - b)
  const told = limit.effective ?? limit.accepted
  return html`<svg class="gauge" aria-hidden="true" focusable="false">
    <rect class="track" x="0" y="9" width="100%" height="8" rx="4"></rect>
    ${stale || current === null ? nothing : svg`<rect class="fill" x="0" y="9" width=${at(current)} height="8" rx="4"></rect>`}
    ${told === null ? nothing : svg`<line class="told" x1=${at(told)} x2=${at(told)} y1="4" y2="22"></line>`}
    ${told === limit.wanted ? nothing : svg`<line class="wanted" x1=${at(limit.wanted)} x2=${at(limit.wanted)} y1="4" y2="22"></line>`}
    ${spaced(marks, most).map((mark) => svg`<text x=${at(mark)} y="36" text-anchor=${anchor(mark, most)}>${amperes(mark, language)}</text>`)}
  </svg>`
}

/** Marks that would stand on each other are left out. */
function spaced(marks: readonly number[], most: number): readonly number[] {
  const shown: number[] = []
  for (const mark of marks) if (mark === most || (mark - (shown.at(-1) ?? -most)) / most >= 0.08 && (most - mark) / most >= 0.08) shown.push(mark)
  return shown
}

function anchor(mark: number, most: number): 'start' | 'middle' | 'end' {
  if (mark === 0) return 'start'
  return mark >= most ? 'end' : 'middle'
}
