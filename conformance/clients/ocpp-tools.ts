import { once } from 'node:events'
import { actionValidatorV16, OCPPCallErrorV16, OCPPCallResultV16, OCPPCallV16, ocppVersion, parseOCPPMessage } from '@cshil/ocpp-tools'
import { WebSocket } from 'ws'
import type { ForeignClient, ForeignOptions } from '../../fixtures/foreign-client.ts'
import { createInbox } from '../../fixtures/inbox.ts'
import type { Fields } from '../../core/ocpp/fields.ts'

type Request = ConstructorParameters<typeof OCPPCallV16>[0]

const strictly = { version: ocppVersion.ocpp16, validateMessage: true, validatePayload: true }

/** A Charge Point whose messages are made, read and checked by npm `@cshil/ocpp-tools`; the socket is that of `ws`. */
export async function connectOcppTools({ url, identity, answers }: ForeignOptions): Promise<ForeignClient> {
  const inbox = createInbox(answers)
  const owed = new Map<string, { readonly resolve: (payload: Fields) => void; readonly reject: (reason: unknown) => void }>()
  const socket = new WebSocket(`${url}/${encodeURIComponent(identity)}`, ['ocpp1.6'])
  socket.on('message', (data) => {
    const message = parseOCPPMessage(String(data), strictly)
    const asker = owed.get(message.messageId)
    if (message instanceof OCPPCallErrorV16) asker?.reject(new Error(message.errorCode))
    else if (message instanceof OCPPCallResultV16) asker?.resolve(fieldsOf(message.payload))
    else if (message instanceof OCPPCallV16) {
      const payload = inbox.take(message.action, fieldsOf(message.payload))
      socket.send(JSON.stringify(new OCPPCallResultV16({ messageId: message.messageId, payload: payload as never }).toRPCObject()))
    }
  })
  await once(socket, 'open')
  return {
    call(action, payload) {
      // Its types name every action apart; what does not fit fails in its own check.
      const call = new OCPPCallV16({ action, payload } as Request)
      if (actionValidatorV16[action]?.(payload) !== true) throw new Error(`ocpp-tools finds a fault in ${action} ${JSON.stringify(payload)}`)
      return new Promise((resolve, reject) => {
        owed.set(call.messageId, { resolve, reject })
        socket.send(JSON.stringify(call.toRPCObject()))
      })
    },
    asked: inbox.asked,
    async close() {
      socket.close(1000)
      await once(socket, 'close')
    },
  }
}

/** Payloads are JSON objects. */
function fieldsOf(payload: object): Fields {
  return { ...payload }
}
