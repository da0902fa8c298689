import { chmod } from 'node:fs/promises'
import { build } from 'esbuild'
import { buildPanel } from './adapters/panel/build.js'

// One file that starts fast. Native modules stay outside: they are found beside it when it is installed.
const outfile = 'dist/wallbus.js'
await build({
  entryPoints: ['adapters/node/cli/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  external: ['libsql', 'bufferutil', 'utf-8-validate'],
  // Bundled CommonJS packages still ask for Node's own modules by require.
  banner: { js: "#!/usr/bin/env node\nimport { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url)" },
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
})
await chmod(outfile, 0o755)
await buildPanel('dist/panel')
