import { RPCServer } from 'ocpp-rpc'

/** A Central System as people write it with ocpp-rpc, answering from memory. */
const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: false })
const answers: { readonly [action: string]: () => object } = {
  BootNotification: () => ({ status: 'Accepted', currentTime: new Date().toISOString(), interval: 300 }),
  Heartbeat: () => ({ currentTime: new Date().toISOString() }),
  StartTransaction: () => ({ transactionId: 1, idTagInfo: { status: 'Accepted' } }),
}
server.on('client', (client: { handle: (handler: (call: { method: string }) => object) => void }) => {
  client.handle(({ method }) => answers[method]?.() ?? {})
})
const http = await server.listen(0, '127.0.0.1')
const address = http.address()
process.stdout.write(`ready ${typeof address === 'object' ? address?.port : ''}\n`)
