const distrust =
  'the Charge Point does not trust our certificate: install root-ca.pem on it, and have it connect to a name or address in the certificate'

const words: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: distrust,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: distrust,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: distrust,
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: 'the Charge Point cannot use our kind of certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the Charge Point says that our certificate is expired or not yet valid: look at its clock',
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR: distrust,
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: distrust,
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the Charge Point offers only versions older than TLS 1.2: update its firmware',
  ERR_SSL_UNKNOWN_PROTOCOL: 'the Charge Point offers no version of TLS that is known here: update its firmware',
  ERR_SSL_VERSION_TOO_LOW: 'the Charge Point offers only versions older than TLS 1.2: update its firmware',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the Charge Point does not speak TLS 1.2 or newer: update its firmware',
  ERR_SSL_NO_SHARED_CIPHER: 'the Charge Point offers no cipher suite that is allowed here: update its firmware',
  ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: 'the Charge Point offers no signature algorithm that is allowed here: update its firmware',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the Charge Point found nothing in common with our TLS settings',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what arrived is not TLS',
  ECONNRESET: 'the connection was cut during the TLS handshake',
}

/** Says in words for people why a TLS handshake failed, from the error's code. */
export const describeTlsError = (code: string | undefined): string => {
  const known = code !== undefined && Object.hasOwn(words, code) ? words[code] : undefined
  const spelled = (code ?? 'unknown error').replace(/^ERR_SSL_/, '').replaceAll('_', ' ').toLowerCase().slice(0, 100)
  return `TLS: ${known ?? spelled}`
}
