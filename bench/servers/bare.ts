import { WebSocketServer } from 'ws'
import { cannedAnswers } from './answers.ts'
import { tellReady } from './tell-ready.ts'

/** The floor: a bare ws server that parses the frame and answers canned JSON. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, handleProtocols: () => 'ocpp1.6' })
server.once('listening', () => tellReady(server.address()))
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const [, id, action] = JSON.parse(String(data)) as [number, string, string]
    socket.send(`[3,"${id}",${cannedAnswers[action] ?? '{}'}]`)
  })
})
