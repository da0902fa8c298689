import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeUpCertificate, requestCertificate, type TestKey } from '../../fixtures/client-certificates.ts'
import { connectForeign, type ForeignClient } from '../../fixtures/foreign-client.ts'
import { exampleSite } from '../../fixtures/site.ts'
import { allMembers, findMember, type ChargerConfig, type SiteConfig } from '../../core/index.ts'
import { createRoot } from './certificates/authority.ts'
import { startController, type Controller } from './controller.ts'
import type { Entry } from './log.ts'

const [example] = exampleSite.chargers
const password = 'correct horse battery'
const boot = { chargePointVendor: 'Vendor', chargePointModel: 'Model', chargePointSerialNumber: 'SN-0815' }

function charger(identity: string, change: Partial<ChargerConfig>): ChargerConfig[] {
  return example ? [{ ...example, name: identity, identity, objects: {}, ...change }] : []
}

const config: SiteConfig = {
  ...exampleSite,
  ocpp: { ...exampleSite.ocpp, port: 0, secure: true },
  knx: { ...exampleSite.knx, gateway: 'none' },
  chargers: [
    ...charger('PLAIN', { securityProfile: 1, password }),
    ...charger('BASIC', { securityProfile: 2, password }),
    ...charger('CERT', { securityProfile: 3, password }),
    ...charger('MOVES', { securityProfile: 1, password }),
    ...charger('ROTATES', { password }),
  ],
}

let data: string
let ca: string
let root: { readonly certificate: string; readonly key: string }
let controller: Controller
let news: () => unknown = () => {}
const entries: Entry[] = []
const clients: ForeignClient[] = []

const start = async (): Promise<void> => {
  controller = await startController({
    config, data, address: '127.0.0.1',
    log(entry) {
      entries.push(entry)
      news()
    },
    watch: () => setImmediate(() => news()),
  })
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'security-'))
  await start()
  ca = await readFile(join(data, 'certificates', 'root-ca.pem'), 'utf8')
  root = { certificate: ca, key: await readFile(join(data, 'certificates', 'root-ca.key'), 'utf8') }
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await until(() => allMembers(controller.host.site().population).every(({ link }) => link === null))
})

afterAll(async () => {
  await controller.stop()
  await rm(data, { recursive: true, force: true })
})

type Way = { readonly plain?: boolean; readonly password?: string; readonly tls?: Readonly<Record<string, unknown>>; readonly answers?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

const come = async (identity: string, { plain = false, password: secret, tls, answers }: Way = {}): Promise<ForeignClient> => {
  const client = await connectForeign({
    url: `${plain ? 'ws' : 'wss'}://localhost:${controller.port}`, identity, ca,
    ...(secret !== undefined && { password: secret }), ...(tls && { tls }), ...(answers && { answers }),
  })
  clients.push(client)
  return client
}

/** The reason that is told for the refusal of an identity. */
const refused = async (identity: string, way: Way): Promise<string> => {
  await expect(come(identity, way)).rejects.toThrow()
  return controller.host.site().strangers.find((stranger) => stranger.identity === identity)?.reason ?? ''
}

const member = (identity: string) => findMember(controller.host.site().population, identity)

/** Resolves as soon as something holds after a step. */
const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    news = () => holds() && resolve()
    news()
  })

const noted = (text: RegExp): Promise<void> => until(() => entries.some((entry) => text.test(entry.text)))

/** Has a connected charger ask for a certificate, and gives what it is sent. */
const sign = async (client: ForeignClient, csr: string): Promise<string> => {
  expect(await client.call('SignCertificate', { csr })).toEqual({ status: 'Accepted' })
  return String((await client.asked('CertificateSigned'))['certificateChain'])
}

const certificateFor = async (identity: string, kind: TestKey = 'P-256') => {
  const { key, csr } = await requestCertificate(identity, kind)
  const client = await come('BASIC', { password })
  await client.call('BootNotification', { ...boot, chargePointSerialNumber: identity })
  const cert = await sign(client, csr)
  await client.close()
  return { key, cert }
}

describe('Security profile 1', () => {
  it('is a password, and no TLS even where the port is secure.', async () => {
    expect(await refused('PLAIN', { plain: true })).toMatch(/^no password/)
    expect(await refused('PLAIN', { plain: true, password: 'wrong horse battery' })).toMatch(/^wrong password/)
    await come('PLAIN', { plain: true, password })
    expect(member('PLAIN')?.link?.securityProfile).toBe(1)
  })
})

describe('Security profile 2', () => {
  it('is a password over TLS, and nothing less.', async () => {
    expect(await refused('BASIC', { plain: true, password })).toMatch(/^plain instead of secure/)
    expect(await refused('BASIC', {})).toMatch(/^no password/)
    await come('BASIC', { password })
    expect(member('BASIC')?.link?.securityProfile).toBe(2)
  })

  it.each([
    ['an RSA client', 'AES128-GCM-SHA256:AES256-GCM-SHA384'],
    ['an ECDSA client', 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384'],
  ])('is spoken with %s by TLS 1.2 on the same port.', async (_title, ciphers) => {
    const client = await come('BASIC', { password, tls: { ciphers, maxVersion: 'TLSv1.2' } })
    expect(await client.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
  })
})

describe('Security profile 3', () => {
  it.each<readonly [TestKey, 'TLSv1.2' | 'TLSv1.3']>([['RSA 2048', 'TLSv1.2'], ['P-256', 'TLSv1.2'], ['P-384', 'TLSv1.3']])(
    'is a certificate of our root, here with %s by %s, which serves a weaker profile as well.',
    async (kind, maxVersion) => {
      const own = await certificateFor('BASIC', kind)
      await come('BASIC', { tls: { ...own, maxVersion } })
      expect(member('BASIC')?.link?.securityProfile).toBe(3)
    },
  )

  it('refuses what is no certificate for it, in words, and a password is none.', async () => {
    expect(await refused('CERT', { password })).toMatch(/^no client certificate/)
    expect(await refused('CERT', { plain: true })).toMatch(/^plain instead of secure/)
    const other = await createRoot(new Date())
    expect(await refused('CERT', { tls: await makeUpCertificate({ commonName: 'CERT', root: other }) })).toMatch(/signed by another root/)
    expect(await refused('CERT', { tls: await makeUpCertificate({ commonName: 'CERT' }) })).toMatch(/signed by/)
    const expired = await makeUpCertificate({ commonName: 'CERT', root, notAfter: new Date('2020-01-01T00:00:00Z') })
    expect(await refused('CERT', { tls: expired })).toMatch(/it has expired/)
    expect(await refused('CERT', { tls: await makeUpCertificate({ commonName: 'CERT', root, purpose: 'server' }) })).toMatch(/not a client certificate/)
    expect(await refused('CERT', { tls: await makeUpCertificate({ commonName: 'BASIC', root }) })).toMatch(/is that of "BASIC"/)
    await come('CERT', { tls: await makeUpCertificate({ commonName: 'CERT', root, kind: 'RSA 2048' }) })
    expect(member('CERT')?.link?.securityProfile).toBe(3)
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is met by a session of %s that is resumed.', async (maxVersion) => {
    const own = await makeUpCertificate({ commonName: 'CERT', root })
    const session = await new Promise<Buffer>((resolve) => {
      const socket = connectTls({ port: controller.port, host: 'localhost', ca, ...own, maxVersion })
      socket.once('session', (one: Buffer) => {
        resolve(one)
        socket.destroy()
      })
    })
    await come('CERT', { tls: { ...own, maxVersion, session } })
    expect(member('CERT')?.link?.securityProfile).toBe(3)
  })

  it('is not had by asking for a certificate in the name of another, as a serial number either.', async () => {
    const stolen = await certificateFor('CERT')
    expect(await refused('CERT', { tls: stolen })).toMatch(/is that of "BASIC"/)
  })
})

describe('A certificate', () => {
  it('is signed for the serial number that the charger has told, and its number is kept.', async () => {
    const client = await come('BASIC', { password })
    await client.call('BootNotification', boot)
    const { csr } = await requestCertificate('SN-0815')
    expect(await sign(client, csr)).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*$/)
    const { serialNumber } = member('BASIC')?.security.certificate ?? {}
    await noted(new RegExp(`^certificate ${serialNumber} is installed`))
    expect(member('BASIC')?.security).toMatchObject({ certificate: { commonName: 'SN-0815', installed: true }, signing: null })
  })

  it.each<readonly [string, string, TestKey, RegExp]>([
    ['another name', 'SOMEONE', 'P-256', /its common name is "SOMEONE"/],
    ['a short key', 'BASIC', 'RSA 1024', /its key must be RSA of 2048/],
    ['an odd curve', 'BASIC', 'P-521', /its key must be on P-256 or P-384/],
  ])('is not issued for %s.', async (_title, commonName, kind, reason) => {
    const client = await come('BASIC', { password })
    await client.call('BootNotification', boot)
    const { csr } = await requestCertificate(commonName, kind)
    expect(await client.call('SignCertificate', { csr })).toEqual({ status: 'Accepted' })
    await noted(reason)
  })

  it('is not issued for a request that was changed on its way.', async () => {
    const client = await come('BASIC', { password })
    await client.call('BootNotification', boot)
    const { csr } = await requestCertificate('BASIC')
    const body = Buffer.from(csr.replace(/-----[^-]+-----/g, ''), 'base64').toString('latin1').replace('BASIC', 'BASIL')
    const changed = csr.replace(/(-----\s)[^-]+(\s-----)/, `$1${Buffer.from(body, 'latin1').toString('base64')}$2`)
    expect(await client.call('SignCertificate', { csr: changed })).toEqual({ status: 'Accepted' })
    await noted(/^no certificate is issued: its signature is wrong/)
  })

  it('is not issued to whoever comes without TLS.', async () => {
    const client = await come('PLAIN', { plain: true, password })
    await client.call('BootNotification', boot)
    const { csr } = await requestCertificate('PLAIN')
    expect(await client.call('SignCertificate', { csr })).toEqual({ status: 'Rejected' })
    await noted(/a password over TLS/)
  })

  it('comes of ExtendedTriggerMessage.', async () => {
    const client = await come('BASIC', { password })
    await client.call('BootNotification', boot)
    controller.host.dispatch({ type: 'command', at: Date.now(), command: {
      id: 'trigger', source: 'api', identity: 'BASIC', connector: 1, expiresAt: null,
      order: { type: 'call', action: 'ExtendedTriggerMessage', payload: { requestedMessage: 'SignChargePointCertificate' } },
    } })
    await client.asked('ExtendedTriggerMessage')
    const { csr } = await requestCertificate('BASIC')
    await sign(client, csr)
  })
})

const change = (identity: string, key: string, value: string): void => controller.host.dispatch({ type: 'command', at: Date.now(), command: {
  id: `${key} ${value}`, source: 'api', identity, connector: 1, expiresAt: null, order: { type: 'call', action: 'ChangeConfiguration', payload: { key, value } },
} })

describe('What is changed over OCPP', () => {
  it('A new password counts once it is accepted, and over a restart; it is in no line of the log.', async () => {
    const fresh = '00112233445566778899aabbccddeeff00112233'
    const client = await come('ROTATES', { password })
    await client.call('BootNotification', boot)
    change('ROTATES', 'AuthorizationKey', fresh)
    expect(await client.asked('ChangeConfiguration')).toEqual({ key: 'AuthorizationKey', value: fresh })
    await until(() => member('ROTATES')?.security.password?.accepted === fresh)
    expect(await refused('ROTATES', { password })).toMatch(/^wrong password/)
    await come('ROTATES', { password: fresh })
    await controller.stop()
    await start()
    expect(await refused('ROTATES', { password })).toMatch(/^wrong password/)
    await come('ROTATES', { password: fresh.toUpperCase() })
    expect(entries.filter(({ text }) => text.includes(fresh) || text.includes(password))).toEqual([])
  })

  it('A higher security profile is the least from the first connection that meets it.', async () => {
    const client = await come('MOVES', { plain: true, password })
    await client.call('BootNotification', boot)
    change('MOVES', 'SecurityProfile', '2')
    await client.asked('ChangeConfiguration')
    await until(() => member('MOVES')?.pending === null)
    await come('MOVES', { plain: true, password })
    await come('MOVES', { password })
    expect(await refused('MOVES', { plain: true, password })).toMatch(/^plain instead of secure/)
    await noted(/^security profile 2 is in use/)
  })
})
