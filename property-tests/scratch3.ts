import fc from 'fast-check'
import { laws } from './laws.ts'
import { createWorld } from './world/world.ts'
import { unconverged, refusedOwn } from './world/converged.ts'
import { smallSite } from './small-site.ts'
import { move } from './world/moves.ts'
const t = process.cpuUsage()
const cruel = process.argv[2] === 'blows'
const useLaws = process.argv[3] !== 'nolaws'
const run = (character: object, picks: readonly number[], tell = false) => {
  const w = createWorld(smallSite({ startTags: ['GOOD'] }), { character, laws: useLaws ? laws : [] })
  const show = (what: string, from: number) => { if (tell) { console.log(what, w.now() - Date.UTC(2026,10,23,12)); for (const l of w.log.slice(from)) if (l.effect.type !== 'transmit') console.log('   ', l.at-Date.UTC(2026,10,23,12), JSON.stringify(l.effect)) } }
  try {
  w.dial('CP1', true)
  w.pass(20_000)
  for (const n of picks) {
    const from = w.log.length
    const kinds = cruel ? 5 : 4
    move(w, cruel, n)
    show(`kind ${n % kinds} ${Math.floor(n / kinds)}`, from)
  }
  const from = w.log.length
  w.dial('CP1'); w.bus(true); w.pass(20 * 60_000)
  w.dial('CP1'); w.pass(20 * 60_000)
  show('end', from)
  } catch (e) { if (!tell) throw e; console.log(String(e)) }
  return [[...unconverged(w), ...(cruel ? [] : refusedOwn(w))], w] as const
}
const r = fc.check(fc.property(fc.record({ actsFirst: fc.boolean(), goesOn: fc.boolean(), showsFirst: fc.boolean() }), fc.array(fc.nat(1e6), { maxLength: 80, size: 'max' }), (character, picks) => {
  const [u] = run(character, picks)
  if (u.length) throw new Error(u.join('\n'))
}), { seed: Number(process.argv[4] ?? 1), numRuns: Number(process.argv[5] ?? 300) })
console.log(String((r as any).errorInstance?.message).slice(0, 1500)); console.log(fc.defaultReportMessage(r)?.slice(0, 3000), process.cpuUsage(t).user / 1000)
if (r.counterexample) {
  const [u, w] = run(r.counterexample[0], r.counterexample[1], true)
  console.log(JSON.stringify(w.member('CP1')?.connectors.map(({told, charger, ...r}) => r)), w.chargers.get('CP1')!.sockets)
}
