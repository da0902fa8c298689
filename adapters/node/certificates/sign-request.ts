import type { Pkcs10CertificateRequest } from '@peculiar/x509'
import { webcrypto } from 'node:crypto'
import type { SignedCertificate } from '../../../core/charge-point/signing.ts'
import { ok, refuse, type Result } from '../../../core/result.ts'
import { type KeyPair, issueClient } from './authority.ts'
import { readRoot } from './load-or-create.ts'
import { loadX509 } from './x509.ts'

/** A certificate request of a Charge Point as PEM, and the common names it may ask for. */
export type CertificateRequest = { readonly identity: string; readonly csr: string; readonly commonNames: readonly string[] }

const curves: readonly string[] = ['P-256', 'P-384']
const hashes: readonly string[] = ['SHA-256', 'SHA-384', 'SHA-512']
/** Bits of an RSA key: the standard's least (security whitepaper, A00.FR.502), and as many as cost no noticeable time. */
const rsaBits = { least: 2048, most: 8192 } as const

/** Signs a request with the root in the directory, if it proves its key and asks for what it may have; refuses in words. */
export const signRequest = async (directory: string, request: CertificateRequest, now: Date): Promise<Result<SignedCertificate>> => {
  try {
    const root = await readRoot(directory)
    return root === undefined ? refuse('there is no root certificate: set `secure: true` in `ocpp`') : await signWith(root, request, now)
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

const signWith = async (root: KeyPair, { identity, csr, commonNames }: CertificateRequest, now: Date): Promise<Result<SignedCertificate>> => {
  const x509 = await loadX509()
  const request = await readRequest(csr)
  if (request === undefined) return refuse('it cannot be read')
  const { publicKey, weakness, commonName } = request
  if (weakness !== undefined) return refuse(weakness)
  if (!commonNames.includes(commonName)) return refuse(`its common name is "${commonName}", and must be ${commonNames.join(' or ')}`)
  const certificateChain = await issueClient(root, publicKey, identity, commonName, now)
  const { serialNumber, notAfter } = new x509.X509Certificate(certificateChain)
  return ok({ certificateChain, serialNumber: serialNumber.toLowerCase(), commonName, expiresAt: notAfter.getTime() })
}

type ReadRequest = { readonly publicKey: ArrayBuffer; readonly weakness: string | undefined; readonly commonName: string }

const longestName = 64

/** What a request says, once it has proved that it has the key it brings; undefined for what is none. */
const readRequest = async (csr: string): Promise<ReadRequest | undefined> => {
  const x509 = await loadX509()
  try {
    const request = new x509.Pkcs10CertificateRequest(csr)
    const names = request.subjectName.getField('CN')
    const weakness = weaknessOf(request) ?? ((await request.verify(webcrypto)) ? undefined : 'its signature is wrong')
    return { publicKey: request.publicKey.rawData, weakness, commonName: names.length === 1 ? String(names[0]).slice(0, longestName + 1) : '' }
  } catch {
    // Off the wire, and the library has as many errors as ASN.1 has ways to be wrong.
    return undefined
  }
}

const weaknessOf = ({ publicKey, signatureAlgorithm }: Pkcs10CertificateRequest): string | undefined => {
  const { algorithm } = publicKey
  if (!hashes.includes(hashOf(signatureAlgorithm))) return 'its signature must use SHA-256 or better'
  if ('namedCurve' in algorithm) return curves.includes(String(algorithm.namedCurve)) ? undefined : `its key must be on ${curves.join(' or ')}`
  const bits = 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : 0
  return bits >= rsaBits.least && bits <= rsaBits.most ? undefined : `its key must be RSA of ${rsaBits.least} to ${rsaBits.most} bits, or ECDSA`
}

const hashOf = ({ hash }: { readonly hash?: string | { readonly name: string } }): string => (typeof hash === 'object' ? hash.name : (hash ?? ''))
