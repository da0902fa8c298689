import type { Command, Order } from '../../../core/index.ts'
import type { Fields } from '../../../core/ocpp/fields.ts'
import { isOutgoingAction } from '../../../core/ocpp/actions.ts'
import { mistakeInCall } from '../../../core/ocpp/mistake-in-call.ts'
import { findConfigured } from '../configured.ts'
import type { Live } from '../live/live.ts'
import type { SitePort } from '../port.ts'
import { refuse, type Handlers, type Refused } from '../reply.ts'
import type { CallAnswer } from '../schemas/charger.ts'
import { noCharger, noChargePoint } from './state.ts'

type Names = 'command' | 'commands' | 'commandStages' | 'call'

/** What is asked of chargers. */
export function commandHandlers(port: SitePort, { ledger }: Live): Pick<Handlers, Names> {
  return {
    command({ params: { identity, connector }, body: { id = crypto.randomUUID(), order, expiresIn }, caller, context }) {
      const known = ledger.find(id)
      if (known && !isSame(known.command, identity, connector, order)) return refuse(409, `another command has the id ${id}`, 'id', 'leave the id out, or take one that is new')
      const isConfigured = findConfigured(port.site(), identity)?.connectors.some(({ id: number, charger }) => charger && number === connector)
      if (!known && !isConfigured) return noCharger(identity, connector)
      const expiresAt = expiresIn === undefined ? null : port.now() + expiresIn * 1_000
      if (!known) port.command({ id, source: caller.kind === 'user' ? 'panel' : 'api', identity, connector, order, expiresAt })
      const entry = ledger.find(id)
      return entry ? context.json(entry.view, 202, { Location: `/api/commands/${id}` }) : refuse(503, 'the controller is stopping', context.req.path, 'try again when it is back')
    },
    commands: ({ query: { limit } }) => ledger.recent(limit),
    commandStages: ({ params: { id } }) => ledger.find(id)?.view ?? refuse(404, 'there is no such command', 'id', `the newest are kept until the next start; GET /api/commands lists them`),
    call({ params: { identity }, body: { action, payload }, context: { req } }) {
      const member = findConfigured(port.site(), identity)
      if (!member) return noChargePoint(port, identity)
      const mistake = mistakeIn(action, payload)
      if (mistake) return mistake
      if (!member.link) return refuse(409, 'the charger is not connected', req.path, 'wait until it connects; GET /api/attempts tells if it is turned away')
      return callAndWait(port, { id: `call-${crypto.randomUUID()}`, source: 'api', identity, connector: 0, order: { type: 'call', action, payload }, expiresAt: null })
    },
  }
}

function isSame(command: Command, identity: string, connector: number, order: Order): boolean {
  return command.identity === identity && command.connector === connector && JSON.stringify(command.order) === JSON.stringify(order)
}

/** Why a CALL must not be sent: what we write is to the letter of the standard. */
function mistakeIn(action: string, payload: Fields): Refused | undefined {
  if (!isOutgoingAction(action)) return refuse(422, `${action} is no action that a Central System sends`, 'action', 'names are those of OCPP 1.6, such as GetConfiguration')
  const mistake = mistakeInCall(action, payload)
  return mistake === undefined ? undefined : refuse(422, mistake, 'payload', `write the payload as the schema of ${action} in OCPP 1.6 has it`)
}

/** Sends a CALL and waits for what comes of it; the core ends every command, so this ends too. */
function callAndWait(port: SitePort, command: Command): Promise<CallAnswer | Refused> {
  return new Promise((resolve) => {
    const unwatch = port.watch((_event, effects) => {
      for (const effect of effects) {
        if ((effect.type !== 'answered' && effect.type !== 'progress') || effect.command !== command.id) continue
        if (effect.type === 'answered') return done(effect.answer)
        if (effect.stage === 'rejected') return done(refuse(409, effect.reason, 'action', 'try again when the charger is ready for it'))
        if (effect.stage === 'uncertain') return done(refuse(504, effect.reason, 'action', 'whether it was done is not known; ask the charger'))
        if (effect.stage === 'expired') return done(refuse(504, effect.reason, 'action', 'it was not sent: try again when the charger answers'))
      }
    })
    function done(answer: CallAnswer | Refused): void {
      unwatch()
      resolve(answer)
    }
    port.command(command)
  })
}
