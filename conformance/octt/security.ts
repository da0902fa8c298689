import { expect } from 'vitest'
import type { Fields } from '../../core/ocpp/fields.ts'
import type { DialOptions } from '../charge-point.ts'
import type { Scene, Step } from '../conversation.ts'
import { createClientKeys, type ClientKeys } from './client-certificate.ts'
import {
  asks, begins, boots, bootNotification, connects, happens, hears, holds, isRefused, says, timestamp, trusting,
} from './steps.ts'

/** The AuthorizationKey that replaces the first password: 20 bytes, as hexadecimal text (security whitepaper A05.FR). */
export const firstPassword = '000102030405060708090a0b0c0d0e0f10111213'
const nextPassword = '4f43413a4f43413a4f43413a4f43413a4f434131'

const stranger = await createClientKeys('Somebody else')
const renewed = await createClientKeys('TC_074_CSMS')
const doubted = await createClientKeys('TC_077_CSMS')
const ours = await createClientKeys('TC_087_CSMS')
const hash: Fields = { hashAlgorithm: 'SHA256', issuerNameHash: 'a1'.repeat(32), issuerKeyHash: 'b2'.repeat(32), serialNumber: '0c3d' }

const securityEvent = (type: string): Step => says('SecurityEventNotification', { type, timestamp: timestamp() })
const installs = (certificateType: string, answer: string): Step => asks('InstallCertificate', { certificateType, certificate: stranger.selfSigned }, { status: answer })
const listsAndDeletes: readonly Step[] = [
  asks('GetInstalledCertificateIds', { certificateType: 'CentralSystemRootCertificate' }, { status: 'Accepted', certificateHashData: [hash] }),
  asks('DeleteCertificate', { certificateHashData: hash }, { status: 'Accepted' }),
]

/** The Central System asks for a new certificate, signs the request it gets, and hands the certificate out. */
const renewsCertificate = (keys: ClientKeys, answer: string): readonly Step[] => [
  asks('ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' }, { status: 'Accepted' }),
  says('SignCertificate', { csr: keys.request }, { status: 'Accepted' }),
  hears('CertificateSigned', {}, { status: answer }),
  holds(({ heard }) => expect(heard['certificateChain']).toMatch(/^-----BEGIN CERTIFICATE-----/)),
]

/** Over TLS with a certificate of its own. */
const certified = ({ privateKey }: ClientKeys, certificate: (scene: Scene) => string) => async (scene: Scene): Promise<Partial<DialOptions>> => {
  const { ws, ...trusted } = await trusting(scene)
  return { ...trusted, ws: { ...ws, key: privateKey, cert: certificate(scene) } }
}
const handedOut = ({ heard }: Scene): string => String(heard['certificateChain'])

const signedFirmware = asks('SignedUpdateFirmware', {
  requestId: 80, retries: 1,
  firmware: { location: 'https://firmware.example/1.1.bin', retrieveDateTime: timestamp(), installDateTime: timestamp(), signingCertificate: stranger.selfSigned, signature: 'c2lnbmF0dXJl' },
}, { status: 'Accepted' })
const reports = (...states: readonly string[]): readonly Step[] => states.map((status) => says('SignedFirmwareStatusNotification', { requestId: 80, status }))

/** The security whitepaper. */
export const security: { readonly [id: string]: readonly Step[] } = {
  TC_073_CSMS: [
    ...begins,
    asks('ChangeConfiguration', { key: 'AuthorizationKey', value: nextPassword }, { status: 'Accepted' }),
    connects({ password: nextPassword }), ...boots,
    isRefused(401, { password: firstPassword }),
  ],
  TC_074_CSMS: [
    connects(trusting), ...boots, ...renewsCertificate(renewed, 'Accepted'),
    connects(certified(renewed, handedOut)), ...boots,
  ],
  TC_075_1_CSMS: [...begins, installs('ManufacturerRootCertificate', 'Accepted')],
  TC_075_2_CSMS: [...begins, installs('CentralSystemRootCertificate', 'Accepted')],
  TC_076_CSMS: [...begins, ...listsAndDeletes],
  TC_077_CSMS: [connects(trusting), ...boots, ...renewsCertificate(doubted, 'Rejected'), securityEvent('InvalidChargePointCertificate')],
  TC_078_CSMS: [...begins, installs('CentralSystemRootCertificate', 'Rejected'), securityEvent('InvalidCentralSystemCertificate')],
  TC_079_CSMS: [
    ...begins,
    asks('GetLog', { logType: 'SecurityLog', requestId: 79, log: { remoteLocation: 'https://files.example/upload', oldestTimestamp: timestamp(3_600) } }, { status: 'Accepted', filename: 'security.log' }),
    ...['Uploading', 'Uploaded'].map((status) => says('LogStatusNotification', { status, requestId: 79 })),
  ],
  TC_080_CSMS: [
    ...begins, signedFirmware, ...reports('Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallRebooting'),
    connects(), says('BootNotification', { ...bootNotification, firmwareVersion: '1.1' }, { status: 'Accepted' }),
    ...reports('Installed'), securityEvent('FirmwareUpdated'),
    holds(({ chargePoint }) => expect(chargePoint.profile.firmwareVersion).toBe('1.1')),
  ],
  TC_081_CSMS: [...begins, signedFirmware, ...reports('Downloading', 'Downloaded', 'InvalidSignature'), securityEvent('InvalidFirmwareSignature')],
  // Alone on its Central System: it becomes secure in the course of it.
  TC_083_CSMS: [
    ...begins,
    asks('ChangeConfiguration', { key: 'SecurityProfile', value: '2' }, { status: 'Accepted' }),
    happens(({ central: { controller, config } }) => controller.reconfigure({ ...config, ocpp: { ...config.ocpp, secure: true } })),
    connects(trusting), ...boots,
    isRefused(426),
  ],
  TC_085_CSMS: [...begins, isRefused(401, { password: 'wrong' }), isRefused(401, { ws: { headers: { authorization: '' } } })],
  TC_086_CSMS: [connects(trusting), ...boots, isRefused(426, ({ central }) => ({ url: central.url.replace('wss', 'ws') }))],
  TC_087_CSMS: [
    connects(trusting), ...boots, ...renewsCertificate(ours, 'Accepted'),
    connects(certified(ours, handedOut)), ...boots,
    happens(({ central: { controller, config }, identity }) => controller.reconfigure({
      ...config, chargers: config.chargers.map((charger) => (charger.identity === identity ? { ...charger, securityProfile: 3 } : charger)),
    })),
    connects(certified(ours, handedOut)), ...boots,
    isRefused(403, trusting),
    isRefused(403, certified(stranger, () => stranger.selfSigned)),
  ],
  TC_088_CSMS: [
    connects({ subprotocols: ['ocpp1.6'] }), ...boots,
    connects({ subprotocols: ['ocpp0.1', 'ocpp1.6', 'ocpp2.0.1'] }), ...boots,
    isRefused(400, { subprotocols: ['ocpp2.0.1'] }),
  ],
}
