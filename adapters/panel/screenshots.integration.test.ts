import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../fixtures/panel/browser.ts'
import { house, samplesUntil, sessionsBefore } from '../../fixtures/panel/house.ts'
import { openPanelWorld, type PanelWorld } from '../../fixtures/panel/panel-world.ts'
// @ts-expect-error: it is JavaScript
import { buildPanel } from './build.js'

// Pictures for the guides: SCREENSHOTS=docs/images npx vitest run adapters/panel/screenshots
const folder = process.env['SCREENSHOTS']

const looks = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true },
} as const

const shown = ['chargers', 'status', 'history/sessions', 'history/totals', 'history/plots', 'configuration/chargers', 'configuration/tags', 'configuration/settings', 'configuration/file', 'configuration/ets', 'diagnosis/frames', 'diagnosis/telegrams', 'diagnosis/call', 'diagnosis/bus', 'diagnosis/commands', 'access']

describe.skipIf(!folder)('pictures', () => {
  let world: PanelWorld
  let browser: Browser
  beforeAll(async () => {
    await buildPanel('dist/panel')
    await mkdir(folder ?? '', { recursive: true })
    world = await openPanelWorld(house, sessionsBefore(Date.now()))
    browser = await openBrowser()
    const maker = { vendor: 'Alfen', model: 'Eve Single Pro', serialNumber: 'ACE0312208', firmwareVersion: '6.5.0-4231', configuration: { MeterValueSampleInterval: '1' } }
    const garage = world.connect('WB-2024-0117', { station: { ...maker, carAmperes: 16 } })
    const carport = world.connect('WB-2024-0118', { station: { ...maker, model: 'Eve Double', serialNumber: 'ACE0312209' } })
    world.connect('NEW-CHARGER-7')
    await Promise.all([garage, carport].map((station) => station.until((state) => JSON.stringify(state).includes('Accepted'))))
    garage.act({ type: 'plug', connector: 1 })
    garage.act({ type: 'tag', connector: 1, idTag: '04A1B2C3D4' })
    await world.carried((telegram) => telegram.service === 'write' && 'bytes' in telegram.payload && telegram.payload.bytes[0] === 2)
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  it.for(Object.keys(looks) as (keyof typeof looks)[])('%s', async (look) => {
    const context = await browser.newContext({ ...looks[look], locale: 'en' })
    const page = await context.newPage()
    await page.route('**/api/samples*', (route) => route.fulfill({ json: samplesUntil(Date.now(), 24) }))
    await page.goto(world.url)
    await page.screenshot({ path: `${folder}/login-${look}.png` })
    await logIn(page, world.password)
    for (const place of shown) {
      await page.goto(`${world.url}/#/${place}`)
      await page.locator('main h1').waitFor()
      await page.waitForTimeout(place === 'chargers' ? 3_500 : 700)
      await page.screenshot({ path: `${folder}/${place.replace('/', '-')}-${look}.png` })
    }
    await context.close()
  })
})

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Name').fill('admin')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('main h1', { hasText: 'Chargers' }).waitFor()
}
