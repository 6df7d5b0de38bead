import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledAssignmentPath, readAssignment } from '@/lib/interchange/service'
import { checkPart } from '@/lib/verification/part-verdict'
import { readingFrom, readingsInFolder } from '@/lib/verification/reading-store'
import { Workbench } from '@/lib/verification/workbench'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vitrine-verify-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function vitrine(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'bin/vitrine.ts', ...words],
      { env: { ...process.env, VITRINE_DATA: folder } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

describe('vitrine verify', () => {
  it('finds a wrong key that was planted in a copy of the assignment', async () => {
    const copy = path.join(folder, 'planted.yaml')
    const yaml = await readFile(bundledAssignmentPath, 'utf8')
    const planted = yaml
      .replace(/(- id: q17-e\n)\s+correct: true\n/, '$1')
      .replace(/(\s+)(- id: q17-d\n)/, '$1$2$1  correct: true\n')
      .replace(/\n\n/g, '\n')
    expect(planted).not.toBe(yaml)
    await writeFile(copy, planted)
    const found = await vitrine('verify', '--assignment', copy, '--part', 'q17', '--json')
    expect(found.stderr).toBe('')
    expect(found.code).toBe(1)
    const [part] = JSON.parse(found.stdout)
    expect(part).toMatchObject({ part: 'q17', correct: ['q17-d'], verdict: 'contradicted' })
    expect(part.outcomes['q17-e'].holds).toBe(true)
  })

  it('supports the key as it is, as a table', async () => {
    const { code, stdout } = await vitrine('verify', '--part', 'q17', '--part', 'q03')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^17\s+✓ supported\s+1\s+e\s+e\s+food-cnn$/m)
    expect(stdout).toMatch(/^3\s+¶ reasoned/m)
    expect(stdout).toContain('2 parts: 1 supported')
  })

  it('says in one line what is allowed', async () => {
    const unknown = await vitrine('verify', '--part', 'q99')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/^error: There is no part q99; there are q01, q02,.*\n$/)
    expect((await vitrine('verify', '--model', 'nothing')).stderr).toMatch(
      /There is no model nothing; there are/,
    )
  })
})

describe('the bundled key on the bundled models', () => {
  it('is what docs/answer-keys.md says, where no chance takes part', async () => {
    const keys = new Map((await readAssignment()).questions.flatMap(({ key }) => Object.entries(key)))
    const bench = await Workbench.open({ models: ['bert-small-mlm'] })
    const store = readingsInFolder(path.join(folder, 'readings'))
    const found: Record<string, string> = {}
    try {
      for (const id of ['q06', 'q15', 'q17', 'q20', 'q23-1', 'q23-2', 'q24', 'q30']) {
        const verdict = await checkPart(keys.get(id)!, (wanted) => readingFrom(store, bench, wanted), 1)
        found[id] = verdict.verdict
      }
    } finally {
      await bench.close()
    }
    const table = await readFile('docs/answer-keys.md', 'utf8')
    const documented = Object.keys(found).map((id) => {
      const label = id.replace(/^q0?/, '').replace('-', '.')
      return [id, new RegExp(`^\\| ${label.replace('.', '\\.')} \\| \\S+ ([a-z-]+)`, 'm').exec(table)?.[1]]
    })
    expect(found).toEqual(Object.fromEntries(documented))
  })
})
