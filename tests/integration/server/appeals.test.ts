import { beforeAll, describe, expect, it } from 'vitest'
import { PUT as putAnswer } from '@/app/api/appeals/[appealId]/answer/route'
import { DELETE as giveBack, PUT as putClaim } from '@/app/api/appeals/[appealId]/claim/route'
import { POST as postWithdrawal } from '@/app/api/attempts/[attemptId]/appeals/[appealId]/withdrawal/route'
import { GET as getAppeals } from '@/app/api/attempts/[attemptId]/appeals/route'
import {
  DELETE as deleteAdjustment,
  PUT as putAdjustment,
} from '@/app/api/attempts/[attemptId]/parts/[partId]/adjustment/route'
import { POST as postAppeal } from '@/app/api/attempts/[attemptId]/parts/[partId]/appeals/route'
import type { AdjustmentInput } from '@/lib/adjustments/schema'
import type { AdjustedScore } from '@/lib/adjustments/view'
import type { ProblemCode } from '@/lib/api/problems'
import { readAppeal, readQueue } from '@/lib/appeals/data'
import type { OwnAppeals } from '@/lib/appeals/view'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAppeal,
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeRegrade,
  authorizeSaving,
  authorizeStudent,
  type Viewer,
} from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { readResult } from '@/lib/grading/data'
import { regradeAnswers } from '@/lib/grading/mutations'
import { applyRegrade } from '@/lib/regrading/applying/mutations'
import { readRegrade } from '@/lib/regrading/data'
import { draftRegrade, draftUndo } from '@/lib/regrading/mutations'
import { readStudentWork } from '@/lib/student-work/data'
import { submitAttempt } from '@/lib/submission/mutations'
import { type CallOptions, type Classroom, call, inSession, openClassroom } from './classroom'

let room: Classroom
let ta: Viewer
let other: Viewer
let instructor: Viewer

beforeAll(async () => {
  room = await openClassroom()
  ta = await room.enrol('TA')
  other = await room.enrol('TA')
  instructor = await room.enrol('INSTRUCTOR')
})

interface Work {
  readonly student: Viewer
  readonly attemptId: string
}

/** A submitted attempt of a new student, who is right in Q3 alone. */
async function submitted(): Promise<Work> {
  const student = await room.enrol('STUDENT')
  const { attemptId } = await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
  const own = await authorizeSaving(student, attemptId)
  for (const [partId, optionId] of [
    ['q01', 'b'],
    ['q03', 'a'],
  ] as const)
    await saveAnswer(inSession(student), own, partId, { optionIds: [optionId], clientId: 'tab', revision: 1 })
  await submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))
  return { student, attemptId }
}

type Reply<Body> = Body & { readonly code?: ProblemCode; readonly fields?: { path: string; issue: string }[] }

async function ask<Body>(
  handler: Parameters<typeof call>[0],
  method: string,
  viewer: Viewer,
  options: CallOptions,
): Promise<Reply<Body>> {
  return (await (await call(handler, method, viewer, options)).json()) as Reply<Body>
}

const wrong = { adjustedAt: null, automatic: 0, maximum: 300 }

const adjust = ({ attemptId }: Work, given: Partial<AdjustmentInput>, { viewer = ta, partId = 'q01' } = {}) =>
  ask<AdjustedScore>(putAdjustment, 'PUT', viewer, {
    params: { attemptId, partId },
    body: { adjustment: null, comment: '', reason: 'Read the other way', seen: wrong, ...given },
  })

const remove = ({ attemptId }: Work, adjustedAt: string) =>
  ask<AdjustedScore>(deleteAdjustment, 'DELETE', ta, {
    params: { attemptId, partId: 'q01' },
    query: `?adjustedAt=${encodeURIComponent(adjustedAt)}`,
  })

const resultOf = async ({ student, attemptId }: Work) =>
  (await readResult(await authorizeOwnAttempt(student, { attemptId }, 'attempt.result'))).score!

const auditOf = (attemptId: string, action: string) =>
  staffDatabase.auditEvent.findMany({
    where: { subject: `attempt:${attemptId}`, action },
    orderBy: { id: 'asc' },
  })

describe('an adjustment by hand', () => {
  it('counts in place of the automatic score, tells the student what is for the student, and is noted', async () => {
    const work = await submitted()
    const adjusted = await adjust(work, {
      adjustment: { kind: 'set', points: 200 },
      comment: 'The picture was ambiguous.',
      reason: 'CANARY-staff-only',
    })
    expect(adjusted).toMatchObject({ points: 200, automatic: 0, maximum: 300 })
    const score = await resultOf(work)
    expect(score.points).toBe(500)
    expect(score.parts[0]).toMatchObject({
      points: 200,
      adjustment: { automatic: 0, comment: 'The picture was ambiguous.' },
    })
    expect(JSON.stringify(score)).not.toContain('CANARY-staff-only')
    const [line] = await auditOf(work.attemptId, 'adjustment.set')
    expect(line).toMatchObject({
      actorId: ta.userId,
      before: { part: 'q01', counts: 0 },
      after: { counts: 200, adjustment: { kind: 'set', points: 200 }, reason: 'CANARY-staff-only' },
    })
    expect(line!.requestId).toEqual(expect.any(String))
    const access = await authorizeStudent(ta, room, work.student.userId, 'assignment.inspect')
    const { attempt } = await readStudentWork(access)
    expect(attempt?.questions[0]?.parts[0]).toMatchObject({
      score: { points: 200, automatic: 0 },
      adjustment: { reason: 'CANARY-staff-only', by: ta.name },
    })
  })

  it('sent twice is made once, and taken away leaves what key and rule give', async () => {
    const work = await submitted()
    const body = { adjustment: { kind: 'add' as const, points: 100 } }
    const first = await adjust(work, body)
    expect(await adjust(work, body)).toEqual(first)
    expect(await auditOf(work.attemptId, 'adjustment.set')).toHaveLength(1)
    expect((await resultOf(work)).points).toBe(400)
    expect(await remove(work, first.adjustedAt!)).toEqual({ ...wrong, points: 0 })
    expect(await remove(work, first.adjustedAt!)).toEqual({ ...wrong, points: 0 })
    expect((await resultOf(work)).parts[0]?.adjustment).toBeNull()
    expect(await auditOf(work.attemptId, 'adjustment.remove')).toHaveLength(1)
  })

  it('keeps within 0 and the maximum, and says what does not fit', async () => {
    const work = await submitted()
    const issue = async (given: Partial<AdjustmentInput>, options = {}) => {
      const { code, fields } = await adjust(work, given, options)
      return code === 'invalid-request' ? fields?.map((field) => `${field.path} ${field.issue}`) : code
    }
    expect(await issue({ adjustment: { kind: 'set', points: 301 } })).toEqual([
      'body.adjustment.points above-maximum',
    ])
    expect(await issue({ adjustment: { kind: 'add', points: -1 } })).toEqual([
      'body.adjustment.points below-zero',
    ])
    expect(await issue({ adjustment: { kind: 'set', points: 1 }, reason: ' ' })).toEqual([
      'body.reason reason-missing',
    ])
    expect(await issue({})).toEqual(['body.comment comment-missing'])
    expect(await issue({ comment: 'x' }, { partId: 'q99' })).toBe('not-found')
    expect(await adjust(work, { comment: 'Well argued.', reason: '' })).toMatchObject({ points: 0 })
    expect((await resultOf(work)).parts[0]?.adjustment).toEqual({ automatic: null, comment: 'Well argued.' })
  })

  it('of two who adjust at once the second is told, and nothing is overwritten', async () => {
    const work = await submitted()
    const replies = await Promise.all([
      adjust(work, { adjustment: { kind: 'set', points: 100 } }),
      adjust(work, { adjustment: { kind: 'set', points: 200 } }, { viewer: other }),
    ])
    expect(replies.filter(({ code }) => code === 'adjustment-outdated')).toHaveLength(1)
    const won = replies.find(({ code }) => code === undefined)!
    expect((await resultOf(work)).parts[0]?.points).toBe(won.points)
    // Whoever looks again may.
    const seen = { ...wrong, adjustedAt: won.adjustedAt }
    expect(await adjust(work, { adjustment: { kind: 'set', points: 300 }, seen })).toMatchObject({
      points: 300,
    })
    expect(await remove(work, won.adjustedAt!)).toMatchObject({ code: 'adjustment-outdated' })
  })

  it('is for submitted attempts', async () => {
    const student = await room.enrol('STUDENT')
    const { attemptId } = await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
    expect(await adjust({ student, attemptId }, { comment: 'x' })).toMatchObject({
      code: 'attempt-not-submitted',
    })
  })

  it('stands on whatever a regrade makes of the part, on its undo, and on an answer that came later', async () => {
    const work = await submitted()
    await adjust(work, { adjustment: { kind: 'add', points: 100 } })
    const part = async () =>
      staffDatabase.partScore.findUniqueOrThrow({
        where: { attemptId_partId: { attemptId: work.attemptId, partId: 'q01' } },
        select: { automatic: true, points: true },
      })
    const { id: versionId } = await staffDatabase.questionVersion.findFirstOrThrow({
      where: { question: { assignmentId: room.assignmentId, slug: 'q01' } },
    })
    const drafting = await authorizeAssignment(instructor, room, 'regrade.draft')
    const draft = await draftRegrade(drafting, {
      changes: [{ policy: 'full', questionVersionIds: [versionId], partId: 'q01' }],
      reason: { zh: '', en: 'Ambiguous' },
    })
    const apply = async (regradeId: string) => {
      const { fingerprint } = await readRegrade(
        await authorizeRegrade(instructor, { regradeId }, 'regrade.draft'),
      )
      await applyRegrade(await authorizeRegrade(instructor, { regradeId }, 'regrade.apply'), {
        fingerprint: fingerprint!,
      })
    }
    await apply(draft.regradeId)
    expect(await part()).toEqual({ automatic: 300, points: 300 })
    // What was seen before the regrade is no longer there.
    expect(await adjust(work, { adjustment: { kind: 'set', points: 250 } })).toMatchObject({
      code: 'adjustment-outdated',
    })
    const undo = await draftUndo(
      await authorizeRegrade(instructor, { regradeId: draft.regradeId }, 'regrade.draft'),
    )
    await apply(undo.regradeId)
    expect(await part()).toEqual({ automatic: 0, points: 100 })
    await staffDatabase.answer.update({
      where: { attemptId_partId: { attemptId: work.attemptId, partId: 'q01' } },
      data: { optionIds: ['a'] },
    })
    await staffDatabase.$transaction((transaction) =>
      regradeAnswers(transaction, work.attemptId, new Set(['q01'])),
    )
    expect(await part()).toEqual({ automatic: 300, points: 300 })
  })
})

const askAbout = ({ student, attemptId }: Work, text: string, partId = 'q01') =>
  ask<{ appealId: string }>(postAppeal, 'POST', student, { params: { attemptId, partId }, body: { text } })

const ownAppeals = ({ student, attemptId }: Work) =>
  ask<OwnAppeals>(getAppeals, 'GET', student, { params: { attemptId } })

const claim = (appealId: string, viewer = ta) =>
  ask<{ until?: string; holder?: string }>(putClaim, 'PUT', viewer, { params: { appealId } })

const answer = (appealId: string, body: object, viewer = ta) =>
  ask<{ answered?: true; holder?: string | null }>(putAnswer, 'PUT', viewer, { params: { appealId }, body })

const withdraw = ({ student, attemptId }: Work, appealId: string) =>
  ask<{ withdrawn?: true }>(postWithdrawal, 'POST', student, { params: { attemptId, appealId } })

const expire = (appealId: string) =>
  staffDatabase.appeal.update({ where: { id: appealId }, data: { claimedUntil: new Date(Date.now() - 1) } })

describe('a question about a score', () => {
  it('is asked, taken, answered with an adjustment, and read by its student', async () => {
    const work = await submitted()
    const { appealId } = await askAbout(work, 'Is B not right too?')
    expect(await askAbout(work, 'Is B not right too?')).toEqual({ appealId })
    expect(await askAbout(work, 'Another one')).toMatchObject({ code: 'appeal-standing' })
    expect((await ownAppeals(work)).appeals).toMatchObject([{ appealId, state: 'open', partId: 'q01' }])
    expect(await claim(appealId)).toMatchObject({ isViewer: true })
    expect((await ownAppeals(work)).appeals[0]?.state).toBe('claimed')
    const detail = await readAppeal(await authorizeAppeal(ta, { appealId }, 'appeal.answer'))
    expect(detail).toMatchObject({
      label: '1',
      student: { userId: work.student.userId },
      holder: { isViewer: true },
      messages: [{ byStaff: false, text: 'Is B not right too?' }],
      work: { parts: [{ chosen: ['b'], key: { correct: ['a'] }, score: { automatic: 0 } }] },
    })
    const body = {
      text: 'In part, yes.',
      adjustment: {
        adjustment: { kind: 'set', points: 200 },
        comment: '',
        reason: 'CANARY-reason',
        seen: wrong,
      },
    }
    expect(await answer(appealId, body)).toEqual({ answered: true })
    expect(await answer(appealId, body)).toEqual({ answered: true })
    expect((await resultOf(work)).parts[0]?.points).toBe(200)
    const own = await ownAppeals(work)
    expect(own.appeals).toMatchObject([
      { state: 'answered', messages: [{ byStaff: false }, { byStaff: true, text: 'In part, yes.' }] },
    ])
    expect(JSON.stringify(own)).not.toMatch(/CANARY-reason|claimedBy|author/)
    expect(JSON.stringify(own)).not.toContain(ta.name)
    const actions = await staffDatabase.auditEvent.findMany({
      where: { subject: `attempt:${work.attemptId}` },
      orderBy: { id: 'asc' },
    })
    expect(actions.map(({ action }) => action).slice(-4)).toEqual([
      'appeal.ask',
      'appeal.claim',
      'adjustment.set',
      'appeal.answer',
    ])
    // Answered, another may be asked.
    expect(await askAbout(work, 'And why not all of it?')).toEqual({ appealId: expect.any(String) })
  })

  it('is answered and adjusted together or not at all', async () => {
    const work = await submitted()
    const { appealId } = await askAbout(work, 'Why?')
    await claim(appealId)
    const adjustment = { adjustment: { kind: 'set', points: 999 }, comment: '', reason: 'x', seen: wrong }
    expect(await answer(appealId, { text: 'Because.', adjustment })).toMatchObject({
      code: 'invalid-request',
    })
    expect((await ownAppeals(work)).appeals[0]).toMatchObject({
      state: 'claimed',
      messages: [{ text: 'Why?' }],
    })
  })

  it('that many take at once one has, who alone answers; given back or expired, it is free', async () => {
    const work = await submitted()
    const { appealId } = await askAbout(work, 'Why?')
    const people = [ta, other, instructor, ...(await Promise.all([1, 2, 3].map(() => room.enrol('TA'))))]
    const replies = await Promise.all(people.map((person) => claim(appealId, person)))
    const winner = people[replies.findIndex(({ code }) => code === undefined)]!
    expect(replies.filter(({ code }) => code === undefined)).toHaveLength(1)
    expect(
      replies.filter(({ code, holder }) => code === 'appeal-held' && holder === winner.name),
    ).toHaveLength(5)
    const loser = people.find((person) => person !== winner)!
    expect(await answer(appealId, { text: 'Mine' }, loser)).toMatchObject({
      code: 'appeal-held',
      holder: winner.name,
    })
    // Giving back what somebody else has does nothing.
    await ask(giveBack, 'DELETE', loser, { params: { appealId } })
    expect(await claim(appealId, loser)).toMatchObject({ code: 'appeal-held' })
    await ask(giveBack, 'DELETE', winner, { params: { appealId } })
    expect(await claim(appealId, loser)).toMatchObject({ isViewer: true })
    await expire(appealId)
    expect((await ownAppeals(work)).appeals[0]?.state).toBe('open')
    expect(await claim(appealId, winner)).toMatchObject({ isViewer: true })
    expect(await answer(appealId, { text: 'Late' }, loser)).toMatchObject({ code: 'appeal-held' })
    // An own claim that has expired still serves while nobody else has taken it.
    await expire(appealId)
    expect(await answer(appealId, { text: 'In time enough' }, winner)).toEqual({ answered: true })
    expect(await claim(appealId, loser)).toMatchObject({ code: 'appeal-closed' })
  })

  it('may be withdrawn while it is open, and is then not answered', async () => {
    const work = await submitted()
    const { appealId } = await askAbout(work, 'Why?')
    const stranger = await submitted()
    expect(await withdraw(stranger, appealId)).toMatchObject({ code: 'not-found' })
    await claim(appealId)
    expect(await withdraw(work, appealId)).toEqual({ withdrawn: true })
    expect(await withdraw(work, appealId)).toEqual({ withdrawn: true })
    expect(await answer(appealId, { text: 'Too late' })).toMatchObject({ code: 'appeal-closed' })
    for (let asked = 1; asked < 5; asked += 1) {
      const next = await askAbout(work, `Again ${asked}`)
      await withdraw(work, next.appealId)
    }
    expect(await askAbout(work, 'Once more')).toMatchObject({ code: 'appeal-standing' })
  })

  it('needs a released score and a window that is open', async () => {
    const work = await submitted()
    const settle = (data: object) =>
      staffDatabase.assignment.update({ where: { id: room.assignmentId }, data })
    await settle({ scoreRelease: 'NEVER' })
    expect(await askAbout(work, 'Why?')).toMatchObject({ code: 'appeal-not-open' })
    await settle({ scoreRelease: 'ON_SUBMIT', appealsUntil: new Date(Date.now() - 1000) })
    expect(await askAbout(work, 'Why?')).toMatchObject({ code: 'appeal-not-open' })
    expect(await ownAppeals(work)).toMatchObject({ open: false, until: expect.any(String) })
    await settle({ appealsUntil: null })
    expect(await askAbout(work, ' ')).toMatchObject({ code: 'invalid-request' })
    expect(await askAbout(work, 'Why?', 'q99')).toMatchObject({ code: 'not-found' })
    expect(await askAbout(work, 'Why?')).toEqual({ appealId: expect.any(String) })
  })

  it('what was said cannot be changed or removed, but goes with its student', async () => {
    const work = await submitted()
    const { appealId } = await askAbout(work, 'Why?')
    await expect(
      staffDatabase.appealMessage.updateMany({ where: { appealId }, data: { text: 'What?' } }),
    ).rejects.toThrow('append-only')
    await expect(staffDatabase.appealMessage.deleteMany({ where: { appealId } })).rejects.toThrow(
      'append-only',
    )
    await staffDatabase.user.delete({ where: { id: work.student.userId } })
    expect(await staffDatabase.appealMessage.count({ where: { appealId } })).toBe(0)
  })

  it('stands in the queue, the oldest first, by state, with those that several ask', async () => {
    const own = await openClassroom()
    const earlier = room
    room = own
    try {
      const tutor = await own.enrol('TA')
      const works = [await submitted(), await submitted(), await submitted()]
      const ids: string[] = []
      for (const [index, work] of works.entries())
        ids.push((await askAbout(work, `Why ${index}?`, index === 2 ? 'q02' : 'q01')).appealId)
      await claim(ids[1]!, tutor)
      const access = await authorizeAssignment(tutor, own, 'appeal.answer')
      const queue = (query: object) =>
        readQueue(access, { state: 'open', part: undefined, page: 1, ...query })
      expect(await queue({})).toMatchObject({
        counts: { open: 2, claimed: 1, answered: 0, all: 3 },
        groups: [{ partId: 'q01', label: '1', students: 2 }],
        lines: [{ appealId: ids[0] }, { appealId: ids[2] }],
        pages: 1,
      })
      expect((await queue({ state: 'claimed' })).lines).toMatchObject([
        { appealId: ids[1], holder: { name: tutor.name, isViewer: true } },
      ])
      expect((await queue({ state: 'all', part: 'q01' })).lines.map(({ appealId }) => appealId)).toEqual(
        ids.slice(0, 2),
      )
    } finally {
      room = earlier
    }
  })
})
