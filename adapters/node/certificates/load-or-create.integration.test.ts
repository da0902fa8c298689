import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadOrCreate } from './load-or-create.ts'

const now = new Date('2026-11-23T12:00:00Z')
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000)
const names = ['box.lan', '192.0.2.1', '2001:db8::1']

let directory: string
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'certificates-')), 'certificates')
})
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }))

const load = (at = now, wanted: readonly string[] = names) => loadOrCreate(directory, { names: wanted, now: at })
const certificatesOf = (pems: readonly string[]): readonly X509Certificate[] => pems.map((pem) => new X509Certificate(pem))

describe('The certificates of a controller', () => {
  it('are one RSA and one ECDSA certificate, signed by a root of their own, whose keys only the owner may read.', async () => {
    const { rootPem, tls, renewed } = await load()
    const root = new X509Certificate(rootPem)
    const servers = certificatesOf(tls.cert)
    expect(renewed).toBe(true)
    expect(root.ca).toBe(true)
    expect(servers.map(({ publicKey }) => publicKey.asymmetricKeyType)).toEqual(['rsa', 'ec'])
    for (const server of servers) {
      expect(server.verify(root.publicKey)).toBe(true)
      expect(server.checkIssued(root)).toBe(true)
      expect(server.ca).toBe(false)
      expect([server.checkHost('box.lan'), server.checkIP('192.0.2.1'), server.checkIP('2001:db8::1')]).not.toContain(undefined)
    }
    expect(await readFile(join(directory, 'root-ca.pem'), 'utf8')).toBe(rootPem)
    expect((await readdir(directory)).sort()).toEqual(['root-ca.key', 'root-ca.pem', 'server-ecdsa.pem', 'server-rsa.pem'])
    for (const file of ['root-ca.key', 'server-rsa.pem', 'server-ecdsa.pem']) {
      expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600)
    }
  })

  it('stay as they are as long as they do.', async () => {
    const first = await load()
    expect(await load(daysLater(700), names.slice(1))).toEqual({ ...first, renewed: false })
  })

  it('are issued again by the same root 90 days before their end.', async () => {
    const first = await load()
    const next = await load(daysLater(736))
    expect(next.renewed).toBe(true)
    expect(next.rootPem).toBe(first.rootPem)
    for (const server of certificatesOf(next.tls.cert)) expect(Date.parse(server.validTo)).toBe(daysLater(736 + 825).getTime())
  })

  it('are issued again when the machine has a new address.', async () => {
    const first = await load()
    const next = await load(now, [...names, '192.0.2.2'])
    expect(next.renewed).toBe(true)
    expect(next.rootPem).toBe(first.rootPem)
    expect(certificatesOf(next.tls.cert).map((server) => server.checkIP('192.0.2.2'))).toEqual(['192.0.2.2', '192.0.2.2'])
  })

  it('are issued again when one is damaged or belongs to another root.', async () => {
    const first = await load()
    await writeFile(join(directory, 'server-rsa.pem'), 'garbage')
    const second = await load()
    expect(second.renewed).toBe(true)
    expect(second.tls.cert[1]).toBe(first.tls.cert[1])
    await rm(join(directory, 'root-ca.pem'))
    const third = await load()
    expect(third.rootPem).not.toBe(first.rootPem)
    for (const server of certificatesOf(third.tls.cert)) expect(server.verify(new X509Certificate(third.rootPem).publicKey)).toBe(true)
  })

  it('never outlive their root, and are not issued again for that.', async () => {
    await load()
    const late = daysLater(20 * 365)
    const next = await load(late)
    const root = new X509Certificate(next.rootPem)
    for (const server of certificatesOf(next.tls.cert)) expect(server.validTo).toBe(root.validTo)
    expect((await load(late)).renewed).toBe(false)
  })

  it('are valid for a Charge Point and a controller without a battery for the clock.', async () => {
    const { tls } = await load(new Date(0))
    for (const server of certificatesOf(tls.cert)) {
      expect(Date.parse(server.validFrom)).toBe(Date.UTC(2000, 0))
      expect(Date.parse(server.validTo)).toBeGreaterThan(now.getTime())
    }
  })

  it.each(['root-ca.key', 'root-ca.pem'])('A damaged %s is an error in words, never silently another root.', async (file) => {
    await load()
    await writeFile(join(directory, file), 'garbage')
    await expect(load()).rejects.toThrow(/The root certificate in .* is damaged.*Restore both/)
  })

  it('stay within 2048 bytes however many names are asked for (OCPP-J 1.6 §6.2.1).', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.lan`
    for (const prefix of ['192.168.100.', '2001:db8::']) {
      const many = Array.from({ length: 250 }, (_, index) => `${prefix}${index}`)
      const { tls } = await load(now, [long, ...many])
      for (const server of certificatesOf(tls.cert)) expect(server.raw.length).toBeLessThanOrEqual(2048)
      expect((await load(now, [long, ...many])).renewed).toBe(false)
    }
  })
})
