import { html, type TemplateResult } from 'lit'
import { icon } from '../../elements/icon.ts'
import type { Translate } from '../../i18n/translate.ts'

/** Group addresses for ETS. */
export function ets(t: Translate): TemplateResult {
  return html`<section class="card" aria-labelledby="ets"><header><h2 id="ets">${t('configuration.ets')}</h2></header><p class="quiet-text">${t('ets.words')}</p>
    <p class="row pad-top"><a class="button" href="/api/ets?format=xml" download="wallbus.xml">${icon('download')}XML</a><a class="button" href="/api/ets?format=csv" download="wallbus.csv">${icon('download')}CSV</a></p></section>`
}
