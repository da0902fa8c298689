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
  const f = explore({ ...slice, step, laws, keyOf: stateKey, mostStates: Number(process.argv[2] ?? 1500) })
  console.log(slice.title, '|', f.states, f.edges, f.depth, f.closed, Math.round(process.cpuUsage(t).user/1000), 'ms')
  for (const b of f.breaches) if (!seen.has(b.breach.title)) { seen.add(b.breach.title); console.log(story(b.breach, b.path)) }
}
