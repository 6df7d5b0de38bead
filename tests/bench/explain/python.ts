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
  let obstacle = 'python3 is not here'
  // Debian's packages belong to Debian's Python, which may not be the first on the path.
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout, stderr } = spawnSync(python, [join(folder, script), ...given], {
      encoding: 'utf8',
    })
    if (status === 0) return { result: JSON.parse(stdout) }
    obstacle = stderr?.trim().split('\n').at(-1) || obstacle
  }
  return { obstacle }
}
