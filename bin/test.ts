import path from 'node:path'
import { ChromiumError } from '@/bin/testing/chromium'
import { INTERRUPTIONS, type StageResult } from '@/bin/testing/stage'
import { stages } from '@/bin/testing/stages'

/** `npm test`: all stages. `npm test -- unit browser`: these only. */

const project = path.dirname(import.meta.dirname)
const names = stages.map((stage) => stage.name)
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`No stage is called ${unknown.join(', ')}. Stages: ${names.join(', ')}.\n`)
  process.exit(2)
}

let interrupted = false
for (const signal of INTERRUPTIONS) {
  process.on(signal, () => {
    interrupted = true
  })
}

process.env.NEXT_TELEMETRY_DISABLED = '1'
let passed = 0
let failed = 0
for (const stage of stages) {
  if (interrupted) break
  if (asked.length > 0 && !asked.includes(stage.name)) continue
  process.stdout.write(`\n── ${stage.name}\n`)
  const begin = Date.now()
  let result: StageResult
  try {
    result = await stage.run(project)
  } catch (error) {
    process.stderr.write(`${error instanceof ChromiumError ? error.message : (error as Error).stack}\n`)
    result = { passed: 0, failed: 1, skipped: 0 }
  }
  passed += result.passed
  failed += result.failed
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  const seconds = Math.round((Date.now() - begin) / 1000)
  const repeated = result.repeated ? `, ${result.repeated} of them only when tried again` : ''
  const verdict = result.failed === 0 ? '✓' : '✗'
  process.stdout.write(
    `${verdict} ${stage.name}: ${result.passed} passed${repeated}, ${result.failed} failed${skipped} (${seconds} s)\n`,
  )
}
if (interrupted) {
  process.stdout.write('\ninterrupted\n')
  failed += 1
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
