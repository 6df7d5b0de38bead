import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { StageResult } from '@/bin/testing/stage'

const severities = ['critical', 'high', 'moderate', 'low'] as const

const auditSchema = z.object({
  metadata: z.object({
    vulnerabilities: z.object(Object.fromEntries(severities.map((name) => [name, z.int()]))),
  }),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
})
const refusalSchema = z.object({ message: z.string() })

/** What came of asking the register of known vulnerabilities about the installed packages. */
export interface AuditVerdict {
  /** `not-run`: the register did not answer. */
  readonly outcome: 'clean' | 'vulnerable' | 'not-run'
  readonly message: string
}

/**
 * @param report what `npm audit --json` printed.
 * @returns `vulnerable` when a package that the site runs with has a critical or high vulnerability.
 */
export function judgeAudit(report: string): AuditVerdict {
  const json = parseJson(report)
  const audit = auditSchema.safeParse(json)
  if (!audit.success) {
    const refusal = refusalSchema.safeParse(json)
    const why = refusal.success ? refusal.data.message : 'npm audit printed nothing that can be read'
    return { outcome: 'not-run', message: `Known vulnerabilities were not looked up: ${why}` }
  }
  const grave = Object.entries(audit.data.vulnerabilities)
    .filter(([, { severity }]) => severity === 'critical' || severity === 'high')
    .map(([name, { severity }]) => `${name} (${severity})`)
  const counts = audit.data.metadata.vulnerabilities
  const summary = severities.map((name) => `${counts[name] ?? 0} ${name}`).join(', ')
  return grave.length > 0
    ? { outcome: 'vulnerable', message: `Known vulnerabilities: ${grave.join(', ')}` }
    : { outcome: 'clean', message: `Known vulnerabilities: ${summary}` }
}

/**
 * Asks about the packages that are installed here, those for development left out. There is no lock file; npm's record of
 * what it installed serves as one. On a person's machine a vulnerability is told and no more: it says nothing about the
 * change that is tested.
 *
 * @param folder an empty folder to write into.
 */
export function auditDependencies(project: string, folder: string): StageResult {
  const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'))
  const installed = JSON.parse(readFileSync(path.join(project, 'node_modules/.package-lock.json'), 'utf8'))
  const { name, version, dependencies, devDependencies } = manifest
  const lock = {
    ...installed,
    packages: { '': { name, version, dependencies, devDependencies }, ...installed.packages },
  }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock))
  const command = ['audit', '--json', '--omit=dev', '--package-lock=true']
  const { stdout } = spawnSync('npm', command, { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  const { outcome, message } = judgeAudit(stdout ?? '')
  process.stdout.write(`${message}\n`)
  const isFailure = outcome === 'vulnerable' && Boolean(process.env.CI)
  return {
    passed: outcome === 'clean' ? 1 : 0,
    failed: isFailure ? 1 : 0,
    skipped: outcome !== 'clean' && !isFailure ? 1 : 0,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
