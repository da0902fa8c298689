import fc from 'fast-check'
import { laws } from './laws.ts'
import { createWorld } from './world/world.ts'
import { unconverged } from './world/converged.ts'
import { smallSite } from './small-site.ts'
import { moves, blows } from './world/moves.ts'
const t = process.cpuUsage()
const withBlows = process.argv[2] === 'blows'
const useLaws = process.argv[3] !== 'nolaws'
let c = 0
const r = fc.check(fc.property(fc.boolean(), fc.array(fc.nat(1e6), { maxLength: 80, size: 'max' }), (actsFirst, picks) => {
  const w = createWorld(smallSite(), { actsFirst, laws: useLaws ? laws : [] })
  c++
  w.dial('CP1', true)
  w.pass(20_000)
  const trail: string[] = []
  for (const n of picks) {
    const ms = withBlows && n % 5 === 0 ? blows(w) : moves(w)
    const m = ms[Math.floor(n / 5) % ms.length]!
    trail.push(m.toString().replace('() =>','').trim() + (m as any).name)
    m()
  }
  w.dial('CP1'); w.bus(true); w.pass(20 * 60_000)
  w.dial('CP1'); w.pass(20 * 60_000)
  const u = unconverged(w)
  if (u.length) throw new Error(u.join('\n') + '\n' + w.log.slice(-1).map(x => JSON.stringify(x)).join('\n'))
}), { seed: Number(process.argv[4] ?? 1), numRuns: Number(process.argv[5] ?? 300) })
console.log(String((r as any).errorInstance?.message).slice(0, 1500)); console.log(fc.defaultReportMessage(r)?.slice(0, 3000), c, process.cpuUsage(t).user / 1000)
if (r.counterexample) {
  const w = createWorld(smallSite(), { actsFirst: r.counterexample[0], laws: [] })
  w.dial('CP1', true); w.pass(20_000)
  for (const n of r.counterexample[1]) { const from = w.log.length; const ms = withBlows && n % 5 === 0 ? blows(w) : moves(w); const i = Math.floor(n / 5) % ms.length; ms[i]!(); console.log('MOVE', n % 5 === 0 && withBlows ? 'blow' : 'move', i, ms.length, w.now() - Date.UTC(2026,10,23,12)); for (const l of w.log.slice(from)) if (l.effect.type !== 'transmit') console.log('   ', l.at-Date.UTC(2026,10,23,12), JSON.stringify(l.effect)) }
  console.log(JSON.stringify(w.member('CP1')?.connectors.map(({told, charger, ...r}) => r), null, 1), w.chargers.get('CP1')!.sockets)
}
