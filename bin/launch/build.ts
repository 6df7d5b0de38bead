import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What the built pages are made from. A change in any of these makes them stale. */
const SOURCES = [
  'app',
  'lib',
  'bin/build-direct.mjs',
  'prisma/schema.prisma',
  'next.config.js',
  'postcss.config.mjs',
  'package.json',
  'tsconfig.json',
  'instrumentation.ts',
  'proxy.ts',
  'node_modules/next/package.json',
  'node_modules/react/package.json',
]

export class BuildError extends Error {
  override readonly name = 'BuildError'
}

function filesBelow(file: string): readonly string[] {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return []
  if (!found.isDirectory()) return [file]
  return readdirSync(file)
    .sort()
    .flatMap((name) => filesBelow(path.join(file, name)))
}

/** SHA-256 over the names and contents of all sources. */
export function fingerprintSources(project: string): string {
  const hash = createHash('sha256').update(process.version)
  for (const source of SOURCES) {
    for (const file of filesBelow(path.join(project, source))) {
      const content = readFileSync(file)
      hash.update(`\0${path.relative(project, file)}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

function runProgram(
  project: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  stop: AbortSignal,
): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: project,
      env: { ...environment, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stop,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

/**
 * Builds the pages, and what is answered before them, unless those in .next were built from these very sources.
 *
 * @param onBuild called before a build, which takes a minute
 * @throws BuildError with what the build printed
 */
export async function buildWhenNeeded(
  project: string,
  environment: NodeJS.ProcessEnv,
  stop: AbortSignal,
  onBuild: () => void,
): Promise<void> {
  const file = path.join(project, '.next/vitrine-fingerprint')
  const fingerprint = fingerprintSources(project)
  if (statSync(file, { throwIfNoEntry: false }) && readFileSync(file, 'utf8') === fingerprint) return
  onBuild()
  rmSync(file, { force: true }) // a build cut short must not pass for a good one
  const next = path.join(project, 'node_modules/next/dist/bin/next')
  for (const program of [[next, 'build'], ['bin/build-direct.mjs']]) {
    const { status, output } = await runProgram(project, program, environment, stop)
    if (status !== 0) throw new BuildError(`The pages could not be built.\n${output.trim()}`)
  }
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, fingerprint)
}
