import { RPCServer } from 'ocpp-rpc'
import { answers } from './answers.ts'
import { openRows } from './durable-rows.ts'
import { tellReady } from './tell-ready.ts'

/** A Central System as people write it with ocpp-rpc that does what wallbus does: it validates, and has starts and stops on disk before their answer. */
const commit = await openRows()
const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true })
server.on('client', (client: { handle: (handler: (call: { method: string; params: object }) => Promise<object>) => void }) => {
  client.handle(async ({ method, params }) => {
    if (method === 'StartTransaction' || method === 'StopTransaction') await commit(params)
    return answers[method]?.() ?? {}
  })
})
tellReady((await server.listen(0, '127.0.0.1')).address())
