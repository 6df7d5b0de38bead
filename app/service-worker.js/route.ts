import path from 'node:path'
import { build } from 'esbuild'

/** Made once, with the pages. */
export const dynamic = 'force-static'

/** The service worker as one script. It stands at the root, so that its scope is the whole site. */
export async function GET(): Promise<Response> {
  const { outputFiles } = await build({
    entryPoints: [path.join(process.cwd(), 'app/offline/worker/service-worker.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  })
  return new Response(outputFiles[0]!.text, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      // Asked for anew at each start: an old worker must not outlive a release.
      'Cache-Control': 'no-cache',
    },
  })
}
