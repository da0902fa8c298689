import { laws } from './laws.ts'
import { createWorld } from './world/world.ts'
import { unconverged } from './world/converged.ts'
import { smallSite } from './small-site.ts'
const w = createWorld(smallSite(), { character: { goesOn: true }, laws })
w.dial('CP1', true)
w.pass(60_000)
const c = w.chargers.get('CP1')!
c.plug(c.sockets[0]!, true)
c.tap(c.sockets[0]!, 'BAD')
console.log(w.member('CP1')!.connectors[0]!.transaction)
w.restart()
console.log(w.member('CP1')!.connectors[0]!.transaction)
w.dial('CP1')
w.pass(600_000)
console.log(unconverged(w))
