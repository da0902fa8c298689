import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../fixtures/controller-process.ts'
import { logIn, openBrowser, openPage } from '../fixtures/panel/browser.ts'
import { openStore } from '../adapters/node/store/store.ts'
import { median } from './measure.ts'
import { chargers, fillBooks, fillSamples } from './year.ts'

/** How long each page of the panel takes, from its address until it shows what it is for, with a year of a car park behind it. */
const rounds = 5
const password = 'a password for a benchmark'
const port = 18_080

/** A page, and what shows that it is there. */
const pages: readonly (readonly [place: string, shown: string])[] = [
  ['chargers', 'text=Charger 199'],
  ['status', 'h1:has-text("Status")'],
  ['history/sessions', 'tr[data-session]'],
  ['history/totals', 'main table tbody tr'],
  ['history/plots', 'line-plot canvas'],
  ['configuration/chargers', '#charger-identity'],
  ['diagnosis/telegrams', 'h1:has-text("Diagnosis")'],
  ['access', 'main table'],
]

const directory = await mkdtemp(join(tmpdir(), 'wallbus-bench-'))
const entries = Array.from({ length: chargers }, (_, n) => `  - { name: Charger ${n}, identity: CP${n}, objects: { status: ${Math.floor(n / 200)}/${Math.floor(n / 25) % 8}/${(n % 25) * 8 + 1} } }`)
await writeFile(join(directory, 'site.yaml'), `knx: { gateway: virtual }\nocpp: { port: 18116 }\npanel: { port: ${port}, address: 127.0.0.1 }\nchargers:\n${entries.join('\n')}\n`)
await (await openStore(directory)).store.close()
await fillBooks(directory)
await fillSamples(directory)
process.env['WALLBUS_ADMIN_PASSWORD'] = password
const controller = runCommand(['run', join(directory, 'site.yaml'), '--data', directory])
const browser = await openBrowser()
try {
  await controller.said(`:${port}`)
  const { page } = await openPage(browser)
  const url = `http://127.0.0.1:${port}`
  await logIn(page, url, 'admin', password)
  console.log(`panel: ${chargers} chargers and a year of sessions and samples; ms until a page shows what it is for, median of ${rounds}`)
  for (const [place, shown] of pages) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      await page.goto('about:blank')
      const begin = performance.now()
      await page.goto(`${url}/#/${place}`)
      await page.locator(shown).first().waitFor()
      times.push(performance.now() - begin)
    }
    console.log(`  ${place.padEnd(24)} ${median(times).toFixed(0).padStart(5)}`)
  }
} finally {
  await browser.close()
  await controller.end('SIGTERM')
  await rm(directory, { recursive: true, force: true })
}
