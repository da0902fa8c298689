import { laws } from './laws.ts'
import { explore } from './explorer.ts'
import { slices } from './expeditions.ts'
import { step } from './happening.ts'
import { stateKey } from './state-key.ts'
import { story } from './walk.ts'
const seen = new Set<string>()
for (const slice of slices) {
  if (process.argv[3] && !slice.title.includes(process.argv[3])) continue
  const t=process.cpuUsage()
  const keys = new Set<string>()
  const f = explore({ ...slice, step, laws: process.argv[4] === 'no' ? [] : laws, keyOf: s => { const k = stateKey(s); keys.add(k); return k }, mostStates: Number(process.argv[2] ?? 1500) })
  console.log(slice.title, '|', f.states, f.edges, f.depth, f.closed, Math.round(process.cpuUsage(t).user/1000), 'ms')
  for (const b of f.breaches) if (!seen.has(b.breach.title)) { seen.add(b.breach.title); console.log(story(b.breach, b.path)) }
  if (process.argv[4]) {
    const dims: Map<string, number>[] = []
    for (const k of keys) k.split(/[|;,]/).forEach((v, i) => { const m = (dims[i] ??= new Map()); m.set(v, (m.get(v) ?? 0) + 1) })
    dims.forEach((d, i) => d.size > 1 && console.log(i, d.size, [...d].sort((a,b)=>b[1]-a[1]).slice(0, 12).map(([v, n]) => `${v}:${n}`).join('  ')))
  }
}
