import { WebSocketServer } from 'ws'
import { cannedAnswers } from './answers.ts'
import { openRows } from './durable-rows.ts'
import { tellReady } from './tell-ready.ts'

/** The floor of a server that loses nothing: canned JSON too, but starts and stops are on disk before their answer. */
const commit = await openRows()
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, handleProtocols: () => 'ocpp1.6' })
server.once('listening', () => tellReady(server.address()))
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const [, id, action, request] = JSON.parse(String(data)) as [number, string, string, object]
    const answer = `[3,"${id}",${cannedAnswers[action] ?? '{}'}]`
    if (action === 'StartTransaction' || action === 'StopTransaction') void commit(request).then(() => socket.send(answer))
    else socket.send(answer)
  })
})
