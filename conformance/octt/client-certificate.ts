import { webcrypto } from 'node:crypto'
import { loadX509 } from '../../adapters/node/certificates/x509.ts'

/** What a Charge Point needs for a certificate of its own, as PEM texts. */
export interface ClientKeys {
  readonly privateKey: string
  /** PKCS#10. */
  readonly request: string
  /** A certificate that nobody but itself vouches for. */
  readonly selfSigned: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

/** Makes a key on P-256, a request for a certificate of this common name, and a certificate that it signs itself. */
export async function createClientKeys(commonName: string): Promise<ClientKeys> {
  const { X509CertificateGenerator, Pkcs10CertificateRequestGenerator, PemConverter } = await loadX509()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const name = [{ O: ['wallbus tests'] }, { CN: [commonName] }]
  const now = Date.now()
  const request = await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: algorithm })
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name, keys, signingAlgorithm: algorithm, notBefore: new Date(now - dayMs), notAfter: new Date(now + dayMs),
  })
  return {
    privateKey: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    request: request.toString('pem'),
    selfSigned: certificate.toString('pem'),
  }
}
