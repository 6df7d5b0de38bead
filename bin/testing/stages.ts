import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { auditDependencies } from '@/bin/testing/audit'
import { ChromiumError, provideChromium } from '@/bin/testing/chromium'
import { readPlaywrightReport, readVitestReport } from '@/bin/testing/report'
import { checkInTurn, run, type Stage, type StageResult } from '@/bin/testing/stage'
import { findFreePort } from '@/lib/free-port'

const program = (file: string, ...parameters: string[]) => [path.join('node_modules', file), ...parameters]
const ROOMS = ['app', 'lib', 'bin', 'tests', 'prisma']

async function withScratchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-test-'))
  chmodSync(folder, 0o711) // a database started by root runs as another user, who has to pass through
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function vitest(name: string, provide?: (project: string) => Promise<Record<string, string>>): Stage {
  const runProject = (project: string): Promise<StageResult> =>
    withScratchFolder(async (folder) => {
      const file = path.join(folder, 'report.json')
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const parameters = program('vitest/vitest.mjs', 'run', '--project', name, ...reporters)
      const environment = (await provide?.(project)) ?? {}
      const status = await run(process.execPath, parameters, project, { environment })
      return readVitestReport(file, status)
    })
  return { name, run: runProject }
}

/** Chromium carries the Vulkan device on which WebGPU is tested; its test says what is missing where there is none. */
async function chromiumIfPossible(project: string): Promise<Record<string, string>> {
  try {
    return { CHROMIUM_PATH: await provideChromium(project) }
  } catch (error) {
    if (!(error instanceof ChromiumError)) throw error
    process.stderr.write(`${error.message}\n`)
    return {}
  }
}

/** Playwright against a production server on a free port, with a database of its own. */
function runBrowser(project: string): Promise<StageResult> {
  return withScratchFolder(async (folder) => {
    const report = path.join(folder, 'report.json')
    const environment = {
      CHROMIUM_PATH: await provideChromium(project),
      VITRINE_TEST_PORT: String(await findFreePort()),
      VITRINE_TEST_HUB_PORT: String(await findFreePort()),
      VITRINE_TEST_DATA: path.join(folder, 'data'),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    }
    const parameters = program('@playwright/test/cli.js', 'test', '--reporter=list,json')
    const status = await run(process.execPath, parameters, project, { environment })
    return readPlaywrightReport(report, status)
  })
}

/** In this order: what fails fastest comes first. */
export const stages: readonly Stage[] = [
  {
    name: 'types',
    run: (project) =>
      checkInTurn([
        () => run(process.execPath, program('next/dist/bin/next', 'typegen'), project),
        () => run(process.execPath, program('typescript/bin/tsc', '--noEmit'), project),
      ]),
  },
  {
    name: 'lint',
    run: (project) =>
      checkInTurn([
        () => run(process.execPath, program('@biomejs/biome/bin/biome', 'check', '.'), project),
        () => {
          const rules = ['--config', '.dependency-cruiser.cjs']
          const cruise = program(
            'dependency-cruiser/bin/dependency-cruise.mjs',
            '--output-type',
            'err-long',
            ...rules,
          )
          return run(process.execPath, [...cruise, ...ROOMS], project)
        },
      ]),
  },
  {
    name: 'dependencies',
    run: (project) => withScratchFolder(async (folder) => auditDependencies(project, folder)),
  },
  vitest('unit'),
  vitest('integration', chromiumIfPossible),
  { name: 'browser', run: runBrowser },
]
