import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const source = fileURLToPath(new URL('.', import.meta.url))

/** Bundles the panel, and the charger element for other pages, into a folder: each file as it is, and compressed beside it. */
export async function buildPanel(folder) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: { panel: `${source}main.ts`, 'wallbus-charger': `${source}elements/wallbus-charger.ts` },
    outdir: folder,
    bundle: true,
    minify: true,
    target: ['es2022', 'safari16.4'],
    format: 'esm',
    loader: { '.css': 'text' },
    conditions: ['production'],
    legalComments: 'linked',
    logLevel: 'warning',
  })
  const files = ['index.html', 'icon.svg', 'manifest.webmanifest']
  await Promise.all(files.map((file) => copyFile(`${source}${file}`, `${folder}/${file}`)))
  await Promise.all([...files, 'panel.js', 'wallbus-charger.js'].map(async (file) => {
    await writeFile(`${folder}/${file}.gz`, gzipSync(await readFile(`${folder}/${file}`), { level: 9 }))
  }))
}
