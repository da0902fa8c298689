import { readFile } from 'node:fs/promises'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from '../../fixtures/panel/browser.ts'
import { openPanelWorld, type PanelWorld } from '../../fixtures/panel/panel-world.ts'
import { requireTools } from '../../fixtures/tools.ts'
import { parseGroupAddress } from '../../core/knx/group-address.ts'
import { buildPanel } from './build.js'

const identity = 'OCPP/123 456'

describe('a stranger with a new charger', () => {
  let world: PanelWorld
  let browser: Browser | undefined
  beforeAll(async () => {
    await buildPanel('dist/panel')
    world = await openPanelWorld('site: { name: New, timeZone: Europe/Berlin }\nocpp: { limitInterval: 0 }\nknx: { gateway: virtual }\n')
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })
  beforeEach(async (context) => {
    await requireTools(context, 'chromium')
    browser ??= await openBrowser()
  })

  it('gets from the first login to the first session in the books with 11 clicks.', async () => {
    if (!browser) throw new Error('there is no browser')
    const { page, faults } = await openPage(browser)
    let clicks = 0
    const click = async (locator: Locator) => {
      clicks += 1
      await locator.click()
    }
    const station = world.connect(identity)
    const address = (text: string) => {
      const parsed = parseGroupAddress(text)
      return parsed.ok ? parsed.value : -1
    }
    const told = (text: string, payload: object) => world.carried((telegram) => telegram.service === 'write' && telegram.address === address(text) && JSON.stringify(telegram.payload) === JSON.stringify(payload))

    await page.goto(world.url)
    await page.getByLabel('Name').fill('admin')
    await page.getByLabel('Password').fill(world.password)
    await click(page.getByRole('button', { name: 'Log in' }))

    await click(page.getByRole('link', { name: 'Connect the first charger' }))
    expect(await page.locator('#url').textContent()).toBe('ws://127.0.0.1:8016/')
    await page.getByText('unknown identity').waitFor()
    await click(page.getByRole('button', { name: 'Add charger' }))
    await click(page.getByRole('link', { name: 'Set it up' }))
    expect(await page.getByLabel('OCPP identity').inputValue()).toBe(identity)
    await page.getByLabel('Name', { exact: true }).fill('Garage')
    await click(page.getByRole('button', { name: 'Fill' }))
    expect(await page.getByLabel('Status: Sends').inputValue()).toBe('1/0/0')
    await click(page.getByRole('button', { name: 'Load configuration' }))
    await page.getByText('Loaded').waitFor()

    station.act({ type: 'reconnect' })
    await station.until((state) => JSON.stringify(state).includes('"Accepted"'), 20_000)
    station.act({ type: 'plug', connector: 1 })
    await told('1/0/0', { bytes: [1] })
    await click(page.getByRole('link', { name: 'Chargers' }).first())
    await click(page.getByRole('button', { name: 'Start charging' }))
    await told('1/0/0', { bytes: [2] })
    await page.locator('[data-status=Charging]').waitFor()
    expect(await page.locator('.progress').first().textContent()).toContain('Start')
    await click(page.getByRole('button', { name: 'Stop charging' }))
    await page.getByRole('button', { name: 'Start charging' }).waitFor()

    await click(page.getByRole('link', { name: 'History' }))
    const row = page.locator('tr[data-session]')
    await row.waitFor()
    expect(await row.textContent()).toContain('Garage')
    const download = page.waitForEvent('download')
    await click(page.getByRole('link', { name: 'CSV' }))
    expect(await readFile(await (await download).path(), 'utf8')).toContain('Garage')

    expect(clicks).toBe(11)
    expect(faults).toEqual([])
  })
})
