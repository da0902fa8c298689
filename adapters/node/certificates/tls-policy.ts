/**
 * How TLS is spoken with Charge Points: TLS 1.2 or newer; the four suites of the OCPP 1.6 security whitepaper (A00.FR.317), those with
 * forward secrecy first, and their ECDHE_RSA counterparts. AES-GCM with RSA key exchange stays last for weak Charge Points.
 */
export const tlsPolicy = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'AES128-GCM-SHA256',
    'AES256-GCM-SHA384',
  ].join(':'),
} as const
