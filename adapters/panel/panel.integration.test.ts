import { readFile, writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessibilityFaults, logIn, openBrowser, openPage } from '../../fixtures/panel/browser.ts'
import { layCable, type Cable } from '../../fixtures/panel/cable.ts'
import { house, samplesUntil, sessionsBefore } from '../../fixtures/panel/house.ts'
import { openPanelWorld, type PanelWorld } from '../../fixtures/panel/panel-world.ts'
import type { WsStation } from '../../fixtures/charge-point/ws-station.ts'
import { requireTools } from '../../fixtures/tools.ts'
import { pages } from './app/router.ts'
import { buildPanel } from './build.js'

const garageId = 'WB-2024-0117'
let world: PanelWorld
let cable: Cable
let browser: Browser | undefined
let page: Page
let faults: readonly string[]
let garage: WsStation
/** Frames to and from the garage, oldest first. */
const frames: string[] = []
const waiters = new Set<() => void>()

/** Resolves when the garage was sent a CALL with these words. */
function asked(...words: readonly string[]): Promise<void> {
  const from = frames.length
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing came with ${words.join(' ')}`)), 15_000)
    const look = () => {
      if (!frames.slice(from).some((frame) => words.every((word) => frame.includes(word)))) return
      waiters.delete(look)
      clearTimeout(timer)
      resolve()
    }
    waiters.add(look)
  })
}

beforeAll(async () => {
  await buildPanel('dist/panel')
  world = await openPanelWorld(house.replace('limitInterval: 1 ', 'limitInterval: 0 '), sessionsBefore(Date.UTC(2026, 5, 1), 60))
  cable = await layCable(world.controller.panelPort ?? 0)
  const watcher = {
    frame: (_from: unknown, text: string) => {
      frames.push(text)
      for (const waiter of waiters) waiter()
    },
  }
  garage = world.connect(garageId, { station: { configuration: { MeterValueSampleInterval: '1' } }, watcher })
  await garage.until((state) => JSON.stringify(state).includes('"Accepted"'))
})
afterAll(async () => {
  await browser?.close()
  await cable?.close()
  await world?.close()
})
beforeEach(async (context) => {
  await requireTools(context, 'chromium')
  if (browser) return
  browser = await openBrowser()
  const opened = await openPage(browser)
  page = opened.page
  faults = opened.faults
  await page.route('**/api/samples*', (route) => route.fulfill({ json: samplesUntil(Date.now(), 24) }))
  await logIn(page, `http://127.0.0.1:${cable.port}`, 'admin', world.password)
})

const card = () => page.locator(`charger-card[data-charger="${garageId}/1"]`)
const button = (name: string) => page.getByRole('button', { name, exact: true })
async function open(place: string): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash }, `#/${place}`)
  await page.locator('main h1').waitFor()
}

describe('chargers', () => {
  it('start, show what flows, change mode and limit, and stop; each with its progress.', async () => {
    await open('chargers')
    garage.act({ type: 'plug', connector: 1 })
    await card().locator('[data-status=Preparing]').waitFor()
    const started = asked('RemoteStartTransaction')
    await card().getByRole('button', { name: 'Start charging' }).click()
    await started
    await card().locator('[data-status=Charging]').waitFor()
    await card().locator('.progress[data-stage=observed]', { hasText: 'Start: done' }).waitFor()
    await card().locator('[data-figure=current]', { hasText: '10.0A' }).waitFor()

    const fast = asked('SetChargingProfile', '"limit":16')
    await card().getByRole('button', { name: /Fast/ }).click()
    await fast
    await card().getByText('Fast mode: at most 16 A').waitFor()
    expect(await card().getByRole('button', { name: /Fast/ }).getAttribute('aria-pressed')).toBe('true')

    const typed = asked('SetChargingProfile', '"limit":8')
    await card().getByLabel('Limit', { exact: true }).fill('8')
    await card().getByLabel('Limit', { exact: true }).press('Enter')
    await typed
    await card().getByText(/Set by hand or bus: at most 8 A/).waitFor()

    const slid = asked('SetChargingProfile', '"limit":9')
    await card().getByLabel('Limit in amperes').focus()
    await page.keyboard.press('ArrowRight')
    await slid
    const normal = asked('SetChargingProfile', '"limit":10')
    await card().getByRole('button', { name: /Normal/ }).click()
    await normal

    await card().getByRole('button', { name: 'Stop charging' }).click()
    await card().getByRole('button', { name: 'Start charging' }).waitFor()
    garage.act({ type: 'unplug', connector: 1 })
    await card().locator('[data-status=Available]').waitFor()
  })

  it('unlock, are reserved and freed, go out of service and come back, and restart after a question.', async () => {
    await card().getByRole('button', { name: 'More' }).click()
    const press = async (name: string, sure: boolean, ...words: readonly string[]) => {
      const came = asked(...words)
      await card().getByRole('button', { name, exact: true }).click()
      if (sure) await card().getByRole('button', { name: 'Yes, do it' }).click()
      await came
    }
    await press('Unlock plug', false, 'UnlockConnector')
    await press('Reserve', false, 'ReserveNow')
    await card().locator('[data-status=Reserved]').waitFor()
    expect(await card().getByRole('button', { name: 'Start charging' }).isDisabled()).toBe(true)
    await card().getByText('The charger is reserved').waitFor()
    await press('Free reservation', false, 'CancelReservation')
    await card().locator('[data-status=Available]').waitFor()
    await press('Take out of service', true, 'ChangeAvailability', 'Inoperative')
    await card().locator('[data-status=Unavailable]').waitFor()
    await press('Put into service', false, 'ChangeAvailability', 'Operative')
    await card().locator('[data-status=Available]').waitFor()
    await card().getByRole('button', { name: 'Restart charger' }).click()
    await card().getByRole('button', { name: 'Cancel' }).click()
    const isBack = asked('StatusNotification')
    await press('Restart hard', true, '"Reset"', 'Hard')
    await isBack
    await card().locator('[data-status=Available]').waitFor()
    await press('Restart charger', true, '"Reset"', 'Soft')
    await card().locator('.progress[data-stage=observed]', { hasText: 'Restart: done' }).waitFor({ timeout: 15_000 })
  })

  it('that are not connected say so, and offer nothing that cannot be done.', async () => {
    const visitors = page.locator('charger-card[data-charger="VISIT-01/1"]')
    await visitors.getByText('Not connected', { exact: true }).first().waitFor()
    expect(await visitors.getByRole('button', { name: 'Start charging' }).isDisabled()).toBe(true)
    expect(await visitors.locator('[data-figure=current]').textContent()).toContain('–')
  })

  it('are not shown as live when the controller is not heard, and are again when it is.', async () => {
    cable.cut()
    await page.getByText('Not connected to the controller').waitFor()
    await card().getByText('Not live: as of').waitFor()
    expect(await card().getByRole('button', { name: 'Start charging' }).isDisabled()).toBe(true)
    cable.mend()
    await page.getByText('Not connected to the controller').waitFor({ state: 'detached' })
    await card().getByText('Not live: as of').waitFor({ state: 'detached' })
  })
})

describe('status', () => {
  it('tells who is connected, with everything it said about itself.', async () => {
    await open('status')
    const point = page.locator(`[data-identity="${garageId}"]`)
    await point.getByText('Wallbus Simulated').waitFor()
    await point.getByRole('button', { name: /Details/ }).click()
    await point.getByText('Security events').waitFor()
    await point.getByText('feature profiles').first().waitFor()
    await button('Copy').click()
    await button('Copied').waitFor()
    expect(await page.getByRole('img', { name: 'QR code of ws://127.0.0.1:8016/' }).isVisible()).toBe(true)
    expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe('/api/ca.pem')
  })
})

describe('configuration', () => {
  const load = async () => {
    await button('Load configuration').click()
    await page.locator('.badge', { hasText: 'Loaded' }).waitFor()
  }

  it('tells a mistake at its field while it is typed, and what would be right.', async () => {
    await open('configuration/chargers')
    const status = page.getByLabel('Status: Sends')
    await status.fill('9/9/1')
    await page.locator('#object-status-send-fault', { hasText: 'the middle group is 0 to 7' }).waitFor()
    expect(await status.getAttribute('aria-invalid')).toBe('true')
    expect(await button('Load configuration').isDisabled()).toBe(true)
    await status.fill('9/7/1')
    await page.getByText('is sent by', { exact: false }).first().waitFor()
    await page.getByLabel('Normal charging (A)').fill('40 A')
    await page.locator('#charger-normalCurrent-fault').waitFor()
    await button('Discard changes').click()
    await page.locator('.apply').waitFor({ state: 'detached' })
    expect(await status.inputValue()).toBe('9/7/0')
  })

  it('adds, duplicates, fills and removes chargers, and keeps the comments of the file.', async () => {
    await button('Add charger').click()
    await page.getByLabel('OCPP identity').fill('NEW-1')
    await button('Fill').click()
    await button('Duplicate').click()
    expect(await page.getByLabel('Connector number').inputValue()).toBe('2')
    await button('Remove').click()
    await load()
    const written = await readFile(world.file, 'utf8')
    expect(written).toContain('identity: NEW-1')
    expect(written).toContain('# under the roof')
    await page.locator('.picker').getByRole('button', { name: 'Charger 4' }).click()
    await button('Empty all').click()
    await button('Remove').click()
    await load()
    expect(await readFile(world.file, 'utf8')).not.toContain('NEW-1')
  })

  it('keeps tags and settings.', async () => {
    await open('configuration/tags')
    await button('Add tag').click()
    await page.getByLabel('Tag 3').fill('04FFFF')
    await page.getByLabel('Name 3').fill('Guest')
    await page.getByLabel('Blocked 3').check()
    await open('configuration/settings')
    await page.locator('#setting-site-name').fill('Linde')
    await page.locator('#setting-knx-cycle').fill('often')
    await page.locator('#setting-knx-cycle-fault').waitFor()
    await page.locator('#setting-knx-cycle').fill('5')
    await load()
    const written = await readFile(world.file, 'utf8')
    expect(written).toContain('{ tag: "04FFFF", name: Guest, blocked: true }')
    expect(written).toContain('name: Linde')
    expect(written).toContain('cycle: 5')
    await page.locator('.brand', { hasText: 'Linde' }).waitFor()
    await open('configuration/tags')
    await page.getByRole('button', { name: 'Remove 3' }).click()
    await load()
  })

  it('is a text as well, with its mistakes by line.', async () => {
    await open('configuration/file')
    const area = page.locator('#yaml')
    const text = await area.inputValue()
    await area.fill(text.replace('fastCurrent: 16', 'fastCurrent: fast'))
    await page.getByRole('button', { name: /^line/ }).click()
    expect(await area.evaluate((element) => element instanceof HTMLTextAreaElement && element.value.slice(element.selectionStart, element.selectionEnd))).toBe('fast')
    await page.setInputFiles('#import', { name: 'site.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text.replace('Linde', 'Lindenhof')) })
    const download = page.waitForEvent('download')
    await button('Download').click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('Lindenhof')
    await load()
    expect(await readFile(world.file, 'utf8')).toContain('name: Lindenhof')
  })

  it('explains that somebody else was faster, and lets one choose.', async () => {
    await open('configuration/settings')
    await page.locator('#setting-site-name').fill('Mine')
    await page.getByText('Changed, without mistakes').waitFor()
    await writeFile(world.file, (await readFile(world.file, 'utf8')).replace('name: Lindenhof', 'name: Theirs'))
    await button('Load configuration').click()
    await page.getByText('Somebody else has loaded a configuration').waitFor()
    await button('Load mine over it').click()
    await page.locator('.badge', { hasText: 'Loaded' }).waitFor()
    expect(await readFile(world.file, 'utf8')).toContain('name: Mine')
  })

  it('exports to ETS.', async () => {
    await open('configuration/ets')
    for (const [name, words] of [['XML', 'GroupAddress'], ['CSV', '9/7/0']] as const) {
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name }).click()
      expect(await readFile(await (await download).path(), 'utf8')).toContain(words)
    }
  })
})

describe('history', () => {
  it('lists sessions, filters them, and goes on to older ones.', async () => {
    await open('history/sessions')
    const rows = page.locator('tr[data-session]')
    await page.getByRole('button', { name: 'Show more' }).click()
    await rows.nth(59).waitFor()
    await page.getByLabel('Tag').fill('04C0FFEE01')
    await rows.filter({ hasText: 'Company car' }).first().waitFor({ state: 'detached' })
    expect(await rows.count()).toBe(15)
    await page.getByLabel('Charger', { exact: true }).selectOption('VISIT-01/1')
    await page.getByText('No session in this time').waitFor()
    expect(await page.getByRole('link', { name: 'CSV' }).getAttribute('href')).toContain('tag=04C0FFEE01')
    await page.getByLabel('Charger', { exact: true }).selectOption('')
    await page.getByLabel('Tag').fill('')
    await page.getByLabel('From').fill('2026-05-01')
    await page.getByLabel('Until').fill('2026-05-10')
    await expect.poll(() => rows.count()).toBe(6)
  })

  it('adds up by tag and month.', async () => {
    await open('history/totals')
    await page.getByText('May 2026').waitFor()
    await page.getByLabel('From').fill('')
    await page.getByLabel('Until').fill('')
    await page.getByText('April 2026').waitFor()
    expect(await page.locator('tbody tr', { hasText: 'Anna' }).count()).toBeGreaterThan(1)
  })

  it('draws current, power and energy, and zooms by mouse and by two fingers.', async () => {
    await open('history/plots')
    await page.getByLabel('Charger', { exact: true }).selectOption(`${garageId}/1`)
    const plot = page.locator('line-plot[data-plot=power]')
    await plot.locator('canvas').waitFor()
    expect(await plot.getAttribute('aria-label')).toMatch(/Power: 0 … 1[01]/)
    const over = plot.locator('.u-over')
    const box = await over.boundingBox()
    if (!box) throw new Error('nothing is drawn')
    await page.mouse.move(box.x + 100, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 40, { steps: 4 })
    await page.mouse.up()
    await button('Show all').click()
    await over.evaluate((element) => {
      const finger = (type: string, pointerId: number, clientX: number) => element.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', pointerId, clientX, clientY: 50, bubbles: true }))
      finger('pointerdown', 1, 300)
      finger('pointerdown', 2, 400)
      finger('pointermove', 2, 600)
      finger('pointerup', 1, 300)
      finger('pointerup', 2, 600)
    })
    await page.getByRole('button', { name: 'Year' }).click()
    await plot.locator('canvas').waitFor()
  })
})

describe('diagnosis', () => {
  it('shows frames as they come, filters, stops, clears and keeps them.', async () => {
    await open('diagnosis/frames')
    await page.getByLabel('Charge Point').selectOption(garageId)
    garage.act({ type: 'call', action: 'Heartbeat', payload: {} })
    await page.getByLabel('Filter').fill('Heartbeat')
    await page.locator('.log li', { hasText: 'Heartbeat' }).first().waitFor()
    const download = page.waitForEvent('download')
    await button('Download').click()
    expect(await readFile(await (await download).path(), 'utf8')).toContain('Heartbeat')
    await button('Pause').click()
    await button('Go on').click()
    await button('Clear').click()
    await page.getByText('Nothing was said').waitFor()
    await page.getByLabel('Filter').fill('')
    const trace = page.waitForEvent('download')
    await button('Trace').click()
    expect(await readFile(await (await trace).path(), 'utf8')).toContain('"event"')
  })

  it('sends a CALL and shows the answer.', async () => {
    await open('diagnosis/call')
    await page.getByLabel('Action').selectOption('GetConfiguration')
    await page.getByLabel('Payload (JSON)').fill('{')
    await page.getByText('This is no JSON object').waitFor()
    await page.getByLabel('Payload (JSON)').fill('{ "key": ["NumberOfConnectors"] }')
    await button('Send').click()
    await page.locator('#call-answer', { hasText: 'NumberOfConnectors' }).waitFor()
  })

  it('writes and reads a group address, and shows it among the telegrams.', async () => {
    await open('diagnosis/bus')
    await page.getByLabel('Group address').fill('9/7/42')
    await page.getByLabel('Value').fill('12')
    await button('Write').click()
    await page.getByText('The bus has confirmed it').waitFor()
    await page.getByLabel('Group address').fill('9/7/0')
    await button('Read').click()
    await page.getByText(/confirmed it: 9\/7\/0/).waitFor()
    await page.getByLabel('Group address').fill('nowhere')
    await button('Read').click()
    await page.getByRole('alert').waitFor()
    await open('diagnosis/telegrams')
    await page.locator('tr', { hasText: '9/7/42' }).first().waitFor()
    await page.locator('tr', { hasText: '9/7/0' }).filter({ hasText: 'response' }).first().waitFor()
    await open('diagnosis/commands')
    await page.locator('tr[data-command]', { hasText: 'Restart' }).first().waitFor()
  })
})

describe('access', () => {
  it('makes users, changes them and removes them.', async () => {
    await open('access')
    const users = page.locator('section', { has: page.getByRole('heading', { name: 'Users' }) })
    await users.getByLabel('Name').fill('anna')
    await users.getByLabel('Password', { exact: true }).fill('annas password')
    await button('Add user').click()
    await page.getByText('anna may log in now').waitFor()
    await page.getByLabel('Role: anna').selectOption('operate')
    await page.getByText('anna has another role now').waitFor()
    await page.getByRole('button', { name: 'Set password: anna' }).click()
    await page.locator('#field-new').fill('another password')
    await page.locator('dialog[open]').getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The password is changed').waitFor()
  })

  it('makes a token that is shown once, and revokes it.', async () => {
    await page.locator('#field-token').fill('visualisation')
    await button('Make token').click()
    expect(await page.locator('#token').textContent()).toMatch(/^wb_/)
    await button('I have it').click()
    await page.locator('#token').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Revoke: visualisation' }).click()
    await page.locator('dialog[open]').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('visualisation is removed').waitFor()
  })

  it('shows each role what it may, and keeps the rest away.', async () => {
    if (!browser) throw new Error('there is no browser')
    const anna = (await openPage(browser)).page
    await logIn(anna, world.url, 'anna', 'another password')
    await anna.getByRole('button', { name: 'More' }).first().waitFor()
    expect(await anna.getByRole('link', { name: 'Configuration' }).count()).toBe(0)
    await anna.goto(`${world.url}/#/configuration`)
    await anna.getByText('This page is for administrators').waitFor()
    await page.getByLabel('Role: anna').selectOption('look')
    await anna.getByRole('button', { name: 'Log in' }).waitFor({ timeout: 40_000 })
    await logIn(anna, world.url, 'anna', 'another password')
    await anna.getByText('You may look, but not operate.').first().waitFor()
    expect(await anna.getByRole('button', { name: 'Start charging' }).count()).toBe(0)
    await anna.context().close()
    await page.getByRole('button', { name: 'Remove: anna' }).click()
    await page.locator('dialog[open]').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('anna is removed').waitFor()
  })

  it('changes one’s own password, and tells what was wrong.', async () => {
    const change = async (present: string, next: string, again: string) => {
      await page.locator('#field-present').fill(present)
      await page.locator('#field-next').fill(next)
      await page.locator('#field-again').fill(again)
      await button('Change password').first().click()
    }
    await change(world.password, 'one thing for all', 'another thing')
    await page.getByText('The two new passwords differ').waitFor()
    await change('not the password', 'one thing for all', 'one thing for all')
    await page.getByRole('alert').filter({ hasNotText: 'differ' }).waitFor()
    await change(world.password, 'one thing for all', 'one thing for all')
    await page.getByText('The password is changed').waitFor()
  })
})

describe('the element on a page of others', () => {
  it('shows a charger, and does what its token may.', async () => {
    if (!browser) throw new Error('there is no browser')
    const host = await openPage(browser)
    const post = (path: string, body: unknown) => page.evaluate(async ([at, data]) => {
      const response = await fetch(at, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'wallbus' }, body: data })
      return await response.json() as { readonly token: string }
    }, [path, JSON.stringify(body)] as const)
    const { token } = await post('/api/tokens', { name: 'page', role: 'operate' })
    const html = `<!doctype html><title>Mine</title><style>* { color: red }</style><script type="module" src="/wallbus-charger.js"></script><wallbus-charger id="a" identity="${garageId}" token="${token}" lang="de" theme="dark"></wallbus-charger><wallbus-charger id="b" identity="nobody" token="wb_wrong"></wallbus-charger>`
    await host.page.route('**/mine.html', (route) => route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'" }, body: html }))
    await host.page.goto(`${world.url}/mine.html`)
    const element = host.page.locator('#a')
    await element.getByText('Garage').waitFor()
    const came = asked('SetChargingProfile', '"limit":16')
    await element.getByRole('button', { name: /Schnell/ }).click()
    await came
    await element.getByText('Schnell: höchstens 16 A').waitFor()
    await host.page.locator('#b').getByText('Not allowed').waitFor()
    expect(host.faults).toEqual([])
    await host.page.context().close()
  })
})

describe('every page', () => {
  it('is in German when asked, and stays so.', async () => {
    await page.getByRole('button', { name: /Deutsch/ }).first().click()
    await open('chargers')
    await page.locator('h1', { hasText: 'Ladepunkte' }).waitFor()
    await card().getByRole('button', { name: 'Laden starten' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByRole('button', { name: /English/ }).first().click()
  })

  it('has no serious fault against accessibility, in light and in dark.', async () => {
    for (const name of ['Light', 'Dark']) {
      await page.getByRole('button', { name, exact: true }).first().click()
      for (const place of [...pages, 'history/totals', 'history/plots', 'configuration/tags', 'configuration/settings', 'configuration/file', 'diagnosis/telegrams', 'diagnosis/call', 'diagnosis/bus', 'diagnosis/commands']) {
        await open(place)
        await page.locator('[role=status]', { hasText: 'Connecting' }).first().waitFor({ state: 'detached' })
        expect([name, place, await accessibilityFaults(page)]).toEqual([name, place, []])
      }
    }
  })

  it('fits on a phone.', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const place of pages) {
      await open(place)
      expect([place, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)]).toEqual([place, true])
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('can be walked by keyboard alone.', async () => {
    await open('chargers')
    await page.locator('body').press('Tab')
    for (let i = 0; i < 60; i++) {
      const label = await page.evaluate(() => {
        let at = document.activeElement
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
        return `${at?.closest('[data-charger]')?.getAttribute('data-charger') ?? ''} ${at?.textContent?.trim() ?? ''}`
      })
      if (label.includes('Start charging')) return
      await page.keyboard.press('Tab')
    }
    throw new Error('the start button was not reached')
  })

  it('has broken no rule of its Content Security Policy, and thrown nothing.', () => {
    expect(faults).toEqual([])
  })

  it('ends with the login.', async () => {
    await page.getByRole('button', { name: 'Log out' }).first().click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })
})
