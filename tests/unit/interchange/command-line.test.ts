import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the command line as a person would, without any database in the environment. */
function vitrine(...words: string[]) {
  const { DATABASE_URL: _, ...environment } = process.env
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bin/vitrine.ts', ...words],
    {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('vitrine questions export', () => {
  it('prints the assignment with its keys, and a perfect paper made from it gets exactly 10', async () => {
    const exported = vitrine('questions', 'export')
    expect(exported).toMatchObject({ status: 0, stderr: '' })
    const { questions } = JSON.parse(exported.stdout) as AssignmentDocument
    const answers = Object.fromEntries(
      questions.flatMap(({ key }) => Object.entries(key).map(([part, { correct }]) => [part, correct])),
    )
    expect(Object.keys(answers)).toHaveLength(32)

    const graded = vitrine('grade', await write('perfect.json', JSON.stringify({ answers })))
    expect(graded).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(graded.stdout)).toMatchObject({ total: { thousandths: 10_000, points: '10.00' } })
  })

  it('writes a file and prints nothing', async () => {
    const out = join(folder, 'assignment.json')
    expect(vitrine('questions', 'export', '--out', out)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ format: 'vitrine-assignment/1' })
  })
})

describe('mistakes end with code 2, one line and no output', () => {
  it.each([
    ['an unknown option', '{"answers":{"q01":["q01-z"]}}', /there is no option "q01-z"; allowed are q01-a/],
    ['an unknown part', '{"answers":{"q31":[]}}', /there is no part "q31"; allowed are q01/],
    ['wrong JSON', '{"answers":\n{', /not JSON/],
    ['a file that is not text', Uint8Array.of(0xff, 0xfe, 0x00), /is not UTF-8 text/],
  ])('%s', async (name, content, message) => {
    expectMistake(vitrine('grade', await write(`${name}.json`, content)), message)
  })

  it('a missing file, a folder, a folder that is not there to write in', () => {
    expectMistake(vitrine('grade', join(folder, 'nowhere.json')), /nowhere\.json: there is no such file/)
    expectMistake(vitrine('grade', folder), /is a folder; a file is expected/)
    const out = join(folder, 'nowhere', 'out.json')
    expectMistake(vitrine('questions', 'export', '--out', out), /there is no such folder/)
  })

  it('an assignment with a mistake, by line', async () => {
    const path = await write('assignment.yaml', 'course:\n  slug: Wrong\n')
    expectMistake(vitrine('questions', 'export', '--assignment', path), /assignment\.yaml:2: course\.slug: /)
  })

  it('a missing argument, an unknown command and an unknown option, with what is allowed', () => {
    expectMistake(vitrine('grade'), /missing required argument 'file'; usage: vitrine grade/)
    expectMistake(vitrine('mark'), /unknown command 'mark'; allowed are .*questions.*grade/)
    expectMistake(vitrine('questions'), /a command is missing; allowed are export/)
    expectMistake(vitrine('questions', 'export', '--to', 'x'), /unknown option '--to'; .*--out <file>/)
  })

  function expectMistake({ status, stdout, stderr }: ReturnType<typeof vitrine>, message: RegExp) {
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  }
})
