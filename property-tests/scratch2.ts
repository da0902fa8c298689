import { laws } from './laws.ts'
import { createWorld } from './world/world.ts'
import { unconverged } from './world/converged.ts'
import { smallSite } from './small-site.ts'
for (const actsFirst of [false, true]) {
const w = createWorld(smallSite(), { actsFirst, laws })
w.dial('CP1', true)
w.pass(60_000)
console.log(unconverged(w))
const c = w.chargers.get('CP1')!
c.plug(c.sockets[0]!, true)
w.order('CP1', 1, { type: 'start', idTag: null })
w.pass(10_000)
console.log(unconverged(w), c.sockets[0]!.status)
w.restart()
w.dial('CP1')
w.pass(60_000)
console.log(unconverged(w), c.sockets[0]!.status)
w.order('CP1', 1, { type: 'mode', mode: 'fast' })
w.pass(60_000)
console.log(unconverged(w), c.sockets[0]!.status)
w.order('CP1', 1, { type: 'stop' })
w.pass(60_000)
console.log(unconverged(w), c.sockets[0]!.status)
w.order('CP1', 1, { type: 'reserve', idTag: null })
w.pass(60_000)
c.restart()
w.pass(60_000)
console.log(unconverged(w), c.sockets[0]!.status)
console.log(w.log.length)
}
