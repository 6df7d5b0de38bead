import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { StageResult } from '@/bin/testing/stage'

/** The parts of the reporters' JSON files that hold counts. */

const vitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // the run ended before it could report
  }
}

/** A run that failed outside its tests (a file that does not load, no report at all) counts as one failure more. */
function withStatus(result: StageResult, status: number): StageResult {
  return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

/** Counts in a file of Vitest's JSON reporter. */
export function readVitestReport(file: string, status: number): StageResult {
  const report = vitestReport.safeParse(read(file))
  if (!report.success) return withStatus({ passed: 0, failed: 1, skipped: 0 }, status)
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = report.data
  const skipped = numPendingTests + numTodoTests
  return withStatus({ passed: numPassedTests, failed: numFailedTests, skipped }, success ? status : 1)
}

/** Counts in a file of Playwright's JSON reporter. A test that fails is tried once more, with a trace. */
export function readPlaywrightReport(file: string, status: number): StageResult {
  const report = playwrightReport.safeParse(read(file))
  if (!report.success) return withStatus({ passed: 0, failed: 1, skipped: 0 }, status)
  const { expected, unexpected, flaky, skipped } = report.data.stats
  return withStatus({ passed: expected + flaky, failed: unexpected, skipped, repeated: flaky }, status)
}
