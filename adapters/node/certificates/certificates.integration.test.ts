import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { type Server, createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { requireTools } from '../../../fixtures/tools.ts'
import { type Certificates, loadOrCreate } from './load-or-create.ts'
import { tlsPolicy } from './tls-policy.ts'

const openssl = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)('openssl', [...args])).stdout

let directory: string
let certificates: Certificates
let server: Server
let port: number

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'certificates-'))
  certificates = await loadOrCreate(directory, { names: ['localhost', '127.0.0.1', '::1'], now: new Date() })
  const { key, cert } = certificates.tls
  server = createServer({ ...tlsPolicy, key: [...key], cert: [...cert] })
  new WebSocketServer({ server }).on('connection', (webSocket) => webSocket.send('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = address !== null && typeof address === 'object' ? address.port : 0
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(directory, { recursive: true, force: true })
})

describe('The certificates', () => {
  beforeEach((context) => requireTools(context, 'openssl'))

  it.each(['rsa', 'ecdsa'])('OpenSSL verifies the %s chain strictly, for host name and address.', async (kind) => {
    const root = join(directory, 'root-ca.pem')
    const leaf = join(directory, `server-${kind}.pem`)
    for (const name of [['-verify_hostname', 'localhost'], ['-verify_ip', '127.0.0.1'], ['-verify_ip', '::1']]) {
      expect(await openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', root, ...name, leaf)).toContain(': OK')
    }
    await expect(openssl('verify', '-CAfile', root, '-verify_hostname', 'other', leaf)).rejects.toThrow(/hostname mismatch/)
  })

  it.each([
    ['rsa', ['Digital Signature, Key Encipherment', 'O = wallbus, CN = localhost', 'sha256WithRSAEncryption']],
    ['ecdsa', ['Digital Signature\n', 'NIST CURVE: P-256']],
  ])('OpenSSL reads the extensions of the %s certificate.', async (kind, parts) => {
    const text = await openssl('x509', '-noout', '-text', '-in', join(directory, `server-${kind}.pem`))
    const both = ['CA:FALSE', 'TLS Web Server Authentication', 'Subject Key Identifier', 'Authority Key Identifier']
    for (const part of [...both, ...parts]) expect(text).toContain(part)
  })

  it('OpenSSL reads a root that may sign and nothing else.', async () => {
    const text = await openssl('x509', '-noout', '-text', '-in', join(directory, 'root-ca.pem'))
    const parts = ['CA:TRUE, pathlen:0', 'Certificate Sign, CRL Sign', 'Subject Key Identifier', 'Public-Key: (3072 bit)']
    for (const part of parts) expect(text).toContain(part)
  })
})

type Attempt = { readonly text: string; readonly cipher: string; readonly keyType: string }

const connect = (options: object): Promise<Attempt> =>
  new Promise((resolve, reject) => {
    const webSocket = new WebSocket(`wss://127.0.0.1:${port}/CP1`, options)
    let cipher = ''
    let keyType = ''
    webSocket.on('upgrade', ({ socket }) => {
      if (!(socket instanceof TLSSocket)) return
      cipher = socket.getCipher().standardName
      keyType = socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType ?? ''
    })
    webSocket.on('error', reject)
    webSocket.on('message', (data) => {
      webSocket.terminate()
      resolve({ text: String(data), cipher, keyType })
    })
  })

describe('A Charge Point that trusts the root', () => {
  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ec'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ec'],
    ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'rsa'],
    ['AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'rsa'],
    ['AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'rsa'],
  ])('connects with %s alone.', async (ciphers, cipher, keyType) => {
    expect(await connect({ ca: certificates.rootPem, ciphers, maxVersion: 'TLSv1.2' })).toEqual({ text: 'hello', cipher, keyType })
  })

  it.each(['rsa_pss_rsae_sha256', 'ecdsa_secp256r1_sha256:rsa_pkcs1_sha256'])('connects with TLS 1.3 and %s alone.', async (sigalgs) => {
    const { text } = await connect({ ca: certificates.rootPem, sigalgs, minVersion: 'TLSv1.3' })
    expect(text).toBe('hello')
  })

  it('is not spoken to in TLS 1.1 or with a suite that is not allowed.', async () => {
    const ca = certificates.rootPem
    await expect(connect({ ca, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow()
    await expect(connect({ ca, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).rejects.toThrow()
  })

  it('A Charge Point without the root does not connect.', async () => {
    await expect(connect({})).rejects.toThrow(/self-signed|unable to/)
  })
})
