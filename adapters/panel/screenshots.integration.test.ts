import { mkdir } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { logIn, openBrowser, openPage } from '../../fixtures/panel/browser.ts'
import { house, samplesUntil, sessionsBefore } from '../../fixtures/panel/house.ts'
import { openPanelWorld, type PanelWorld } from '../../fixtures/panel/panel-world.ts'
import { buildPanel } from './build.js'

/** Pictures for the guides: SCREENSHOTS=docs/images npx vitest run adapters/panel/screenshots */
const folder = process.env['SCREENSHOTS'] ?? ''

const desk = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const looks = {
  light: { ...desk, colorScheme: 'light' },
  dark: { ...desk, colorScheme: 'dark' },
  phone: { ...phone, colorScheme: 'dark' },
} as const

const pages = [
  { page: 'login', place: 'login' },
  { page: 'chargers', place: 'chargers' },
  { page: 'status', place: 'status' },
  { page: 'history', place: 'history/plots' },
  { page: 'configuration', place: 'configuration/chargers' },
  { page: 'diagnosis', place: 'diagnosis/telegrams' },
  { page: 'access', place: 'access' },
] as const

const pictures = pages.flatMap(({ page, place }) => (['light', 'dark', 'phone'] as const).map((look) => ({ name: `${page}-${look}`, place, look: looks[look] })))

describe.skipIf(folder === '')('pictures', () => {
  let world: PanelWorld
  let browser: Browser
  beforeAll(async () => {
    await buildPanel('dist/panel')
    await mkdir(folder, { recursive: true })
    world = await openPanelWorld(house, sessionsBefore(Date.now()))
    browser = await openBrowser()
    const maker = { vendor: 'Vendor', model: 'Home 11', serialNumber: 'A-0312208', firmwareVersion: '6.5.0', configuration: { MeterValueSampleInterval: '1' } }
    const garage = world.connect('WB-2024-0117', { station: { ...maker, carAmperes: 16 } })
    const carport = world.connect('WB-2024-0118', { station: { ...maker, serialNumber: 'A-0312209' } })
    world.connect('NEW-CHARGER-7')
    await Promise.all([garage, carport].map((station) => station.until((state) => JSON.stringify(state).includes('"Accepted"'))))
    garage.act({ type: 'plug', connector: 1 })
    garage.act({ type: 'tag', connector: 1, idTag: '04A1B2C3D4' })
    await world.carried((telegram) => telegram.service === 'write' && 'bytes' in telegram.payload && telegram.payload.bytes[0] === 2)
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  it.for(pictures)('$name', async ({ name, place, look }) => {
    const { page } = await openPage(browser, look)
    await page.route('**/api/samples*', (route) => route.fulfill({ json: samplesUntil(Date.now(), 24) }))
    if (place === 'login') {
      await page.goto(world.url)
      await page.getByRole('button', { name: 'Log in' }).waitFor()
    } else {
      await logIn(page, world.url, 'admin', world.password)
      await page.goto(`${world.url}/#/${place}`)
      await page.locator('[data-figure=power]', { hasText: '6.90' }).or(page.locator('.tabs, #url, main table')).first().waitFor()
      await page.locator('[role=status]', { hasText: 'Connecting' }).first().waitFor({ state: 'detached' })
      await page.locator('canvas').nth(2).or(page.locator('main:not(:has(line-plot))')).first().waitFor()
    }
    await page.screenshot({ path: `${folder}/${name}.png` })
    await page.context().close()
  })
})
