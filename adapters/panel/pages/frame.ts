import { html, nothing, type TemplateResult } from 'lit'
import { theme } from '../app/preferences.ts'
import { place, writePlace, pages as allPages, type PageName } from '../app/router.ts'
import { live, logOut, may, me } from '../app/session.ts'
import type { Role } from '../../hono/schemas/access.ts'
import { icon, mark } from '../elements/icon.ts'
import { preferences } from '../elements/preferences.ts'
import { View } from '../elements/view.ts'
import { clip } from '../format/text.ts'
import { timeOfDay } from '../format/times.ts'
import './login.ts'
import './chargers.ts'
import './status.ts'
import './history.ts'
import './configuration/page.ts'
import './diagnosis/page.ts'
import './access.ts'

/** Each page: the least role, and how it is rendered. */
const pages: { readonly [Name in PageName]: { readonly least: Role; readonly render: () => TemplateResult } } = {
  chargers: { least: 'look', render: () => html`<chargers-page></chargers-page>` },
  status: { least: 'look', render: () => html`<status-page></status-page>` },
  history: { least: 'look', render: () => html`<history-page></history-page>` },
  configuration: { least: 'administer', render: () => html`<configuration-page></configuration-page>` },
  diagnosis: { least: 'look', render: () => html`<diagnosis-page></diagnosis-page>` },
  access: { least: 'look', render: () => html`<access-page></access-page>` },
}

/** The panel: its navigation around one page, or the login. */
class Panel extends View {
  constructor() {
    super(place, theme)
  }

  override render(): TemplateResult {
    const who = me.get()
    const { t } = this
    if (who === undefined) return html`<p class="empty" role="status">${t('live.connecting')}</p>`
    if (who === null) return html`<login-page></login-page>`
    const { page } = place.get()
    const { site, link } = live.get()
    const { least, render } = pages[page]
    document.title = `${t(`page.${page}`)} · ${clip(site?.name ?? 'wallbus', 60)}`
    return html`<a class="skip" href="#main" @click=${this.skip}>${t('nav.skip')}</a>
      ${link === 'live' ? nothing : this.banner()}
      <div class="frame">
        <div class="rail">
          <div class="brand">${mark}<span class="clip">${clip(site?.name ?? 'wallbus', 60)}</span></div>
          <nav aria-label=${t('nav.label')}>${allPages.filter((name) => may(pages[name].least)).map((name) => this.link(name, page))}</nav>
          ${this.foot(who)}
        </div>
        <main id="main" tabindex="-1">${may(least) ? render() : html`<p class="note warn">${t('access.notAllowed')}</p>`}</main>
      </div>`
  }

  private link(name: PageName, current: PageName): TemplateResult {
    const { attempts } = live.get()
    const strangers = name === 'status' ? attempts.filter(({ addable }) => addable).length : 0
    return html`<a href=${writePlace(name)} aria-current=${name === current ? 'page' : nothing}>${icon(name === 'chargers' ? 'charger' : name)}<span>${this.t(`page.${name}`)}</span>
      ${strangers === 0 ? nothing : html`<span class="count"><span class="visually-hidden">${this.t('nav.unknownChargers')} </span>${strangers}</span>`}</a>`
  }

  private banner(): TemplateResult {
    const { heardAt } = live.get()
    return html`<p class="banner" role="status">${icon('offline')}${heardAt === 0 ? this.t('live.connecting') : this.t('live.lostSince', { time: timeOfDay(heardAt, this.language) })}</p>`
  }

  private foot({ name, role }: { readonly name: string; readonly role: Role }): TemplateResult {
    const { t } = this
    return html`<div class="foot">
      ${preferences(this.t)}
      <div class="row"><span class="clip" title=${name}>${clip(name, 30)} · ${t(`role.${role}`)}</span>
      <button type="button" class="button quiet small" @click=${logOut}>${icon('out')}${t('access.logOut')}</button></div>
    </div>`
  }

  private skip(event: Event): void {
    event.preventDefault()
    this.querySelector<HTMLElement>('#main')?.focus()
  }
}

customElements.define('wallbus-panel', Panel)
