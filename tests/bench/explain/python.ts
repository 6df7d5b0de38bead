import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Runs one of this folder's Python scripts. @returns what it printed as JSON, or why it could not run. */
export function runPython(script: string, ...given: string[]): { result?: unknown; obstacle?: string } {
  // A bundle of the bench has the scripts beside it.
  const folder = [import.meta.dirname, join(import.meta.dirname, 'explain')].find((place) =>
    existsSync(join(place, script)),
  )
  if (!folder) return { obstacle: `${script} is not here` }
  const { status, stdout, stderr } = spawnSync('python3', [join(folder, script), ...given], {
    encoding: 'utf8',
  })
  if (status !== 0) return { obstacle: (stderr ?? 'python3 is not here').trim().split('\n').at(-1)! }
  return { result: JSON.parse(stdout) }
}
