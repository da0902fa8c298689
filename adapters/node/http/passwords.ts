import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** N=2^14, r=8, p=5: 16 MiB at a time, and as strong as OWASP asks for. */
const cost = { N: 2 ** 14, r: 8, p: 5 } as const
const length = 32

/** Hashes a password with scrypt (RFC 7914) and a salt of its own: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64url'), (await derive(password, salt, cost)).toString('base64url')].join('$')
}

/** Whether a password has this hash; a hash that is none fits nothing. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = stored.split('$')
  const expected = Buffer.from(hash, 'base64url')
  if (kind !== 'scrypt' || expected.length !== length) return false
  try {
    return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) }), expected)
  } catch {
    return false
  }
}

function derive(password: string, salt: Buffer, options: { readonly N: number; readonly r: number; readonly p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: 64 * 1_048_576 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
