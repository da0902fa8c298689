import { html, nothing, type TemplateResult } from 'lit'
import type { InferOutput } from 'valibot'
import type { createdToken, Role, token, user } from '../../hono/schemas/access.ts'
import { api, ask, type Reply } from '../app/api.ts'
import { theme } from '../app/preferences.ts'
import { logOut, may, me } from '../app/session.ts'
import { icon } from '../elements/icon.ts'
import { copyText, failure, table, top, type Failure } from '../elements/parts.ts'
import { preferences } from '../elements/preferences.ts'
import { View } from '../elements/view.ts'
import { clip } from '../format/text.ts'
import { dateAndTime } from '../format/times.ts'

const roles: readonly Role[] = ['look', 'operate', 'administer']

/** Oneself, and for administrators everybody else and the tokens of programs. */
class AccessPage extends View {
  static override properties = { users: { state: true }, tokens: { state: true }, made: { state: true }, failed: { state: true }, done: { state: true }, asking: { state: true } }
  declare users: readonly InferOutput<typeof user>[]
  declare tokens: readonly InferOutput<typeof token>[]
  declare made: InferOutput<typeof createdToken> | null
  declare failed: Failure | null
  declare done: string
  /** Whom to remove, asked about first. */
  declare asking: { readonly what: string; readonly remove: () => Promise<Reply<unknown>> } | null

  constructor() {
    super(theme)
    this.users = []
    this.tokens = []
    this.made = null
    this.failed = null
    this.done = ''
    this.asking = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.load()
  }

  private async load(): Promise<void> {
    if (!may('administer')) return
    const [users, tokens] = await Promise.all([ask(api.users.$get()), ask(api.tokens.$get())])
    if (users.ok) this.users = users.value
    if (tokens.ok) this.tokens = tokens.value
  }

  /** Shows what came of a change, and what is so now. */
  private async settle<Value>(request: Promise<Reply<Value>>, done: string): Promise<Value | undefined> {
    const reply = await request
    this.failed = reply.ok ? null : reply
    this.done = reply.ok ? done : ''
    await this.load()
    return reply.ok ? reply.value : undefined
  }

  override render(): TemplateResult {
    const { t } = this
    const who = me.get()
    return html`${top(t('page.access'), who ? t('access.words', { name: clip(who.name, 40), role: t(`role.${who.role}`) }) : nothing)}
      ${failure(this.failed, t)}${this.done === '' ? nothing : html`<p class="note good" role="status">${this.done}</p>`}
      <div class="stack pad-top"><div class="two">${this.own()}${this.leaving()}</div>${may('administer') ? html`${this.userTable()}${this.tokenTable()}` : nothing}</div>${this.dialog()}`
  }

  private own(): TemplateResult {
    const { t } = this
    const submit = async (event: Event) => {
      const form = take(event)
      if (!form) return
      if (form.get('next') !== form.get('again')) {
        this.failed = { status: 400, problem: { what: t('access.different'), where: '', remedy: '' } }
        return
      }
      const done = await this.settle(ask(api.me.password.$put({ json: { present: form.get('present'), next: form.get('next') } })), t('access.changed'))
      if (this.failed === null) form.clear()
      return done
    }
    return html`<form class="card" @submit=${submit} aria-labelledby="own"><header><h2 id="own">${t('access.password')}</h2></header><div class="stack">
      ${plain('present', t('access.present'), 'password', 'current-password')}${plain('next', t('access.next'), 'password', 'new-password', t('access.passwordRule'))}${plain('again', t('access.again'), 'password', 'new-password')}
      <button class="button primary">${t('access.change')}</button></div></form>`
  }

  private leaving(): TemplateResult {
    const { t } = this
    return html`<section class="card" aria-labelledby="leave"><header><h2 id="leave">${t('access.here')}</h2></header><div class="stack">
      ${preferences(t)}
      <div class="row"><button type="button" class="button" data-action="log-out" @click=${logOut}>${icon('out')}${t('access.logOut')}</button></div>
      <p class="quiet-text">${t('access.everywhere')}</p></div></section>`
  }

  private userTable(): TemplateResult {
    const { t, language, zone } = this
    const submit = async (event: Event) => {
      const form = take(event)
      if (!form) return
      await this.settle(ask(api.users.$post({ json: { name: form.get('name'), password: form.get('password'), role: roleOf(form.get('role')) } })), t('access.userAdded', { name: form.get('name') }))
      if (this.failed === null) form.clear()
    }
    return html`<section class="card flush" aria-labelledby="users"><header><h2 id="users">${t('access.users')}</h2></header>
      ${table(t('access.users'), [t('login.name'), t('access.role'), t('access.since'), html`<span class="visually-hidden">${t('action.label')}</span>`], this.users.map(({ name, role, createdAt }) => html`<tr><th scope="row">${clip(name, 64)}</th>
        <td><select aria-label="${t('access.role')}: ${name}" ?disabled=${name === me.get()?.name} @change=${(event: Event) => event.target instanceof HTMLSelectElement && this.settle(ask(api.users[':name'].$put({ param: { name }, json: { role: roleOf(event.target.value) } })), t('access.roleChanged', { name }))}>${roles.map((one) => html`<option value=${one} .selected=${one === role}>${t(`role.${one}`)}</option>`)}</select></td>
        <td class="number">${dateAndTime(createdAt, language, zone)}</td>
        <td class="right"><button type="button" class="button small" aria-label="${t('access.setPassword')}: ${name}" @click=${() => this.setPassword(name)}>${t('access.setPassword')}</button>
          ${name === me.get()?.name ? nothing : html`<button type="button" class="button icon-only quiet danger" aria-label="${t('configuration.remove')}: ${name}" @click=${() => this.ask(name, () => ask(api.users[':name'].$delete({ param: { name } })))}>${icon('trash')}</button>`}</td></tr>`), [3])}
      <form class="filters pad" @submit=${submit}>${plain('name', t('login.name'), 'text', 'off')}${plain('password', t('login.password'), 'password', 'new-password')}${roleField(t, 'user-role')}<button class="button" data-action="add-user">${icon('plus')}${t('access.addUser')}</button></form></section>`
  }

  private tokenTable(): TemplateResult {
    const { t, language, zone } = this
    const submit = async (event: Event) => {
      const form = take(event)
      if (!form) return
      const made = await this.settle(ask(api.tokens.$post({ json: { name: form.get('token'), role: roleOf(form.get('role')) } })), '')
      if (!made) return
      this.made = made
      form.clear()
    }
    return html`<section class="card flush" aria-labelledby="tokens"><header><div class="grow"><h2 id="tokens">${t('access.tokens')}</h2><p class="quiet-text">${t('access.tokensWords')}</p></div></header>
      ${this.made === null ? nothing : html`<div class="pad" role="status"><p class="note good"><strong>${t('access.once')}</strong></p><p class="url"><code id="token">${this.made.token}</code></p><button type="button" class="button small" @click=${() => copyText(this.made?.token ?? '')}>${icon('copy')}${t('action.copy')}</button> <button type="button" class="button small quiet" @click=${() => { this.made = null }}>${t('access.noted')}</button></div>`}
      ${this.tokens.length === 0 ? nothing : table(t('access.tokens'), [t('charger.name'), t('access.role'), t('access.since'), html`<span class="visually-hidden">${t('action.label')}</span>`], this.tokens.map(({ id, name, role, createdAt }) => html`<tr><th scope="row">${clip(name, 64)}</th><td>${t(`role.${role}`)}</td><td class="number">${dateAndTime(createdAt, language, zone)}</td>
        <td class="right"><button type="button" class="button icon-only quiet danger" aria-label="${t('access.revoke')}: ${clip(name, 64)}" @click=${() => this.ask(name, () => ask(api.tokens[':id'].$delete({ param: { id } })))}>${icon('trash')}</button></td></tr>`), [3])}
      <form class="filters pad" @submit=${submit}>${plain('token', t('charger.name'), 'text', 'off')}${roleField(t, 'token-role')}<button class="button" data-action="add-token">${icon('plus')}${t('access.addToken')}</button></form></section>`
  }

  private setPassword(name: string): void {
    this.asking = { what: name, remove: () => Promise.resolve({ ok: true, value: undefined }) }
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>('#new-password-dialog')?.showModal())
  }

  private ask(what: string, remove: () => Promise<Reply<unknown>>): void {
    this.asking = { what, remove }
    void this.updateComplete.then(() => this.querySelector<HTMLDialogElement>('#remove-dialog')?.showModal())
  }

  private dialog(): TemplateResult {
    const { t, asking } = this
    const close = (event: Event) => event.target instanceof Element && event.target.closest('dialog')?.close()
    const submit = async (event: Event) => {
      const form = take(event)
      if (!form || !asking) return
      close(event)
      await this.settle(ask(api.users[':name'].$put({ param: { name: asking.what }, json: { password: form.get('new') } })), t('access.changed'))
      form.clear()
    }
    return html`<dialog id="remove-dialog" aria-labelledby="remove-title"><h2 id="remove-title">${t('access.removeAsk', { name: clip(asking?.what ?? '', 64) })}</h2><p class="quiet-text">${t('access.removeWords')}</p>
        <div class="row end pad-top"><button type="button" class="button" @click=${close}>${t('action.cancel')}</button><button type="button" class="button danger" data-action="confirm" @click=${(event: Event) => { close(event); if (asking) void this.settle(asking.remove(), t('access.removed', { name: clip(asking.what, 64) })) }}>${t('configuration.remove')}</button></div></dialog>
      <dialog id="new-password-dialog" aria-labelledby="new-title"><form @submit=${submit}><h2 id="new-title">${t('access.setPasswordFor', { name: clip(asking?.what ?? '', 64) })}</h2>${plain('new', t('access.next'), 'password', 'new-password', t('access.passwordRule'))}
        <div class="row end pad-top"><button type="button" class="button" @click=${close}>${t('action.cancel')}</button><button class="button primary">${t('access.change')}</button></div></form></dialog>`
  }
}

/** A field that is read when its form is sent. */
function plain(name: string, label: string, type: string, autocomplete: string, hint?: string): TemplateResult {
  return html`<div class="field"><label for="field-${name}">${label}</label><input id="field-${name}" name=${name} type=${type} autocomplete=${autocomplete} required spellcheck="false">${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}</div>`
}

function roleField(t: View['t'], id: string): TemplateResult {
  return html`<div class="field"><label for=${id}>${t('access.role')}</label><select id=${id} name="role">${roles.map((role) => html`<option value=${role}>${t(`role.${role}`)}</option>`)}</select></div>`
}

function roleOf(text: string): Role {
  return roles.find((role) => role === text) ?? 'look'
}

function take(event: Event): { readonly get: (name: string) => string; readonly clear: () => void } | undefined {
  event.preventDefault()
  const form = event.target
  if (!(form instanceof HTMLFormElement)) return undefined
  const data = new FormData(form)
  return { get: (name) => String(data.get(name) ?? ''), clear: () => form.reset() }
}

customElements.define('access-page', AccessPage)
