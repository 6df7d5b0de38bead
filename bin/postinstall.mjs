/**
 * Generates the two database clients: generated code is made on install, never committed.
 *
 * The staff client has the whole schema. The student client is generated from a copy of it without the fields marked
 * "staff only": they are no part of its types nor of what it can ask for, also when filtering, sorting or nesting.
 * (Prisma's `omit` only leaves fields out by default: a `select` brings them back.)
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withoutStaffFields } from './student-schema.mjs'

const project = path.dirname(import.meta.dirname)
const staffSchema = path.join(project, 'prisma/schema.prisma')
const studentSchema = path.join(project, 'node_modules/.cache/vitrine/student.prisma')

function generate(schema) {
  const prisma = path.join(project, 'node_modules/prisma/build/index.js')
  const result = spawnSync(process.execPath, [prisma, 'generate', '--schema', schema], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  if (result.status === 0) return
  process.stderr.write(`${result.stdout}${result.stderr}\nprisma generate failed for ${schema}\n`)
  process.exit(result.status ?? 1)
}

generate(staffSchema)
mkdirSync(path.dirname(studentSchema), { recursive: true })
writeFileSync(studentSchema, withoutStaffFields(readFileSync(staffSchema, 'utf8')))
generate(studentSchema)
