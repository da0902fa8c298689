import { objectNames, type ChargerConfig, type SiteConfig } from '../config/site-config.ts'
import { datapointTypes } from './dpt/datapoint-type.ts'
import { formatGroupAddress } from './group-address.ts'
import { datapointOf, groupObjects } from './group-object.ts'
import type { GroupAddress } from './telegram.ts'

/** The group addresses of a site as an ETS export in XML (namespace `http://knx.org/xml/ga-export/01`). */
export function exportXml(config: SiteConfig): string {
  return Array.from(xmlLines(config), (line) => `${line}\n`).join('')
}

/** The group addresses of a site as an ETS export in CSV: byte order mark, semicolons, every cell quoted, CRLF. */
export function exportCsv(config: SiteConfig): string {
  return `\uFEFF${Array.from(csvRows(config), (cells) => `${cells.map(csvCell).join(';')}\r\n`).join('')}`
}

/** One flow of one group object of one charger. */
interface Use {
  readonly address: GroupAddress
  readonly charger: string
  readonly name: string
  readonly description: string
  readonly ets: string
}

/** The uses of the addresses from `number · size` on: of a main group (2048 addresses), a middle group (256) or one address (1). */
interface Range {
  readonly number: number
  readonly uses: readonly Use[]
}

const mainName = 'EV charging'

function* xmlLines(config: SiteConfig): Generator<string> {
  yield '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
  yield '<GroupAddress-Export xmlns="http://knx.org/xml/ga-export/01">'
  for (const main of rangesOf(usesIn(config), 2048)) {
    yield `  ${xmlRange(mainName, main.number, 2048)}`
    for (const middle of rangesOf(main.uses, 256)) {
      yield `    ${xmlRange(chargersOf(middle), middle.number, 256)}`
      for (const { number, uses } of rangesOf(middle.uses, 1)) yield `      ${xmlAddress(number, uses)}`
      yield '    </GroupRange>'
    }
    yield '  </GroupRange>'
  }
  yield '</GroupAddress-Export>'
}

function* csvRows(config: SiteConfig): Generator<readonly string[]> {
  yield ['Main', 'Middle', 'Sub', 'Address', 'Central', 'Unfiltered', 'Description', 'DatapointType', 'Security']
  for (const main of rangesOf(usesIn(config), 2048)) {
    yield [mainName, '', '', `${main.number}/-/-`, '', '', '', '', 'Auto']
    for (const middle of rangesOf(main.uses, 256)) {
      yield ['', chargersOf(middle), '', `${main.number}/${middle.number % 8}/-`, '', '', '', '', 'Auto']
      for (const { number, uses } of rangesOf(middle.uses, 1)) {
        yield ['', '', namesOf(uses), formatGroupAddress(number), '', '', descriptionsOf(uses), etsOf(uses), 'Auto']
      }
    }
  }
}

function usesIn(config: SiteConfig): readonly Use[] {
  return config.chargers.flatMap((charger) => [...usesOf(charger)]).sort((a, b) => a.address - b.address)
}

/** Where both flows have an address of their own, their names tell them apart. */
function* usesOf(charger: ChargerConfig): Generator<Use> {
  for (const object of objectNames) {
    const { send, receive } = charger.objects[object] ?? {}
    const { title, flows, description } = groupObjects[object]
    const name = `${charger.name} ${title.toLowerCase()}`
    const apart = flows.length > 1 && send !== receive
    const use = { charger: charger.name, description, ets: datapointTypes[datapointOf(object, charger)].ets }
    if (send !== undefined) yield { ...use, address: send, name: apart ? `${name} status` : name }
    if (receive !== undefined) yield { ...use, address: receive, name: apart ? `${name} command` : name }
  }
}

function rangesOf(uses: readonly Use[], size: number): readonly Range[] {
  const ranges = new Map<number, Use[]>()
  for (const use of uses) {
    const number = Math.floor(use.address / size)
    const range = ranges.get(number)
    if (range) range.push(use)
    else ranges.set(number, [use])
  }
  return Array.from(ranges, ([number, inRange]) => ({ number, uses: inRange }))
}

function chargersOf({ uses }: Range): string {
  return joined(uses.map((use) => use.charger), ', ')
}

function namesOf(uses: readonly Use[]): string {
  return joined(uses.map((use) => use.name), ' + ')
}

function descriptionsOf(uses: readonly Use[]): string {
  return joined(uses.map((use) => use.description), '; ')
}

// An address has one datapoint type in ETS: that of its first use.
function etsOf(uses: readonly Use[]): string {
  return uses[0]?.ets ?? ''
}

// One line within ETS's 255 characters. Control characters and lone surrogates cannot stand in XML, however escaped.
function joined(texts: readonly string[], separator: string): string {
  const line = [...new Set(texts)].join(separator).replaceAll(/[\s\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim()
  return [...line].slice(0, 255).join('')
}

// There is no 0/0/0: the first range starts at 1.
function xmlRange(name: string, number: number, size: number): string {
  return `<GroupRange Name="${xmlText(name)}" RangeStart="${Math.max(number * size, 1)}" RangeEnd="${(number + 1) * size - 1}">`
}

function xmlAddress(address: GroupAddress, uses: readonly Use[]): string {
  return `<GroupAddress Name="${xmlText(namesOf(uses))}" Address="${formatGroupAddress(address)}" Central="false" Unfiltered="false"`
    + ` Description="${xmlText(descriptionsOf(uses))}" DPTs="${etsOf(uses)}" Security="Auto" />`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function xmlText(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}

// A spreadsheet would run a cell that begins like a formula; the apostrophe makes it text.
function csvCell(cell: string): string {
  return `"${cell.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`
}
