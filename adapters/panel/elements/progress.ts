import { html, nothing, type TemplateResult } from 'lit'
import type { CommandView } from '../../hono/schemas/charger.ts'
import { clip } from '../format/text.ts'
import { named, type Translate } from '../i18n/translate.ts'

const steps = ['sent', 'accepted', 'observed'] as const
const failures = ['rejected', 'expired', 'superseded', 'uncertain']

/** How far a command has come, as dots and words: sent → accepted → observed, or why not. */
export function progress(command: CommandView | undefined, t: Translate): TemplateResult | typeof nothing {
  if (!command) return nothing
  const last = command.stages.at(-1)
  const failed = last !== undefined && failures.includes(last.stage)
  const reached = last === undefined ? 0 : failed ? steps.length : steps.findIndex((step) => step === last.stage) + 1
  return html`<p class="progress ${failed ? 'bad' : ''}" data-stage=${last?.stage ?? 'waiting'}>
    <span class="dots" aria-hidden="true">${steps.map((_, i) => html`<i class=${i < reached ? 'done' : ''}></i>`)}</span>
    <span>${progressWords(command, t)}</span>
  </p>`
}

/** The same as one sentence. */
export function progressWords(command: CommandView, t: Translate): string {
  const last = command.stages.at(-1)
  const order = named(t, 'order', command.order.type)
  const source = command.source === 'panel' || command.source === 'api' ? '' : ` (${named(t, 'source', command.source)})`
  const stage = named(t, 'stage', last?.stage ?? 'waiting')
  return `${order}${source}: ${stage}${last !== undefined && last.reason !== '' ? `. ${clip(last.reason, 200)}` : ''}`
}
