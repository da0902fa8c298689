import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'

test('A password fits its own hash and no other; a hash that is none fits nothing.', async () => {
  const [hash, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(hash).not.toBe(other)
  expect(hash).not.toContain('correct')
  expect(await verifyPassword('correct horse', hash)).toBe(true)
  expect(await verifyPassword('correct horses', hash)).toBe(false)
  for (const broken of ['', 'scrypt$1$1$1$$', 'scrypt$16384$8$5$AAAA$AAAA', hash.replace('$16384$', '$16385$'), hash.replace('$16384$', '$x$')]) {
    expect(await verifyPassword('correct horse', broken)).toBe(false)
  }
})
