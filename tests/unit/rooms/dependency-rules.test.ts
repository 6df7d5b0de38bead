import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const project = process.cwd()
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

interface Violation {
  readonly rule: { readonly name: string }
  readonly from: string
  readonly to: string
}

/** Runs the project's rules over a small tree of files, and returns what they object to. */
function check(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-rooms-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  const rooms = [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))]
  const command = path.join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const rules = path.join(project, '.dependency-cruiser.cjs')
  return new Promise((resolve, reject) => {
    const parameters = [command, '--config', rules, '--output-type', 'json', ...rooms]
    execFile(process.execPath, parameters, { cwd: folder }, (error, output, problems) => {
      if (!output) return reject(new Error(problems || error?.message))
      const { summary } = JSON.parse(output) as { summary: { violations: readonly Violation[] } }
      resolve(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`))
    })
  })
}

const value = 'export const value = 1\n'
const using = (specifier: string) => `import { value } from '${specifier}'\nexport const used = value\n`

/** One tree in which every rule is broken once, besides imports that go down, as they should. */
const tree = {
  'lib/explainers/lime.ts': value,
  'lib/database/student.ts': value,
  'lib/questions/content.ts': value,
  'lib/questions/data.ts': using('../database/student'),
  'lib/scoring/rules.ts': using('../questions/content'),
  'lib/grading/feedback.ts': using('../explainers/lime'),
  'app/page.ts': using('../lib/questions/data'),

  'lib/explainers/knowing.ts': using('../questions/content'),
  'lib/scoring/reading.ts': using('../questions/data'),
  'lib/questions/upward.ts': using('../../app/page'),
  'app/direct.ts': using('../lib/database/student'),
  'lib/questions/selection.ts': using('../database/student'),
  'lib/questions/drawer.ts': using('./utils'),
  'lib/questions/utils.ts': value,
  'app/barrel.ts': using('../lib/courses'),
  'lib/courses/index.ts': value,
  'lib/questions/tested.ts': using('../../tests/answers'),
  'tests/answers.ts': value,
  'lib/questions/lost.ts': using('./missing'),
  'lib/grading/one.ts': using('./two'),
  'lib/grading/two.ts': using('./one'),
}

describe('the rules between rooms', () => {
  it('refuse every import that goes up, sideways past a seam, or round in a circle, and no other', async () => {
    expect([...(await check(tree))].sort()).toEqual([
      'app-reaches-the-database-through-lib: app/direct.ts → lib/database/student.ts',
      'everything-resolves: lib/questions/lost.ts → ./missing',
      'explainers-know-nothing-of-ours: lib/explainers/knowing.ts → lib/questions/content.ts',
      'lib-is-below-app: lib/questions/tested.ts → tests/answers.ts',
      'lib-is-below-app: lib/questions/upward.ts → app/page.ts',
      'no-barrels-no-drawers: app/barrel.ts → lib/courses/index.ts',
      'no-barrels-no-drawers: lib/questions/drawer.ts → lib/questions/utils.ts',
      'no-cycles: lib/grading/one.ts → lib/grading/two.ts',
      'nothing-imports-tests: lib/questions/tested.ts → tests/answers.ts',
      'one-database-seam: lib/questions/selection.ts → lib/database/student.ts',
      'scoring-and-statistics-are-pure: lib/scoring/reading.ts → lib/questions/data.ts',
    ])
  })
})
