import { beforeAll, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { GET as getAnswers } from '@/app/api/attempts/[attemptId]/answers/route'
import { PUT as putFlag } from '@/app/api/attempts/[attemptId]/flags/[questionId]/route'
import { GET as getResult } from '@/app/api/attempts/[attemptId]/result/route'
import { GET as getAttempt } from '@/app/api/attempts/[attemptId]/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { GET as getQuestion } from '@/app/api/questions/[questionId]/route'
import { POST as postVersion } from '@/app/api/questions/[questionId]/versions/route'
import { Problem } from '@/lib/api/problem'
import { startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAssignment,
  authorizeCourse,
  authorizeOwnAttempt,
  authorizeQuestion,
  type Viewer,
} from '@/lib/auth/gate'
import { type Action, actions, mayRole, roles } from '@/lib/auth/permissions'
import { staffDatabase } from '@/lib/database/staff'
import { type Classroom, call, openClassroom, stranger } from './classroom'

let room: Classroom
let questionId: string
const attempts = new Map<string, string>()

beforeAll(async () => {
  room = await openClassroom()
  questionId = (await staffDatabase.question.findFirstOrThrow({ where: { assignmentId: room.assignmentId } }))
    .id
})

/** Asks the gate for an action in the way in which that action is asked for. */
async function ask(viewer: Viewer, action: Action): Promise<number> {
  try {
    if (action.startsWith('course.')) await authorizeCourse(viewer, room.courseSlug, action)
    else if (action.startsWith('question.')) await authorizeQuestion(viewer, { questionId }, action)
    else if (action.startsWith('attempt.') && action !== 'attempt.start')
      await authorizeOwnAttempt(viewer, { attemptId: attempts.get(viewer.userId) ?? 'none' }, action)
    else await authorizeAssignment(viewer, { assignmentId: room.assignmentId }, action)
    return 200
  } catch (error) {
    if (error instanceof Problem) return error.status
    throw error
  }
}

describe('the gate follows the permission matrix', () => {
  for (const role of roles)
    for (const action of actions) {
      const allowed = mayRole(role, action)
      it(`${role} ${allowed ? 'may' : 'may not'} ${action}`, async () => {
        const viewer = await room.enrol(role)
        // Also somebody whose role changed has an attempt, which is then out of reach.
        const attempt = await staffDatabase.attempt.create({
          data: { assignmentId: room.assignmentId, userId: viewer.userId },
        })
        attempts.set(viewer.userId, attempt.id)
        expect(await ask(viewer, action)).toBe(allowed ? 200 : 403)
      })
    }

  for (const action of actions)
    it(`for a stranger there is nothing to ${action}`, async () => {
      expect(await ask(await stranger(), action)).toBe(404)
    })

  it('a member of another course is a stranger here', async () => {
    const elsewhere = await openClassroom()
    const instructor = await elsewhere.enrol('INSTRUCTOR')
    for (const action of actions) expect(await ask(instructor, action), action).toBe(404)
  })
})

describe('routes', () => {
  const reads = { getAttempt, getAnswers, getResult }

  it('answer 401 to nobody', async () => {
    for (const handler of Object.values(reads))
      expect((await call(handler, 'GET', null, { params: { attemptId: 'x' } })).status).toBe(401)
    expect((await call(postStart, 'POST', null, { params: { assignmentId: 'x' } })).status).toBe(401)
  })

  it('a forged or foreign session is nobody', async () => {
    const response = await call(getAttempt, 'GET', null, {
      params: { attemptId: 'x' },
      headers: { cookie: 'vitrine.session=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c' },
    })
    expect(response.status).toBe(401)
  })

  it('another student’s attempt is 404 on every route, and cannot be told from one that does not exist', async () => {
    const [owner, other] = [await room.enrol('STUDENT'), await room.enrol('STUDENT')]
    const access = await authorizeAssignment(owner, { assignmentId: room.assignmentId }, 'attempt.start')
    const { attemptId } = await startAttempt(access)
    const answers = async (id: string) => {
      const params = { attemptId: id }
      const responses = await Promise.all([
        ...Object.values(reads).map((handler) => call(handler, 'GET', other, { params })),
        call(postSubmit, 'POST', other, { params }),
        call(putFlag, 'PUT', other, { params: { ...params, questionId }, body: { flagged: true } }),
      ])
      return Promise.all(
        responses.map(async (response) => {
          const { requestId: _, ...body } = (await response.json()) as Record<string, unknown>
          return [response.status, body]
        }),
      )
    }
    const foreign = await answers(attemptId)
    expect(foreign.map(([status]) => status)).toEqual([404, 404, 404, 404, 404])
    expect(foreign).toEqual(await answers('clnothing0000000000000000'))
  })

  it('flags are set by the owner until submission', async () => {
    const student = await room.enrol('STUDENT')
    const access = await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'attempt.start')
    const { attemptId } = await startAttempt(access)
    const flag = (flagged: boolean, id = questionId) =>
      call(putFlag, 'PUT', student, { params: { attemptId, questionId: id }, body: { flagged } })
    expect(await (await flag(true)).json()).toEqual({ flagged: true })
    expect((await flag(true, 'none')).status).toBe(404)
    const where = { attemptId_questionId: { attemptId, questionId } }
    expect((await staffDatabase.attemptQuestion.findUniqueOrThrow({ where })).flagged).toBe(true)
    await call(postSubmit, 'POST', student, { params: { attemptId } })
    expect((await flag(false)).status).toBe(409)
    expect((await staffDatabase.attemptQuestion.findUniqueOrThrow({ where })).flagged).toBe(true)
  })

  it('a question’s key is for staff, its editing for instructors', async () => {
    const params = { questionId }
    const read = async (role: 'STUDENT' | 'TA' | 'INSTRUCTOR') =>
      call(getQuestion, 'GET', await room.enrol(role), { params })
    expect((await read('STUDENT')).status).toBe(403)
    const response = await read('TA')
    const question = (await response.json()) as Record<string, unknown>
    expect(question.key).toEqual(room.document.questions[0]!.key)
    const edit = { basedOn: 1, content: question.content, key: question.key, figureSpec: null }
    for (const role of ['STUDENT', 'TA'] as const)
      expect((await call(postVersion, 'POST', await room.enrol(role), { params, body: edit })).status).toBe(
        403,
      )
    const instructor = await room.enrol('INSTRUCTOR')
    const wrong = { ...edit, key: { q01: { ...room.document.questions[0]!.key.q01, correct: ['z'] } } }
    const refused = await call(postVersion, 'POST', instructor, { params, body: wrong })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ fields: [{ path: 'body.key.q01' }] })
    const accepted = await call(postVersion, 'POST', instructor, { params, body: edit })
    expect(await accepted.json()).toMatchObject({ version: 2 })
    const outdated = await call(postVersion, 'POST', instructor, { params, body: edit })
    expect([outdated.status, ((await outdated.json()) as { code: string }).code]).toEqual([
      409,
      'version-outdated',
    ])
  })
})
