import { beforeAll, describe, expect, it } from 'vitest'
import { saveAnswer, setFlag, startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeOwnAttempt, authorizeSaving, type Viewer } from '@/lib/auth/gate'
import { listMyCourses, readStaffOverview } from '@/lib/courses/data'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import { staffDatabase } from '@/lib/database/staff'
import { submitAttempt } from '@/lib/submission/mutations'
import { type Classroom, inSession, openClassroom, stranger } from './classroom'

let room: Classroom
let student: Viewer
beforeAll(async () => {
  room = await openClassroom(undefined, { dueAt: '2030-01-01T00:00:00Z' })
  student = await room.enrol('STUDENT')
})

const address = () => ({ courseSlug: room.courseSlug, assignmentSlug: 'hw' })
const front = async () =>
  readAssignmentForStudent(await authorizeAssignment(student, address(), 'assignment.read'))
const overview = async () => {
  const ta = await room.enrol('TA')
  return readStaffOverview(await authorizeAssignment(ta, address(), 'assignment.overview'))
}

describe('what pages receive', () => {
  it('the own courses only, with the own attempts', async () => {
    expect(await listMyCourses(await stranger())).toEqual([])
    expect(await listMyCourses(student)).toMatchObject([
      { slug: room.courseSlug, role: 'STUDENT', assignments: [{ slug: 'hw', attempt: null }] },
    ])
  })

  it('the assignment before, while and after it is answered', async () => {
    expect(await front()).toMatchObject({
      assignment: { questionCount: 3, partCount: 3, points: 900, dueAt: '2030-01-01T00:00:00.000Z' },
      phase: 'open',
      attempt: null,
    })
    const { attemptId } = await startAttempt(await authorizeAssignment(student, address(), 'attempt.start'))
    const saving = await authorizeSaving(student, attemptId)
    await saveAnswer(inSession(student), saving, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })
    await saveAnswer(inSession(student), saving, 'q02', { optionIds: ['a'], clientId: 't', revision: 1 })
    await saveAnswer(inSession(student), saving, 'q02', { optionIds: [], clientId: 't', revision: 2 })
    const question = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q03' },
    })
    const own = await authorizeOwnAttempt(student, address(), 'attempt.answer')
    await setFlag(own, question.id, true)
    const working = await front()
    expect(working.attempt).toMatchObject({ attemptId, answeredParts: 1, flaggedQuestions: 1, continueAt: 2 })
    expect(working.questions.map(({ answeredParts, flagged }) => [answeredParts, flagged])).toEqual([
      [1, false],
      [0, false],
      [0, true],
    ])
    const staff = await overview()
    expect(staff.students).toMatchObject([
      { userId: student.userId, state: 'working', answeredParts: 1, score: null },
    ])

    const { receipt } = await submitAttempt(
      await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'),
    )
    expect((await front()).attempt).toMatchObject({ receipt, submittedAt: expect.any(String) })
    const late = await room.enrol('STUDENT')
    const after = await overview()
    const lines = new Map(after.students.map((line) => [line.userId, line]))
    expect(lines.get(student.userId)).toMatchObject({
      state: 'submitted',
      receipt,
      score: { points: 300, maximum: 900 },
    })
    expect(lines.get(late.userId)).toMatchObject({ state: 'not-started', startedAt: null, score: null })
    expect(after.questions.map(({ label, points, figure }) => [label, points, figure])).toEqual([
      ['1', 300, null],
      ['2', 300, null],
      ['3', 300, null],
    ])
  })
})
