import { html, type TemplateResult } from 'lit'
import { theme } from '../app/preferences.ts'
import { logIn } from '../app/session.ts'
import { mark } from '../elements/icon.ts'
import { failure, field, type Failure } from '../elements/parts.ts'
import { preferences } from '../elements/preferences.ts'
import { View } from '../elements/view.ts'

/** The first thing one sees. */
class LoginPage extends View {
  static override properties = { failed: { state: true }, busy: { state: true } }
  declare failed: Failure | null
  declare busy: boolean
  private name = ''
  private password = ''

  constructor() {
    super(theme)
    this.failed = null
    this.busy = false
  }

  override render(): TemplateResult {
    const { t } = this
    document.title = `${t('login.title')} · wallbus`
    return html`<main class="login">
      <form class="card" @submit=${this.submit}>
        <div class="brand">${mark}<h1>wallbus</h1></div>
        ${field({ id: 'name', label: t('login.name'), value: this.name, autocomplete: 'username', required: true, onInput: (value) => { this.name = value } })}
        ${field({ id: 'password', label: t('login.password'), value: this.password, type: 'password', autocomplete: 'current-password', required: true, onInput: (value) => { this.password = value } })}
        ${this.failed?.status === 401 ? html`<p class="note bad" role="alert">${t('login.wrong')}</p>` : failure(this.failed, t)}
        <button class="button primary large" ?disabled=${this.busy}>${t('login.submit')}</button>
        <p class="quiet-text">${t('login.first')}</p>
      </form>
      ${preferences(t)}
    </main>`
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault()
    this.busy = true
    const reply = await logIn(this.name, this.password)
    this.busy = false
    this.failed = reply.ok ? null : reply
  }
}

customElements.define('login-page', LoginPage)
