import { readdir, readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectForeign, type ForeignClient } from '../../fixtures/foreign-client.ts'
import { logIn, openBrowser, openPage } from '../../fixtures/panel/browser.ts'
import { openPanelWorld, type PanelWorld } from '../../fixtures/panel/panel-world.ts'
import { requireTools } from '../../fixtures/tools.ts'
import { buildPanel } from './build.js'

const evil = '<img src=x onerror=hacked=1>'
const turned = `${evil}\u202E\u0000\u001B[31m${'W'.repeat(4_000)}`
const name = `"><script>hacked=1</script>${evil}`

/** A site of 200 chargers, the first of which is out for harm. */
function manyChargers(): string {
  const chargers = Array.from({ length: 199 }, (_, i) => `  - { name: Place ${i + 1}, identity: P-${i + 1}, fuseCurrent: 16 }`)
  return `site: { name: ${JSON.stringify(name.slice(0, 100))}, timeZone: Europe/Berlin }\nknx: { gateway: virtual }\ntags:\n  - { tag: T1, name: ${JSON.stringify(evil)} }\nchargers:\n  - { name: ${JSON.stringify(evil)}, identity: EVIL, objects: { status: 1/0/1 } }\n${chargers.join('\n')}\n`
}

describe('a panel', () => {
  let world: PanelWorld
  let browser: Browser | undefined
  let page: Page
  let faults: readonly string[]
  let client: ForeignClient
  beforeAll(async () => {
    await buildPanel('dist/panel')
    world = await openPanelWorld(manyChargers())
    client = await connectForeign({ url: `ws://127.0.0.1:${world.controller.port}`, identity: 'EVIL' })
    await connectForeign({ url: `ws://127.0.0.1:${world.controller.port}`, identity: `${evil}\u202E${'x'.repeat(100)}` }).catch(() => undefined)
    const call = (action: string, payload: Readonly<Record<string, unknown>>) => client.call(action, payload).catch(() => undefined)
    await call('BootNotification', { chargePointVendor: evil, chargePointModel: turned, chargePointSerialNumber: evil, firmwareVersion: turned })
    await call('StatusNotification', { connectorId: 1, status: 'Faulted', errorCode: 'OtherError', info: turned, vendorErrorCode: evil, vendorId: turned })
    await call('StartTransaction', { connectorId: 1, idTag: 'T1', meterStart: 0, timestamp: new Date().toISOString() })
    await call('DataTransfer', { vendorId: evil, data: turned })
    await call('StopTransaction', { transactionId: 1, idTag: evil, meterStop: 10, timestamp: new Date().toISOString(), reason: evil })
  })
  afterAll(async () => {
    await browser?.close()
    await client?.close()
    await world?.close()
  })
  beforeEach(async (context) => {
    await requireTools(context, 'chromium')
    if (browser) return
    browser = await openBrowser()
    ;({ page, faults } = await openPage(browser))
    await logIn(page, world.url, 'admin', world.password)
  })

  it('shows what chargers write as text and nothing else, on every page.', async () => {
    for (const place of ['chargers', 'chargers/EVIL/1', 'status', 'history/sessions', 'history/totals', 'configuration/chargers', 'configuration/tags', 'configuration/settings', 'configuration/file', 'diagnosis/frames', 'diagnosis/telegrams', 'diagnosis/commands', 'access']) {
      await page.goto(`${world.url}/#/${place}`)
      await page.locator('main').waitFor()
      await page.locator('[role=status]', { hasText: 'Connecting' }).first().waitFor({ state: 'detached' })
      if (place === 'status') {
        const details = page.locator('[data-identity=EVIL]').getByRole('button', { name: /Details/ })
        await details.click()
        await page.getByText('Security events').waitFor()
      }
      expect([place, await page.evaluate(() => 'hacked' in globalThis)]).toEqual([place, false])
      expect([place, await page.locator('img, script:not([src="/panel.js"])').count()]).toEqual([place, 0])
      expect([place, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)]).toEqual([place, true])
      expect([place, /[\p{Cf}\p{Cc}]/u.test((await page.locator('main').innerText()).replace(/\s/g, ''))]).toEqual([place, false])
    }
    expect(faults).toEqual([])
  })

  it('lists 200 chargers, and finds among them faster than one types.', async () => {
    await page.goto(`${world.url}/#/chargers`)
    const rows = page.locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(200)
    const took = await page.evaluate(async () => {
      const search = document.querySelector<HTMLInputElement>('#search')
      if (!search) return Infinity
      const from = performance.now()
      for (const text of ['P', 'Pl', 'Place 1', 'Place 11', '', 'Place 199']) {
        search.value = text
        search.dispatchEvent(new Event('input'))
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      return (performance.now() - from) / 6
    })
    expect(took).toBeLessThan(250)
    expect(await rows.count()).toBe(1)
    await page.getByLabel('Search').fill('')
    await page.getByRole('button', { name: /Offline/ }).click()
    expect(await rows.count()).toBe(199)
    await page.getByRole('button', { name: /Attention/ }).click()
    expect(await rows.count()).toBe(1)
    await page.getByRole('link', { name: /img/ }).click()
    await page.locator('charger-card').waitFor()
    await page.getByRole('link', { name: 'All chargers' }).click()
    await rows.first().waitFor()
  })

  it('is less than 150 kB over the wire, all files together.', async () => {
    const files = (await readdir('dist/panel')).filter((file) => file.endsWith('.gz'))
    const sizes = await Promise.all(files.map(async (file) => (await readFile(`dist/panel/${file}`)).length))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
  })
})
