import path from 'node:path'
import { build } from 'esbuild'

/**
 * The second half of `npm run build`: what bin/web.mjs does before Next's router (app/direct), as one script beside the
 * pages. Packages are not in it: it finds them in node_modules, as the pages do.
 */
await build({
  absWorkingDir: path.dirname(import.meta.dirname),
  entryPoints: ['app/direct/web-process.ts'],
  outfile: '.next/web-process.mjs',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
})
