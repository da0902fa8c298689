import { once } from 'node:events'
import { OcppClient } from 'ocpp-ts'
import type { ForeignClient, ForeignOptions } from '../../fixtures/foreign-client.ts'
import { createInbox, type Inbox } from '../../fixtures/inbox.ts'
import type { Fields } from '../../core/ocpp/fields.ts'

/** What this client is told when it is asked; it checks requests by schemas of its own. */
const heard = [
  'ChangeAvailability', 'ChangeConfiguration', 'ClearCache', 'DataTransfer', 'GetConfiguration', 'GetLocalListVersion', 'RemoteStartTransaction', 'RemoteStopTransaction',
  'Reset', 'SendLocalList', 'SetChargingProfile', 'TriggerMessage', 'UnlockConnector',
]

/** Its types name every action apart; the way of a CALL is the same for all. */
interface AnyAction {
  readonly on: (action: string, listener: (request: Fields, reply: (answer: Fields) => void) => void) => void
  readonly callRequest: (action: string, payload: Fields) => Promise<Fields>
}

/** A Charge Point by npm `ocpp-ts`. It cannot hang up: the Central System has to. */
export async function connectOcppTs({ url, identity, password, answers }: ForeignOptions): Promise<ForeignClient> {
  const inbox: Inbox = createInbox(answers)
  const client = new OcppClient(identity)
  const any = client as unknown as AnyAction
  for (const action of heard) any.on(action, (request, reply) => reply(inbox.take(action, request)))
  client.connect(`${url}/`, password === undefined ? {} : { authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}` })
  await once(client, 'connect')
  return { call: (action, payload) => any.callRequest(action, payload), asked: inbox.asked, close: () => Promise.resolve() }
}
