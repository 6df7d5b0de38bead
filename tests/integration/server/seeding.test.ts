import { beforeAll, describe, expect, it } from 'vitest'
import { readAttempt } from '@/lib/attempts/data'
import { startAttempt } from '@/lib/attempts/mutations'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { authorizeAssignment, authorizeOwnAttempt, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { verifyPassword } from '@/lib/auth/password'
import { staffDatabase } from '@/lib/database/staff'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { publishQuestion } from '@/lib/questions/mutations'
import { seed, seedAssignment } from '@/prisma/seed'
import { addDemoAccounts, removeDemoAccounts } from '@/prisma/seed/demo-accounts'
import { assignmentDocument, openClassroom, question } from './classroom'

async function everything() {
  const [questions, versions, keys, requests, audit, users] = await Promise.all([
    staffDatabase.question.findMany({ orderBy: { id: 'asc' } }),
    staffDatabase.questionVersion.findMany({ orderBy: { id: 'asc' } }),
    staffDatabase.answerKey.findMany({ orderBy: { id: 'asc' } }),
    staffDatabase.figureRequest.count(),
    staffDatabase.auditEvent.count(),
    staffDatabase.user.findMany({ orderBy: { id: 'asc' } }),
  ])
  return { questions, versions, keys, requests, audit, users }
}

describe('seeding the bundled assignment', () => {
  it('makes 30 questions of 32 parts and 10 points, asks for 30 figures, and done again changes nothing', async () => {
    const first = await seed()
    const state = await everything()
    expect(state.questions).toHaveLength(30)
    const parts = state.versions.flatMap(({ content }) => (content as { parts: { points: number }[] }).parts)
    expect(parts).toHaveLength(32)
    expect(parts.reduce((sum, part) => sum + part.points, 0)).toBe(10_000)
    expect(
      state.versions.filter((version) => version.figureRequestId !== null).length,
    ).toBeGreaterThanOrEqual(30)
    expect(first.changed).toHaveLength(30)
    const again = await seed()
    expect(again).toEqual({ assignmentId: first.assignmentId, changed: [] })
    expect(await everything()).toEqual(state)
  })

  it('keeps all settings of the file', async () => {
    const settings = {
      opensAt: '2030-01-01T09:00:00+08:00',
      dueAt: '2030-01-02T09:00:00+08:00',
      closesAt: '2030-01-03T09:00:00+08:00',
      lateTiers: [{ untilMinutes: null, creditPercent: 50 }],
      timeLimitMinutes: 90,
      attemptsAllowed: 2,
      attemptKeep: 'LATEST',
      scoreRelease: 'WHEN_ALL_DONE',
    } as const
    const { assignmentId } = await openClassroom(
      [question(1)],
      settings as Partial<AssignmentDocument['assignment']>,
    )
    const row = await staffDatabase.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
    const { opensAt, dueAt, closesAt, ...rest } = settings
    expect(row).toMatchObject(rest)
    expect([row.opensAt, row.dueAt, row.closesAt]).toEqual(
      [opensAt, dueAt, closesAt].map((date) => new Date(date)),
    )
  })

  it('queues the figures in the order of the questions', async () => {
    const jobs = await staffDatabase.$queryRaw<{ key: string }[]>`
      SELECT key FROM graphile_worker.jobs WHERE key LIKE 'figure:%' ORDER BY priority, run_at`
    const versions = await staffDatabase.questionVersion.findMany({
      where: { figureRequestId: { not: null } },
      orderBy: { question: { position: 'asc' } },
    })
    expect(jobs.map(({ key }) => key)).toEqual([
      ...new Set(versions.map(({ figureRequestId }) => `figure:${figureRequestId}`)),
    ])
  })

  it('makes demo accounts of every role that can sign in, and removes them all', async () => {
    for (const { email, password, role } of demoAccounts) {
      const user = await staffDatabase.user.findUniqueOrThrow({
        where: { email },
        include: { enrollments: true },
      })
      expect(user.demo).toBe(true)
      expect(user.enrollments.map((enrollment) => enrollment.role)).toEqual([role])
      expect(user.passwordHash).toMatch(/^\$argon2id\$/)
      expect(await verifyPassword(user.passwordHash, password)).toBe(true)
    }
    const person = await staffDatabase.user.create({ data: { email: 'real@example.org', name: 'Real' } })
    await removeDemoAccounts()
    expect(await staffDatabase.user.findMany()).toEqual([person])
  })

  it('leaves an account alone that has a demo account’s address but is not one', async () => {
    const { id: courseId } = await staffDatabase.course.findFirstOrThrow()
    const real = await staffDatabase.user.create({ data: { email: demoAccounts[0]!.email, name: 'Real' } })
    await addDemoAccounts(courseId)
    expect(
      await staffDatabase.user.findUnique({ where: { id: real.id }, include: { enrollments: true } }),
    ).toEqual({
      ...real,
      enrollments: [],
    })
  })
})

describe('seeding a changed file', () => {
  const document = assignmentDocument([question(1), question(2), question(3)])
  const reworded = (number: number) => {
    const changed = structuredClone(question(number))
    changed.content.prompt = { zh: '新', en: 'Reworded' }
    return changed
  }
  let instructor: Viewer
  let student: Viewer
  let assignmentId: string

  beforeAll(async () => {
    const room = await openClassroom()
    instructor = await room.enrol('INSTRUCTOR')
    student = await room.enrol('STUDENT')
    const seeded = await seedAssignment(document)
    assignmentId = seeded.assignmentId
    for (const [viewer, role] of [
      [instructor, 'INSTRUCTOR'],
      [student, 'STUDENT'],
    ] as const)
      await staffDatabase.enrollment.create({
        data: { userId: viewer.userId, courseId: seeded.courseId, role },
      })
  })

  const versionsOf = (slug: string) =>
    staffDatabase.questionVersion.findMany({
      where: { question: { assignmentId, slug } },
      orderBy: { version: 'asc' },
    })

  it('makes a new version of what changed only; one that began before keeps the old version', async () => {
    const access = await authorizeAssignment(student, { assignmentId }, 'attempt.start')
    const { attemptId } = await startAttempt(access)
    const { changed } = await seedAssignment({
      ...document,
      questions: [question(1), reworded(2), question(3)],
    })
    expect(changed).toEqual(['q02'])
    expect((await versionsOf('q02')).map(({ version, origin }) => [version, origin])).toEqual([
      [1, 'SEED'],
      [2, 'SEED'],
    ])
    const shown = await readAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.read'))
    expect(shown.questions.map(({ content }) => content.prompt.en)).toEqual([
      'Question 1',
      'Question 2',
      'Question 3',
    ])
  })

  it('also when only the key or an explanation changed', async () => {
    const { changed } = await seedAssignment({
      ...document,
      questions: [question(1, { secret: 'a better reason' }), reworded(2), question(3)],
    })
    expect(changed).toEqual(['q01'])
  })

  it('never overwrites an instructor’s version, whatever the file says later', async () => {
    const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId, slug: 'q03' },
    })
    const access = await authorizeQuestion(instructor, { questionId }, 'question.edit')
    const { content, key } = question(3)
    const edited = { ...content, prompt: { zh: '老師的', en: 'The instructor’s' } }
    await publishQuestion(access, { basedOn: 1, content: edited, key, figureSpec: null })
    const { changed } = await seedAssignment({
      ...document,
      questions: [question(1, { secret: 'a better reason' }), reworded(2), reworded(3)],
    })
    expect(changed).toEqual([])
    const versions = await versionsOf('q03')
    expect(versions.map(({ version, origin }) => [version, origin])).toEqual([
      [1, 'SEED'],
      [2, 'INSTRUCTOR'],
    ])
    expect(versions[1]!.content).toMatchObject({ prompt: { en: 'The instructor’s' } })
    expect(versions[1]!.authorId).toBe(instructor.userId)
  })

  it('leaves the instructor’s dates and release settings as they are', async () => {
    const dueAt = new Date('2030-01-01T00:00:00Z')
    await staffDatabase.assignment.update({
      where: { id: assignmentId },
      data: { dueAt, keyRelease: 'NEVER' },
    })
    await seedAssignment(document)
    expect(await staffDatabase.assignment.findUnique({ where: { id: assignmentId } })).toMatchObject({
      dueAt,
      keyRelease: 'NEVER',
    })
  })

  it('done twice at once, seeds once', async () => {
    const fresh = assignmentDocument([question(1), question(2)])
    const [one, two] = await Promise.all([seedAssignment(fresh), seedAssignment(fresh)])
    expect(one.assignmentId).toBe(two.assignmentId)
    expect([...one.changed, ...two.changed].sort()).toEqual(['q01', 'q02'])
  })
})
