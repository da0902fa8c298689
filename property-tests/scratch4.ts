import fc from 'fast-check'
import { laws } from './laws.ts'
import { longLaws } from './laws/long.ts'
import { resolve } from './alphabet.ts'
import { begin, step, type Happening } from './happening.ts'
import { smallSite } from './small-site.ts'
import { walk, story } from './walk.ts'
const known: RegExp[] = (process.argv[4] ?? '').split('~').filter(Boolean).map(s => new RegExp(s))
const t = process.cpuUsage()
let steps = 0
const found = new Map<string, string>()
const all = process.argv[5] === 'all'
function run(picks: readonly number[]) {
  let site = begin(smallSite({ identities: ['CP1', 'CP2'] }))
  const checks = longLaws.map(({ title, begin: start }) => ({ title, check: start() }))
  const path: Happening[] = []
  let n = 0
  for (const pick of picks) {
    const got = resolve(site, pick)
    if (!got) continue
    const happening = got.type === 'command' && !got.command.id.startsWith('knx') && !site.population.groups.some(g => g.members.some(m => m.errands.some(e => e.command === got.command.id))) ? { ...got, command: { ...got.command, id: `q${n++}` } } : got
    path.push(happening)
    steps++
    const walked = walk(step, laws, site, happening)
    if (!walked.ok) { const s = story(walked.breach, path); if (known.some(k => k.test(s))) { path.pop(); if (walked.edge) continue; continue } throw new Error(s + "\nSTATE " + JSON.stringify(site.population.groups[0]!.members.map(m => ({ e: m.errands, p: m.pending, u: m.profile.unsupported, c: m.connectors.map(({charger, told, sends, ...r}) => r) })), null, 0)) }
    for (const { title, check } of checks) { const c = check(walked.edge); if (c && !known.some(k => k.test(title + c))) throw new Error(story({ title, complaint: c }, path)) }
    site = walked.edge.after
  }
}
const r = fc.check(fc.property(fc.array(fc.nat(1e8), { minLength: 150, maxLength: 400, size: 'max' }), run), { seed: Number(process.argv[2] ?? 1), interruptAfterTimeLimit: 60000, numRuns: Number(process.argv[3] ?? 200) })
console.log(String((r as any).errorInstance?.message).slice(-6000)); console.log(r.numRuns, r.numShrinks, steps, process.cpuUsage(t).user / 1000)
