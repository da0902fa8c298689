import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { SitePort } from '../../hono/port.ts'

/** The panel's files by path. The charger element may be loaded by pages from elsewhere. */
const files: Readonly<Record<string, { readonly name: string; readonly type: string; readonly forAll?: true }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/index.html': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/panel.js': { name: 'panel.js', type: 'text/javascript; charset=utf-8' },
  '/wallbus-charger.js': { name: 'wallbus-charger.js', type: 'text/javascript; charset=utf-8', forAll: true },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
  '/manifest.webmanifest': { name: 'manifest.webmanifest', type: 'application/manifest+json' },
}

/** Beside the bundle, or in `dist` when the sources run. */
const folders = [new URL('./panel/', import.meta.url), new URL('../../../dist/panel/', import.meta.url)].map((url) => fileURLToPath(url))

interface PanelFile {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly zipped: Uint8Array<ArrayBuffer>
  readonly etag: string
}

const loaded = new Map<string, Promise<PanelFile | undefined>>()

/** Serves the panel's files: read when first asked for, so that they cost the start nothing. */
export const panelFiles: NonNullable<SitePort['files']> = async (path, request) => {
  const known = Object.hasOwn(files, path) ? files[path] : undefined
  if (known === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
  const found = loaded.get(known.name) ?? load(known.name)
  loaded.set(known.name, found)
  const file = await found
  if (file === undefined) {
    loaded.delete(known.name)
    return undefined
  }
  const headers = {
    'Content-Type': known.type, 'Cache-Control': 'no-cache', ETag: file.etag, Vary: 'Accept-Encoding',
    ...(known.forAll && { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
  }
  if (request.headers.get('If-None-Match')?.includes(file.etag)) return new Response(null, { status: 304, headers })
  const zips = /\bgzip\b/.test(request.headers.get('Accept-Encoding') ?? '')
  return new Response(zips ? file.zipped : file.plain, { headers: { ...headers, ...(zips && { 'Content-Encoding': 'gzip' }) } })
}

async function load(name: string): Promise<PanelFile | undefined> {
  for (const folder of folders) {
    const found = await Promise.all([readFile(`${folder}${name}`), readFile(`${folder}${name}.gz`)]).catch(() => undefined)
    if (!found) continue
    const [plain, zipped] = found.map((bytes) => new Uint8Array(bytes))
    if (plain && zipped) return { plain, zipped, etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"` }
  }
  return undefined
}
