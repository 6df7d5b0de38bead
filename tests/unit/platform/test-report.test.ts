import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlaywrightReport, readVitestReport } from '@/bin/testing/report'

let folder: string
const write = (report: unknown) => {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  return file
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-report-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const vitest = { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 }
const playwright = { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 2 } }

describe('counting tests', () => {
  it('takes the reporters’ numbers', () => {
    expect(readVitestReport(write(vitest), 0)).toEqual({ passed: 7, failed: 0, skipped: 2 })
    expect(readVitestReport(write({ ...vitest, success: false, numFailedTests: 3 }), 1).failed).toBe(3)
    expect(readPlaywrightReport(write(playwright), 0)).toEqual({
      passed: 5,
      failed: 0,
      skipped: 2,
      repeated: 0,
    })
    expect(readPlaywrightReport(write({ stats: { ...playwright.stats, unexpected: 2 } }), 1).failed).toBe(2)
  })

  it('says how many passed only when tried again', () => {
    const report = write({ stats: { ...playwright.stats, flaky: 1 } })
    expect(readPlaywrightReport(report, 0)).toEqual({ passed: 6, failed: 0, skipped: 2, repeated: 1 })
  })

  it('never calls a run good that was not', () => {
    expect(readVitestReport(write(vitest), 1).failed).toBe(1)
    expect(readVitestReport(write({ ...vitest, success: false }), 0).failed).toBe(1)
    expect(readVitestReport(path.join(folder, 'missing.json'), 0).failed).toBe(1)
    expect(readVitestReport(write('{ "success": tr'), 0).failed).toBe(1)
    expect(readPlaywrightReport(write(playwright), 1).failed).toBe(1)
    expect(readPlaywrightReport(path.join(folder, 'missing.json'), 0).failed).toBe(1)
  })
})
