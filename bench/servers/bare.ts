import { WebSocketServer } from 'ws'

/** The floor: a bare ws server that parses the frame and answers canned JSON. */
const answers: { readonly [action: string]: string } = {
  BootNotification: '{"status":"Accepted","currentTime":"2026-11-23T12:00:00.000Z","interval":300}',
  Heartbeat: '{"currentTime":"2026-11-23T12:00:00.000Z"}',
  StartTransaction: '{"transactionId":1,"idTagInfo":{"status":"Accepted"}}',
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, handleProtocols: () => 'ocpp1.6' }, () => {
  const address = server.address()
  process.stdout.write(`ready ${typeof address === 'object' ? address?.port : ''}\n`)
})
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const [, id, action] = JSON.parse(String(data)) as [number, string, string]
    socket.send(`[3,"${id}",${answers[action] ?? '{}'}]`)
  })
})
