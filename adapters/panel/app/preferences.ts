import { languages, wantedLanguage } from '../i18n/languages.ts'
import { createStore, type Store } from './store.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What this browser was told last; a browser that keeps nothing forgets it with the page. */
function kept<Value extends string>(name: string, allowed: readonly Value[], otherwise: Value): Store<Value> {
  const key = `wallbus.${name}`
  const store = createStore(allowed.find((value) => value === read(key)) ?? otherwise)
  store.subscribe(() => write(key, store.get()))
  return store
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}

export const language = kept('language', languages, wantedLanguage(navigator.languages))
export const theme = kept('theme', themes, 'auto')

/** Puts the choice where the style sheet looks for it. */
export function applyPreferences(root: HTMLElement): void {
  const apply = () => {
    root.lang = language.get()
    if (theme.get() === 'auto') root.removeAttribute('data-theme')
    else root.dataset['theme'] = theme.get()
  }
  language.subscribe(apply)
  theme.subscribe(apply)
  apply()
}
