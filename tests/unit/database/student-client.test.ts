import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { withoutStaffFields } from '@/bin/student-schema.mjs'
import type { Prisma as StaffPrisma } from '@/lib/database/generated/client'
import type { Prisma as StudentPrisma } from '@/lib/database/generated-student/client'
import type { studentDatabase } from '@/lib/database/student'

type StudentDatabase = typeof studentDatabase

/** Compiled, never run: each line marked as an error has to be one, or the type check fails. */
async function askForSecrets(database: StudentDatabase) {
  // @ts-expect-error the student client has no AnswerKey.secret
  await database.answerKey.findMany({ select: { secret: true } })
  // @ts-expect-error nor nested below a question version
  await database.questionVersion.findMany({ include: { keys: { select: { secret: true } } } })
  // @ts-expect-error nor as a condition, which would answer yes or no
  await database.answerKey.count({ where: { secret: { equals: {} } } })
  // @ts-expect-error the student client has no Evidence.measurements
  await database.evidence.findMany({ select: { measurements: true } })
  const key = await database.answerKey.findFirstOrThrow()
  // @ts-expect-error nor in what comes back by default
  return key.secret
}

describe('the student client', () => {
  it('compiles no question for a secret', () => {
    expectTypeOf(askForSecrets).parameter(0).toEqualTypeOf<StudentDatabase>()
  })

  it('lacks exactly the fields for staff', () => {
    type Hidden<Staff, Student> = Exclude<keyof Staff, keyof Student>
    expectTypeOf<
      Hidden<StaffPrisma.AnswerKeySelect, StudentPrisma.AnswerKeySelect>
    >().toEqualTypeOf<'secret'>()
    expectTypeOf<
      Hidden<StaffPrisma.EvidenceSelect, StudentPrisma.EvidenceSelect>
    >().toEqualTypeOf<'measurements'>()
    expectTypeOf<
      Hidden<StaffPrisma.KeyVerdictSelect, StudentPrisma.KeyVerdictSelect>
    >().toEqualTypeOf<'result'>()
    expectTypeOf<
      Hidden<StaffPrisma.MeasurementReadingSelect, StudentPrisma.MeasurementReadingSelect>
    >().toEqualTypeOf<'reading'>()
  })

  it('was generated from the schema as it is now', () => {
    const schema = readFileSync('prisma/schema.prisma', 'utf8')
    const generated = readFileSync('lib/database/generated-student/internal/class.ts', 'utf8')
    const inlined = String(JSON.parse(/"inlineSchema": (".*"),$/m.exec(generated)?.[1] ?? 'null'))
    const collapse = (text: string) => text.replace(/\s+/g, ' ').trim() // Prisma aligns columns anew
    expect(collapse(inlined), 'run `node bin/postinstall.mjs`').toBe(collapse(withoutStaffFields(schema)))
  })

  it('would not be generated from a schema that marks nothing', () => {
    expect(() => withoutStaffFields('generator client {\n  output = "x"\n}\n')).toThrow(/staff only/)
  })
})
