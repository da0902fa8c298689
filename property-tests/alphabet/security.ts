import { allMembers, type Order } from '../../core/index.ts'
import type { SecurityProfile } from '../../core/charge-point/security.ts'
import type { Happening } from '../happening.ts'
import { commands } from './commands.ts'
import { call, each, said, type Letters } from './letters.ts'

/** Passwords of tests, which nothing that people read may hold. */
export const secrets = ['correct horse battery', 'a new password, 1', 'a new password, 2'] as const
const [, first, second] = secrets

const change = (key: string, value: string): Order => ({ type: 'call', action: 'ChangeConfiguration', payload: { key, value } })

/** Someone changes how a Charge Point proves who it is. */
export const securityOrders: readonly Order[] = [
  change('AuthorizationKey', first), change('authorizationKey', second), change('AuthorizationKey', 'short'), change('SecurityProfile', '2'), change('SecurityProfile', '0'),
]

/** Someone changes that, one change after the other: calls do not replace each other, and many of them are many states. */
export function changes(orders: readonly Order[]): Letters {
  return (site) => (allMembers(site.population).some(({ errands }) => errands.length > 0) ? [] : commands([1], orders)(site))
}

/** A Charge Point comes with each kind of proof, or goes. */
export const provenLinks: Letters = each(({ identity, link }, { at }) => {
  if (link) return [{ type: 'closed', at, identity, connection: link.connection, code: 1006, reason: '' }]
  return ([[0, false], [1, true], [2, false], [2, true]] as const).map(([profile, byProposed]: readonly [SecurityProfile, boolean]): Happening =>
    ({ type: 'opened', at, identity, connection: 'a', remote: '127.0.0.1', subprotocol: 'ocpp1.6', proof: { profile, byProposed } }))
})

/** A charger that repeats what it was told when it refuses it. */
export const echoes = said(({ pending, security }) => {
  const proposed = security.password?.proposed
  return pending && proposed ? [JSON.stringify([4, pending.id, 'GenericError', `${proposed} is no good`, {}])] : []
})

const csr = '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n'

/** A request for a certificate, and what becomes of it in time, too late, or not at all. */
export const certificates: Letters = (site) => [
  ...said(() => [call('SignCertificate', { csr }), call('SignCertificate', { csr: 'x' })])(site),
  ...each(({ identity, security: { signing } }, { at }) => (signing ? [signing.request, signing.request - 1] : [at]).flatMap((request): readonly Happening[] => [
    { type: 'signed', at, identity, request, result: { ok: false, reason: 'no' } },
    { type: 'signed', at, identity, request, result: { ok: true, value: { certificateChain: 'PEM', serialNumber: '40', commonName: identity, expiresAt: at + 1 } } },
  ]))(site),
]

/** What a Charge Point tells of its own accord. */
export const notifications = said(() => [
  call('SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp: '2026-11-23T12:00:00Z', techInfo: 'a\u0007b' }),
  call('SecurityEventNotification', { type: 'Unheard of' }),
  call('FirmwareStatusNotification', { status: 'DownloadFailed' }),
  call('SignedFirmwareStatusNotification', { status: 'Installed', requestId: 7 }),
  call('DiagnosticsStatusNotification', { status: 'Uploaded' }),
  call('LogStatusNotification', { status: 'UploadFailure', requestId: 8 }),
])

/** The configuration wants another registration. */
export const registrations: Letters = ({ at, config }) => (config
  ? (['accepted', 'pending', 'rejected'] as const).map((registration): Happening =>
    ({ type: 'configured', at, config: { ...config, chargers: config.chargers.map((charger) => ({ ...charger, registration })) } }))
  : [])

/** The configuration names another password, or the first again. */
export const passwords: Letters = ({ at, config }) => (config
  ? [secrets[0], 'another password'].map((password): Happening =>
    ({ type: 'configured', at, config: { ...config, chargers: config.chargers.map((charger) => ({ ...charger, password })) } }))
  : [])
