import { LitElement } from 'lit'
import { language } from '../app/preferences.ts'
import { live, me } from '../app/session.ts'
import { watch, type Watchable } from '../app/store.ts'
import { translator, type Translate } from '../i18n/translate.ts'
import type { Language } from '../i18n/languages.ts'

/** A part of the panel: rendered into the page itself, where its one style sheet holds; again whenever a store it watches changes. */
export abstract class View extends LitElement {
  constructor(...stores: readonly Watchable[]) {
    super()
    watch(this, language, live, me, ...stores)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected get language(): Language {
    return language.get()
  }

  protected get t(): Translate {
    return translator(language.get())
  }

  /** The time zone of the site, as far as it is known. */
  protected get zone(): string | undefined {
    return live.get().site?.timeZone
  }
}
