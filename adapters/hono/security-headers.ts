import type { MiddlewareHandler } from 'hono'

/** Only what comes from here may run, load or be spoken to; no other page may hold ours in a frame. */
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ')

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** Puts the security headers on every answer; what the API says is not kept by caches. */
export const protect: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value)
  if (context.req.path.startsWith('/api/') && !context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store')
}
