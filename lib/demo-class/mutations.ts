import { randomUUID } from 'node:crypto'
import { recordAudit } from '@/lib/audit/mutations'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { DemoClassError } from '@/lib/demo-class/errors'
import { type SimulatedStudent, simulateClass } from '@/lib/demo-class/simulated-class'
import { readLatestKeyedQuestions } from '@/lib/grading/data'
import { holdKeys } from '@/lib/grading/mutations'
import { type PartScoreRow, partScoreRows } from '@/lib/grading/part-scores'
import { scorePaper } from '@/lib/scoring/paper-score'
import { receiptCode } from '@/lib/submission/receipt-code'

export interface DemoClassSettings {
  readonly courseSlug: string
  readonly assignmentSlug: string
  readonly students: number
  readonly seed: number
  readonly now: Date
}

export interface DemoClass {
  readonly students: number
  readonly submitted: number
  readonly working: number
  readonly answers: number
}

/** Rows a statement: some megabytes of JSON, and few statements. */
const batch = 10_000

/**
 * Fills an assignment with simulated students, graded as any other. Done again, the class is made anew.
 * @throws DemoClassError when there is no such assignment, or real students work on it.
 */
export async function addDemoClass(settings: DemoClassSettings): Promise<DemoClass> {
  const { courseSlug, assignmentSlug } = settings
  const assignment = await staffDatabase.assignment.findFirst({
    where: { slug: assignmentSlug, course: { slug: courseSlug } },
    select: { id: true, courseId: true },
  })
  if (!assignment)
    throw new DemoClassError(
      `there is no assignment ${assignmentSlug} in course ${courseSlug}; start Vitrine once, or name another with --course and --assignment`,
    )
  const real = await staffDatabase.attempt.count({
    where: { assignmentId: assignment.id, user: { demo: false, simulated: false } },
  })
  if (real > 0)
    throw new DemoClassError(
      `${real} attempts of real students are in ${courseSlug}/${assignmentSlug}: simulated ones would mix into their statistics. Use another assignment`,
    )
  return staffDatabase.$transaction(
    async (transaction) => {
      await transaction.user.deleteMany({ where: { simulated: true } })
      await transaction.section.deleteMany({ where: { simulated: true } })
      const made = await writeClass(transaction, assignment, settings)
      await recordAudit(transaction, {
        actorId: null,
        action: 'demo-class.add',
        subject: `assignment:${assignment.id}`,
        after: { ...made, seed: settings.seed },
      })
      return made
    },
    { timeout: 600_000, maxWait: 30_000 },
  )
}

/** Removes every simulated student with all that was simulated, sections too. @returns how many there were. */
export async function removeDemoClass(): Promise<number> {
  return staffDatabase.$transaction(
    async (transaction) => {
      const filled = await transaction.attempt.groupBy({
        by: ['assignmentId'],
        where: { user: { simulated: true } },
        _count: true,
      })
      const { count } = await transaction.user.deleteMany({ where: { simulated: true } })
      await transaction.section.deleteMany({ where: { simulated: true } })
      await recordAudit(
        transaction,
        ...filled.map(({ assignmentId, _count }) => ({
          actorId: null,
          action: 'demo-class.remove' as const,
          subject: `assignment:${assignmentId}`,
          before: { attempts: _count },
        })),
      )
      return count
    },
    { timeout: 600_000, maxWait: 30_000 },
  )
}

interface AnswerRow {
  readonly attemptId: string
  readonly partId: string
  readonly optionIds: readonly string[]
  readonly revision: number
  readonly savedAt: string
}

async function writeClass(
  transaction: Prisma.TransactionClient,
  { id: assignmentId, courseId }: { readonly id: string; readonly courseId: string },
  settings: DemoClassSettings,
): Promise<DemoClass> {
  await holdKeys(transaction, assignmentId)
  const questions = await readLatestKeyedQuestions(transaction, assignmentId, 'left-out')
  const students = simulateClass(questions, settings)
  const userIds = await writePeople(transaction, courseId, students)
  const started = students.flatMap(({ email, attempt }) => (attempt ? [{ email, ...attempt }] : []))
  const attempts = await transaction.attempt.createManyAndReturn({
    data: started.map(({ email, seed, startedAt, submittedAt, reading }) => ({
      assignmentId,
      userId: userIds.get(email)!,
      seed,
      drawn: questions.some(({ pool }) => pool !== null),
      startedAt,
      submittedAt,
      reading,
      submittedBy: submittedAt && ('STUDENT' as const),
      creditPercent: submittedAt && 100,
      // A code as any other, of a receipt that nobody signed.
      receipt: submittedAt && receiptCode(randomUUID()),
    })),
    select: { id: true, userId: true },
  })
  const attemptOf = new Map(attempts.map(({ id, userId }) => [userId, id]))
  await writePins(
    transaction,
    started.flatMap((student) => {
      const attemptId = attemptOf.get(userIds.get(student.email)!)!
      return student.questions.map(({ questionId, questionVersionId }, index) => ({
        attemptId,
        questionId,
        questionVersionId,
        position: index + 1,
      }))
    }),
  )

  const events: AnswerRow[] = []
  const answers: AnswerRow[] = []
  const scores: PartScoreRow[] = []
  for (const student of started) {
    const attemptId = attemptOf.get(userIds.get(student.email)!)!
    const last = new Map<string, AnswerRow>()
    for (const { savedAt, ...event } of student.events) {
      const row = { ...event, attemptId, savedAt: savedAt.toISOString() }
      events.push(row)
      last.set(event.partId, row)
    }
    answers.push(...last.values())
    if (!student.submittedAt) continue
    const chosen = new Map([...last].map(([partId, { optionIds }]) => [partId, optionIds]))
    scores.push(...partScoreRows(attemptId, student.questions, scorePaper(student.questions, chosen)))
  }
  await writeAnswers(transaction, answers, events)
  for (let from = 0; from < scores.length; from += batch)
    await transaction.partScore.createMany({ data: scores.slice(from, from + batch) })
  const submitted = started.filter((student) => student.submittedAt !== null).length
  return {
    students: students.length,
    submitted,
    working: started.length - submitted,
    answers: answers.length,
  }
}

/** @returns by address, the ids of the new accounts. */
async function writePeople(
  transaction: Prisma.TransactionClient,
  courseId: string,
  students: readonly SimulatedStudent[],
): Promise<ReadonlyMap<string, string>> {
  const users = await transaction.user.createManyAndReturn({
    data: students.map(({ name, email }) => ({ name, email, simulated: true })),
    select: { id: true, email: true },
  })
  const sectionOf = await writeSections(transaction, courseId, students)
  await transaction.enrollment.createMany({
    data: users.map(({ id, email }) => ({
      userId: id,
      courseId,
      role: 'STUDENT' as const,
      sectionId: sectionOf.get(email) ?? null,
    })),
  })
  return new Map(users.map(({ id, email }) => [email, id]))
}

/** Makes the class's sections; one of that name that is there is used. @returns by address, the ids. */
async function writeSections(
  transaction: Prisma.TransactionClient,
  courseId: string,
  students: readonly SimulatedStudent[],
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(students.flatMap(({ section }) => section ?? []))].sort()
  await transaction.section.createMany({
    data: names.map((name) => ({ courseId, name, simulated: true })),
    skipDuplicates: true,
  })
  const sections = await transaction.section.findMany({ where: { courseId, name: { in: names } } })
  const ids = new Map(sections.map(({ id, name }) => [name, id]))
  return new Map(
    students.flatMap(({ email, section }) => (section === null ? [] : [[email, ids.get(section)!]])),
  )
}

interface Pin {
  readonly attemptId: string
  readonly questionId: string
  readonly questionVersionId: string
  readonly position: number
}

async function writePins(transaction: Prisma.TransactionClient, pins: readonly Pin[]): Promise<void> {
  for (let from = 0; from < pins.length; from += batch)
    await transaction.$executeRaw`
      INSERT INTO "AttemptQuestion" ("attemptId", "questionId", "questionVersionId", position)
      SELECT "attemptId", "questionId", "questionVersionId", position
      FROM jsonb_to_recordset(${JSON.stringify(pins.slice(from, from + batch))}::jsonb)
        AS p("attemptId" text, "questionId" text, "questionVersionId" text, position int)`
}

async function writeAnswers(
  transaction: Prisma.TransactionClient,
  answers: readonly AnswerRow[],
  events: readonly AnswerRow[],
): Promise<void> {
  for (let from = 0; from < answers.length; from += batch)
    await transaction.$executeRaw`
      INSERT INTO "Answer" ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
      SELECT "attemptId", "partId", "optionIds", revision, 'simulated', "savedAt"
      FROM jsonb_to_recordset(${JSON.stringify(answers.slice(from, from + batch))}::jsonb)
        AS a("attemptId" text, "partId" text, "optionIds" text[], revision int, "savedAt" timestamp)`
  for (let from = 0; from < events.length; from += batch)
    await transaction.$executeRaw`
      INSERT INTO "AnswerEvent" ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
      SELECT "attemptId", "partId", "optionIds", revision, 'simulated', "savedAt"
      FROM jsonb_to_recordset(${JSON.stringify(events.slice(from, from + batch))}::jsonb)
        AS e("attemptId" text, "partId" text, "optionIds" text[], revision int, "savedAt" timestamp)`
}
