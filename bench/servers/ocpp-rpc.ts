import { RPCServer } from 'ocpp-rpc'
import { answers } from './answers.ts'
import { tellReady } from './tell-ready.ts'

/** A Central System as people write it with ocpp-rpc, answering from memory. */
const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: false })
server.on('client', (client: { handle: (handler: (call: { method: string }) => object) => void }) => {
  client.handle(({ method }) => answers[method]?.() ?? {})
})
tellReady((await server.listen(0, '127.0.0.1')).address())
