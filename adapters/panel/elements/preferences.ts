import { html, type TemplateResult } from 'lit'
import { language, theme, themes } from '../app/preferences.ts'
import { languageNames, languages } from '../i18n/languages.ts'
import type { Translate } from '../i18n/translate.ts'
import { icon } from './icon.ts'

const themeIcons = { auto: 'auto', light: 'sun', dark: 'moon' } as const

/** Language and light or dark; on the login and in the frame, and for phones on the access page. */
export function preferences(t: Translate): TemplateResult {
  return html`<div class="row preferences">
    <div class="segments" role="group" aria-label=${t('nav.theme')}>${themes.map((name) => html`<button type="button" aria-pressed=${theme.get() === name} aria-label=${t(`theme.${name}`)} title=${t(`theme.${name}`)} @click=${() => theme.set(name)}>${icon(themeIcons[name])}</button>`)}</div>
    <div class="segments" role="group" aria-label=${t('nav.language')}>${languages.map((tag) => html`<button type="button" lang=${tag} aria-pressed=${language.get() === tag} title=${languageNames[tag]} @click=${() => language.set(tag)}>${tag.toUpperCase()}<span class="visually-hidden"> ${languageNames[tag]}</span></button>`)}</div>
  </div>`
}
