import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import type { Extension, JsonGeneralNames, JsonName } from '@peculiar/x509'
import { isIP, isIPv4 } from 'node:net'
import { loadX509 } from './x509.ts'

/** A certificate and its private key, as PEM texts. */
export type KeyPair = { readonly certificate: string; readonly key: string }

/** RSA with 2048 bits or ECDSA on P-256: a TLS server has one certificate of each (OCPP 1.6 security whitepaper A00.FR.317). */
export type KeyKind = 'rsa' | 'ecdsa'

const dayMs = 86_400_000
const rootDays = 20 * 365.25
const serverDays = 825
// A Charge Point whose certificate has expired cannot ask for another, and the root can be trusted as long as its key is safe.
const clientDays = 10 * 365.25

// A Charge Point without a battery wakes up in the past and gets the time from us: it must be able to connect before.
const validFrom = new Date('2000-01-01T00:00:00Z')
// So may the controller; a certificate must not be born expired.
const earliestNow = Date.UTC(2026, 0)

const publicExponent = new Uint8Array([1, 0, 1])
const rsa = (modulusLength: number) => ({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent, modulusLength })
const keyAlgorithms = { rsa: rsa(2048), ecdsa: { name: 'ECDSA', namedCurve: 'P-256' } } as const
const rootAlgorithm = rsa(3072)

/** Makes a root certificate that is valid for 20 years, to be installed on Charge Points. */
export const createRoot = async (now: Date): Promise<KeyPair> => {
  const x509 = await loadX509()
  const keys = await webcrypto.subtle.generateKey(rootAlgorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject(`wallbus root CA ${randomBytes(4).toString('hex')}`),
    serialNumber: serialNumber(),
    keys,
    notBefore: validFrom,
    notAfter: daysAfter(now, rootDays),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) }
}

/** Makes a new key and a certificate signed by the root for a TLS server with these DNS names and IP addresses, valid for 825 days. */
export const issueServer = async (root: KeyPair, kind: KeyKind, names: readonly string[], now: Date): Promise<KeyPair> => {
  const x509 = await loadX509()
  const keys = await webcrypto.subtle.generateKey(keyAlgorithms[kind], true, ['sign', 'verify'])
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  const certificate = await issue(root, {
    name: subject(names[0] ?? 'wallbus'),
    publicKey: keys.publicKey,
    notAfter: daysAfter(now, serverDays),
    extensions: [
      // Without forward secrecy the peer encrypts to an RSA key; an ECDSA key only signs.
      new x509.KeyUsagesExtension(kind === 'rsa' ? digitalSignature | keyEncipherment : digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.flatMap(generalNames)),
    ],
  })
  return { certificate, key: await exportKey(keys.privateKey) }
}

/** Makes a TLS client certificate, valid for 10 years, for the public key (DER) of a Charge Point: its identity is the organizational unit. */
export const issueClient = async (root: KeyPair, publicKey: ArrayBuffer, identity: string, commonName: string, now: Date): Promise<string> => {
  const x509 = await loadX509()
  return issue(root, {
    name: [{ O: ['wallbus'] }, { OU: [identity] }, { CN: [commonName] }],
    publicKey: await new x509.PublicKey(publicKey).export(),
    notAfter: daysAfter(now, clientDays),
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  })
}

/** What an end entity's certificate says beside what every one of them says. */
type EndEntity = {
  readonly name: JsonName
  readonly publicKey: webcrypto.CryptoKey
  readonly notAfter: Date
  readonly extensions: readonly Extension[]
}

/** Signs an end entity's certificate with the root, never valid for longer than the root itself. */
const issue = async (root: KeyPair, { name, publicKey, notAfter, extensions }: EndEntity): Promise<string> => {
  const x509 = await loadX509()
  const issuer = new x509.X509Certificate(root.certificate)
  const der = createPrivateKey(root.key).export({ type: 'pkcs8', format: 'der' })
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: issuer.subjectName,
    serialNumber: serialNumber(),
    publicKey,
    signingKey: await webcrypto.subtle.importKey('pkcs8', der, rootAlgorithm, false, ['sign']),
    notBefore: validFrom,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...extensions,
    ],
  })
  return certificate.toString('pem')
}

// RFC 5280 §4.1.2.2: positive and at most 20 octets.
const serialNumber = (): string => `40${randomBytes(15).toString('hex')}`

// X.520 allows 64 characters in a common name.
const subject = (commonName: string): JsonName => [{ O: ['wallbus'] }, { CN: [commonName.slice(0, 64)] }]

const daysAfter = (now: Date, days: number): Date => new Date(Math.max(now.getTime(), earliestNow) + days * dayMs)

// Older embedded TLS stacks compare even an IP address with the DNS names alone.
const generalNames = (name: string): JsonGeneralNames => [
  ...(isIP(name) === 0 ? [] : [{ type: 'ip', value: name } as const]),
  ...(isIP(name) === 0 || isIPv4(name) ? [{ type: 'dns', value: name } as const] : []),
]

const exportKey = async (key: webcrypto.CryptoKey): Promise<string> => {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}
