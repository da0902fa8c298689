import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutToBytes } from './connections.ts'
import { describeRefusal, encodeResponse } from './refusal.ts'
import { describeTlsError } from './tls-words.ts'

const text = fc.string({ unit: 'binary', maxLength: 2000 })

describe('A refusal', () => {
  it('says what, where and what to do.', () => {
    const { body } = describeRefusal({ status: 404, reason: 'CP1 is not known to this site' }, '/ocpp/CP1', 8016, '192.0.2.7')
    expect(body).toBe(
      '404 Not Found\nWhat: CP1 is not known to this site.\nWhere: /ocpp/CP1 on port 8016, from 192.0.2.7.\n' +
        'What to do: Add this identity to the configuration, or correct the URL at the Charge Point.\n',
    )
  })

  it('asks for a password with 401 and for patience with Retry-After.', () => {
    expect(describeRefusal({ status: 401, reason: 'x' }, '/', 1, 'r').headers['WWW-Authenticate']).toBe('Basic realm="OCPP"')
    expect(describeRefusal({ status: 429, reason: 'x', retryAfterSeconds: 7.2 }, '/', 1, 'r').headers['Retry-After']).toBe('8')
    expect(describeRefusal({ status: 404, reason: 'x' }, '/', 1, 'r').headers).not.toHaveProperty('Retry-After')
  })

  it('carries no control character, bracket or endless text of a peer, and its length is true.', () => {
    fc.assert(
      fc.property(text, text, (reason, path) => {
        const { body, headers } = describeRefusal({ status: 400, reason }, path, 1, 'r')
        expect(body).toMatch(/^[^\p{Cc}<>]*\n[^\p{Cc}<>]*\n[^\p{Cc}<>]*\n[^\p{Cc}<>]*\n$/u)
        expect(body.length).toBeLessThan(1000)
        expect(Number(headers['Content-Length'])).toBe(Buffer.byteLength(body))
      }),
    )
  })

  it('is one HTTP response with one empty line before the body.', () => {
    const bytes = encodeResponse(describeRefusal({ status: 400, reason: 'a\r\n\r\nb' }, '/\r\n', 1, 'r'))
    expect(bytes.startsWith('HTTP/1.1 400 Bad Request\r\n')).toBe(true)
    expect(bytes.split('\r\n\r\n')).toHaveLength(2)
  })
})

describe('A close reason', () => {
  it('is the longest beginning that fits into 123 bytes.', () => {
    expect(cutToBytes('short', 123)).toBe('short')
    expect(cutToBytes('é'.repeat(100), 123)).toBe('é'.repeat(61))
    expect(cutToBytes('🔌'.repeat(100), 123)).toBe('🔌'.repeat(30))
    fc.assert(
      fc.property(text, (reason) => {
        const cut = cutToBytes(reason, 123)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(123)
        expect(reason.startsWith(cut)).toBe(true)
      }),
    )
  })
})

describe('A TLS error', () => {
  it('is told in words, an unknown one by its name, and any name is only a name.', () => {
    expect(describeTlsError('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')).toMatch(/^TLS: the Charge Point does not trust our certificate/)
    expect(describeTlsError('ERR_SSL_BAD_SOMETHING')).toBe('TLS: bad something')
    expect(describeTlsError('__proto__')).toBe('TLS:   proto  ')
    expect(describeTlsError(undefined)).toBe('TLS: unknown error')
  })
})
