import { admit, type ChargePoint, type Site } from '../../core/index.ts'
import { demandedProfile } from '../../core/charge-point/authenticate.ts'
import { registrationOf } from '../../core/charge-point/registration.ts'
import { first, only } from './facts.ts'
import type { Edge, Law } from './law.ts'

/** The passwords a Charge Point may have, by the configuration and by what was changed since. */
function passwordsOf({ connectors, security: { password } }: ChargePoint): readonly string[] {
  return [...connectors.map(({ charger }) => charger?.password), password?.accepted, password?.proposed].filter((word) => typeof word === 'string')
}

function isAdmitted(site: Site, { identity }: ChargePoint, password: string): boolean {
  const authorization = `Basic ${btoa(`${identity}:${password}`)}`
  return admit(site, { identity, path: `/${identity}`, subprotocols: ['ocpp1.6'], authorization, secure: true, remote: '192.0.2.7' }, site.at + 60_000).accept
}

/** Was the CALL that changes the password answered with Accepted? */
function isAccepted({ heard }: Edge): boolean {
  const { pending, errands } = heard?.chargePoint ?? {}
  const purpose = pending?.purpose
  const order = purpose?.type === 'errand' ? errands?.find(({ command }) => command === purpose.command)?.order : undefined
  const changes = order?.type === 'call' && String(order.payload['key']).toLowerCase() === 'authorizationkey'
  return changes && JSON.stringify(heard?.elements) === JSON.stringify([3, pending?.id, { status: 'Accepted' }])
}

const stops: readonly string[] = ['RemoteStartTransaction', 'RemoteStopTransaction']

/** How a Charge Point proves who it is, and what it may do until it is accepted. */
export const securityLaws: readonly Law[] = [
  {
    title: 'Nothing that people read holds a password.',
    check(edge) {
      const all = edge.after.population.groups.flatMap(({ members }) => members).flatMap(passwordsOf)
      const { happening } = edge
      const asked = happening.type === 'command' && happening.command.order.type === 'call' && happening.command.order.payload['key'] === 'AuthorizationKey' ? [String(happening.command.order.payload['value'])] : []
      const texts = [...only(edge, 'note').map(({ text }) => text), ...only(edge, 'progress').map(({ reason }) => reason), ...only(edge, 'close').map(({ reason }) => reason)]
      return first([...all, ...asked], (password) => texts.some((text) => text.includes(password)) && texts.join())
    },
  },
  {
    title: 'While a new password is under way it is admitted beside the one before; once it is accepted it alone is.',
    check: (edge) => first(edge.changed, ({ before, after }) => {
      const { password } = after.security
      const demanded = demandedProfile(after)
      if (!password || before.security.password === password || demanded === 0 || demanded === 3) return undefined
      const old = before.security.password?.accepted ?? password.configured
      const given = before.security.password?.proposed
      const accepted = typeof given === 'string' && isAccepted(edge)
      const missing = [accepted ? given : undefined, password.accepted ?? password.configured, password.proposed].find((word) => typeof word === 'string' && !isAdmitted(edge.after, after, word))
      if (missing !== undefined) return `${missing} is refused`
      return accepted && typeof old === 'string' && old !== given && old !== password.proposed && isAdmitted(edge.after, after, old) && `${old} is admitted`
    }),
  },
  {
    title: 'No start or stop goes to a Charge Point that is not accepted, and to a rejected one nothing but a trigger for its boot.',
    check: (edge) => first(edge.calls, ({ identity, action, body, text }) => {
      const member = edge.after.population.groups.flatMap(({ members }) => members).find((one) => one.identity === identity)
      if (!member || registrationOf(member) === 'accepted') return undefined
      if (registrationOf(member) === 'pending') return stops.includes(action) && text
      return JSON.stringify(body) !== '{"requestedMessage":"BootNotification"}' && text
    }),
  },
  {
    title: 'A certificate is asked for only in the name of whoever came with a password over TLS.',
    check: (edge) => first(only(edge, 'sign'), ({ identity, commonNames }) => {
      const link = edge.heard?.chargePoint.link
      return !(link && link.securityProfile >= 2 && edge.heard?.chargePoint.identity === identity && commonNames.includes(identity)) && identity
    }),
  },
]
