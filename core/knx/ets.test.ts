import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChargerConfig, SiteConfig } from '../config/site-config.ts'
import { exportCsv, exportXml } from './ets.ts'
import { parseGroupAddress } from './group-address.ts'

function address(text: string): number {
  const parsed = parseGroupAddress(text)
  return parsed.ok ? parsed.value : Number.NaN
}

function charger(name: string, objects: ChargerConfig['objects']): ChargerConfig {
  return {
    name, objects, identity: name, connector: 1, normalCurrent: 10, fastCurrent: 16, fuseCurrent: 16, phases: 3, stopBy: 'auto', setUp: true, localList: false,
    timeType: 'DPT 10.001', currentType: 'DPT 14.019', startTags: ['*'], managedTags: [],
  }
}

function site(...chargers: readonly ChargerConfig[]): SiteConfig {
  return {
    site: { name: 'Home', timeZone: 'Europe/Amsterdam' },
    ocpp: { port: 8016, secure: false, callTimeout: 65, pingInterval: 25, limitInterval: 10, sampleInterval: 30 },
    knx: { gateway: 'virtual', port: 3671, nat: false, telegramsPerSecond: 20, cycle: 0 },
    panel: { port: 8080 },
    tags: [],
    chargers,
  }
}

const home = site(
  charger('Charger 1', {
    maxCurrent: { send: address('9/7/41'), receive: address('9/7/42') },
    status: { send: address('9/7/0') },
    availability: { send: address('9/7/4'), receive: address('9/7/4') },
  }),
  {
    ...charger('Charger 2', {
      availability: { receive: address('9/7/4') }, endTime: { send: address('0/0/1') }, chargingCurrent: { send: address('9/6/0') },
    }),
    timeType: 'DPT 19.001',
    currentType: 'DPT 9.021',
  },
)

test('The XML export has every address once, within its main and middle group.', () => {
  expect(exportXml(home)).toBe(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<GroupAddress-Export xmlns="http://knx.org/xml/ga-export/01">
  <GroupRange Name="EV charging" RangeStart="1" RangeEnd="2047">
    <GroupRange Name="Charger 2" RangeStart="1" RangeEnd="255">
      <GroupAddress Name="Charger 2 end time" Address="0/0/1" Central="false" Unfiltered="false" Description="local time when a transaction ends" DPTs="DPST-19-1" Security="Auto" />
    </GroupRange>
  </GroupRange>
  <GroupRange Name="EV charging" RangeStart="18432" RangeEnd="20479">
    <GroupRange Name="Charger 2" RangeStart="19968" RangeEnd="20223">
      <GroupAddress Name="Charger 2 charging current" Address="9/6/0" Central="false" Unfiltered="false" Description="actual current, when it changed by more than 0.2 A" DPTs="DPST-9-21" Security="Auto" />
    </GroupRange>
    <GroupRange Name="Charger 1, Charger 2" RangeStart="20224" RangeEnd="20479">
      <GroupAddress Name="Charger 1 status" Address="9/7/0" Central="false" Unfiltered="false" Description="0 Available, 1 Preparing, 2 Charging, 3 SuspendedEV, 4 SuspendedEVSE, 5 Finishing, 6 Reserved, 7 Unavailable, 8 Faulted" DPTs="DPST-5-10" Security="Auto" />
      <GroupAddress Name="Charger 1 availability + Charger 2 availability command" Address="9/7/4" Central="false" Unfiltered="false" Description="1 makes available, 0 unavailable; reports whether it is available" DPTs="DPST-1-3" Security="Auto" />
      <GroupAddress Name="Charger 1 maximum charging current status" Address="9/7/41" Central="false" Unfiltered="false" Description="overrides the wanted limit until normal or fast is chosen; reports the limit in force" DPTs="DPST-14-19" Security="Auto" />
      <GroupAddress Name="Charger 1 maximum charging current command" Address="9/7/42" Central="false" Unfiltered="false" Description="overrides the wanted limit until normal or fast is chosen; reports the limit in force" DPTs="DPST-14-19" Security="Auto" />
    </GroupRange>
  </GroupRange>
</GroupAddress-Export>
`)
})

test('The CSV export is the same list, quoted, with a byte order mark and CRLF.', () => {
  expect(exportCsv(home).split('\r\n').slice(0, 8)).toEqual([
    '\uFEFF"Main";"Middle";"Sub";"Address";"Central";"Unfiltered";"Description";"DatapointType";"Security"',
    '"EV charging";"";"";"0/-/-";"";"";"";"";"Auto"',
    '"";"Charger 2";"";"0/0/-";"";"";"";"";"Auto"',
    '"";"";"Charger 2 end time";"0/0/1";"";"";"local time when a transaction ends";"DPST-19-1";"Auto"',
    '"EV charging";"";"";"9/-/-";"";"";"";"";"Auto"',
    '"";"Charger 2";"";"9/6/-";"";"";"";"";"Auto"',
    '"";"";"Charger 2 charging current";"9/6/0";"";"";"actual current, when it changed by more than 0.2 A";"DPST-9-21";"Auto"',
    '"";"Charger 1, Charger 2";"";"9/7/-";"";"";"";"";"Auto"',
  ])
})

test('A site without group addresses gives an empty export.', () => {
  expect(exportXml(site())).not.toContain('GroupRange')
  expect(exportCsv(site()).split('\r\n')).toHaveLength(2)
})

test('A name can neither end an attribute nor open an element.', () => {
  const xml = exportXml(site(charger('"/><x a=\'1\'>&amp;\u0000\n', { status: { send: 1 } })))
  expect(xml).toContain('<GroupAddress Name="&quot;/&gt;&lt;x a=\'1\'&gt;&amp;amp; status" Address="0/0/1"')
})

test.each(['=cmd|A1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])('A name such as %j is no formula in a spreadsheet.', (name) => {
  expect(exportCsv(site(charger(name, { status: { send: 1 } })))).toContain(`"'${name.trim()} status";`)
})

test('A long name is cut at the 255 characters that ETS allows, not within a character.', () => {
  const xml = exportXml(site(charger('🔌'.repeat(300), { status: { send: 1 } })))
  expect(xml).toContain(`<GroupAddress Name="${'🔌'.repeat(255)}" Address`)
})

test('Whatever the names are, the shape of both files is the same.', () => {
  const special = fc.constantFrom(...'";<>&=+-@\r\n\t\0\uD800\u2028')
  const hostile = fc.string({ unit: fc.oneof(special, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength: 400 })
  fc.assert(fc.property(hostile, (name) => {
    const config = site(charger(name, { status: { send: 20_224 }, reset: { receive: 20_325 } }))
    const lines = exportXml(config).split('\n')
    expect(lines).toHaveLength(10)
    for (const line of lines.slice(2, 6)) {
      expect(line).toMatch(/^ +<Group(Range|Address)( [A-Za-z]+="(?:[^<>&"\p{Cc}\p{Cs}]|&(amp|lt|gt|quot);)*")+( \/)?>$/u)
      const [, text = ''] = /Name="([^"]*)"/.exec(line) ?? []
      expect([...text.replaceAll(/&[a-z]+;/g, '.')].length).toBeLessThanOrEqual(255)
    }
    const rows = exportCsv(config).split('\r\n')
    expect(rows).toHaveLength(6)
    for (const row of rows.slice(1, 5)) expect(row).toMatch(/^("(?![=+\-@])(?:[^"\r\n]|"")*"(;|$)){9}$/)
  }))
})
