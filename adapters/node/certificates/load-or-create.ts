import { X509Certificate, createPrivateKey } from 'node:crypto'
import { join } from 'node:path'
import { type KeyKind, type KeyPair, createRoot, issueServer } from './authority.ts'
import { ensureDirectory, readText, writeAtomically } from './files.ts'
import { fitNames, isCoveredBy } from './server-names.ts'

/** The certificates of this controller: the root for Charge Points to install, and what the TLS server needs. */
export type Certificates = {
  readonly rootPem: string
  readonly tls: { readonly key: readonly string[]; readonly cert: readonly string[]; readonly ca: readonly string[] }
  /** Whether a server certificate was made just now: a running server should take it into use. */
  readonly renewed: boolean
}

/** `names` are the DNS names and IP addresses by which Charge Points connect, the most important first. */
export type CertificateOptions = { readonly names: readonly string[]; readonly now: Date }

const kinds: readonly KeyKind[] = ['rsa', 'ecdsa']
const renewBeforeMs = 90 * 86_400_000

/**
 * Reads the certificates in a directory, or makes what is missing: root-ca.pem and root-ca.key once, server-rsa.pem and server-ecdsa.pem
 * (key and chain) again when they lack a name or expire within 90 days. Call it at start and daily. Throws in words when the root is
 * damaged, for a new one would lock out every Charge Point that trusts the old one.
 */
export const loadOrCreate = async (directory: string, { names, now }: CertificateOptions): Promise<Certificates> => {
  await ensureDirectory(directory)
  const root = (await readRoot(directory)) ?? (await makeRoot(directory, now))
  const wanted = fitNames(names)
  const servers: KeyPair[] = []
  let renewed = false
  for (const kind of kinds) {
    const file = join(directory, `server-${kind}.pem`)
    const present = readPair(await readText(file))
    const usable = present !== undefined && isUsable(present, root, wanted, now)
    const server = usable ? present : await issueServer(root, kind, wanted, now)
    // One file for both: a power cut can never leave a key beside another key's certificate.
    if (!usable) await writeAtomically(file, `${server.key}${server.certificate.trim()}\n`, 0o600)
    servers.push(server)
    renewed ||= !usable
  }
  const rootPem = `${root.certificate.trim()}\n`
  const cert = servers.map(({ certificate }) => `${certificate.trim()}\n${rootPem}`)
  return { rootPem, tls: { key: servers.map(({ key }) => key), cert, ca: [rootPem] }, renewed }
}

/** Reads the root with which certificates are signed, or undefined when there is none yet. */
export const readRoot = async (directory: string): Promise<KeyPair | undefined> => {
  const certificate = await readText(join(directory, 'root-ca.pem'))
  const key = await readText(join(directory, 'root-ca.key'))
  if (certificate === undefined) return undefined
  if (key !== undefined && belongTogether({ certificate, key })) return { certificate, key }
  throw new Error(
    `The root certificate in ${directory} is damaged (root-ca.pem and root-ca.key do not belong together). Restore both from a backup; ` +
      'or delete both to make a new root, and then install the new root-ca.pem on every Charge Point.',
  )
}

const makeRoot = async (directory: string, now: Date): Promise<KeyPair> => {
  const root = await createRoot(now)
  // The certificate comes last: nobody has seen a root whose certificate is not there.
  await writeAtomically(join(directory, 'root-ca.key'), root.key, 0o600)
  await writeAtomically(join(directory, 'root-ca.pem'), `${root.certificate.trim()}\n`, 0o644)
  return root
}

const readPair = (text: string | undefined): KeyPair | undefined => {
  const key = text?.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n?/)?.[0]
  const certificate = text?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/)?.[0]
  return key === undefined || certificate === undefined ? undefined : { key, certificate }
}

const isUsable = (pair: KeyPair, root: KeyPair, names: readonly string[], now: Date): boolean => {
  if (!belongTogether(pair)) return false
  const certificate = new X509Certificate(pair.certificate)
  const issuer = new X509Certificate(root.certificate)
  const endsAt = Date.parse(certificate.validTo)
  // Signed by the same root until its end: a new one would not live longer.
  const lasts = endsAt - now.getTime() > renewBeforeMs || endsAt === Date.parse(issuer.validTo)
  return lasts && certificate.verify(issuer.publicKey) && names.every((name) => isCoveredBy(certificate, name))
}

const belongTogether = ({ certificate, key }: KeyPair): boolean => {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}
