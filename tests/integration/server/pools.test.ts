import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getFile } from '@/app/api/assignments/[assignmentId]/file/route'
import { PUT as putPools } from '@/app/api/assignments/[assignmentId]/pools/route'
import { PUT as putAssignment } from '@/app/api/assignments/[assignmentId]/route'
import { readAttempt } from '@/lib/attempts/data'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeCourse, authorizeOwnAttempt, type Viewer } from '@/lib/auth/gate'
import { documentOf } from '@/lib/authoring/data'
import { createAssignment } from '@/lib/authoring/making/mutations'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { parseAssignmentJson } from '@/lib/interchange/assignment-document'
import { InterchangeError } from '@/lib/interchange/errors'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { drawnQuestions } from '@/lib/pools/data'
import { type Drawable, drawQuestions } from '@/lib/pools/draw'
import { readPartPoints, readScoreboard } from '@/lib/scoreboard/data'
import { scoreTable } from '@/lib/scoreboard/score-table'
import { seedAssignment } from '@/prisma/seed'
import { assignmentDocument, type Classroom, call, openClassroom, question } from './classroom'

const title = { zh: '題組', en: 'Pool' }

/** Question 1 for everybody, two drawn of 2 to 5, one drawn of 6 to 8. */
async function poolRoom() {
  const room = await openClassroom([1, 2, 3, 4, 5, 6, 7, 8].map((number) => question(number)))
  const { assignmentId } = room
  const rows = await staffDatabase.question.findMany({
    where: { assignmentId },
    orderBy: { position: 'asc' },
  })
  const idOf = (number: number) => rows[number - 1]!.id
  const teacher = await room.enrol('INSTRUCTOR')
  const body = {
    revision: 0,
    pools: [
      [2, 2, 3, 4, 5],
      [1, 6, 7, 8],
    ].map(([draw, ...members]) => ({ draw, title, questionIds: members.map(idOf) })),
  }
  expect((await call(putPools, 'PUT', teacher, { params: { assignmentId }, body })).status).toBe(200)
  return { room, idOf, teacher }
}

async function start(room: Classroom, student: Viewer) {
  const { attemptId } = await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
  const attempt = await readAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.read'))
  const { seed, drawn } = await staffDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } })
  return { attemptId, attempt, seed: seed!, drawn }
}

async function drawable({ assignmentId }: Classroom): Promise<Drawable[]> {
  const questions = await staffDatabase.question.findMany({
    where: { assignmentId, archivedAt: null, versions: { some: {} } },
    orderBy: { position: 'asc' },
    include: { pool: true },
  })
  return questions.map(({ id, pool }) => ({
    questionId: id,
    pool: pool && { poolId: pool.id, draw: pool.draw },
  }))
}

let pools: Awaited<ReturnType<typeof poolRoom>>
beforeAll(async () => {
  pools = await poolRoom()
})

describe('questions drawn from pools', () => {
  it('are pinned as the seed draws them, numbered from one, and stay', async () => {
    const { room } = pools
    const questions = await drawable(room)
    for (let index = 0; index < 5; index += 1) {
      const student = await room.enrol('STUDENT')
      const { attempt, seed, drawn } = await start(room, student)
      expect(drawn).toBe(true)
      expect(attempt.questions.map(({ questionId }) => questionId)).toEqual(
        drawQuestions(questions, seed).map(({ questionId }) => questionId),
      )
      expect(attempt.questions.map(({ position, content }) => [position, content.label])).toEqual([
        [1, '1'],
        [2, '2'],
        [3, '3'],
        [4, '4'],
      ])
      expect(attempt.questions.map(({ content }) => content.parts[0]!.label)).toEqual(['1', '2', '3', '4'])
      expect(attempt.assignment).toMatchObject({ questionCount: 4, points: 1200 })
      const again = await start(room, student)
      expect(again.attempt.questions).toEqual(attempt.questions)
    }
  })

  it('are drawn in SQL as by the function that says how', async () => {
    const { room } = pools
    const questions = await drawable(room)
    for (let index = 0; index < 200; index += 1) {
      const seed = Math.floor((index / 200) * 2 ** 31)
      const rows = await statements.$queryRaw<{ questionId: string; position: string }[]>`
        SELECT * FROM (${drawnQuestions(room.assignmentId, seed)}) AS asked ORDER BY position`
      expect(rows.map(({ questionId }) => questionId)).toEqual(
        drawQuestions(questions, seed).map(({ questionId }) => questionId),
      )
      expect(rows.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4])
    }
  })

  it('are never archived or unpublished ones', async () => {
    const { room, idOf } = await poolRoom()
    await staffDatabase.question.update({ where: { id: idOf(6) }, data: { archivedAt: new Date() } })
    const { poolId } = await staffDatabase.question.findUniqueOrThrow({ where: { id: idOf(8) } })
    const unpublished = await staffDatabase.question.create({
      data: { assignmentId: room.assignmentId, slug: 's01', position: 9, poolId },
    })
    const seen = new Set<string>()
    for (let index = 0; index < 12; index += 1) {
      const { attempt } = await start(room, await room.enrol('STUDENT'))
      expect(attempt.questions).toHaveLength(4)
      for (const { questionId } of attempt.questions) seen.add(questionId)
    }
    expect(seen.has(idOf(6))).toBe(false)
    expect(seen.has(unpublished.id)).toBe(false)
    expect(seen.has(idOf(7)) || seen.has(idOf(8))).toBe(true)
  })

  it('are told apart wherever a class is counted', async () => {
    const { room } = await poolRoom()
    const ta = await room.enrol('TA')
    const [assignment] = await staffDatabase.assignment.findMany({
      where: { id: room.assignmentId },
      include: { course: true },
    })
    await addDemoClass({
      courseSlug: assignment!.course.slug,
      assignmentSlug: assignment!.slug,
      students: 60,
      seed: 5,
      now: new Date(),
    })
    const access = await authorizeAssignment(ta, room, 'assignment.overview')
    const board = await readScoreboard(access)
    expect(board.maximum).toBe(1200)
    for (const { parts, points, maximum } of board.students) {
      expect(parts).toBe(4)
      if (points !== null) expect(maximum).toBe(1200)
    }
    const started = board.students.filter(({ state }) => state !== 'not-started').length
    expect(board.parts[0]!.asked).toBe(started)
    const asked = (from: number, to: number) =>
      board.parts.slice(from, to).reduce((sum, part) => sum + part.asked, 0)
    expect([asked(1, 5), asked(5, 8)]).toEqual([2 * started, started])

    const rows = scoreTable(board, await readPartPoints(access)).slice(1)
    const notDrawn = rows.map((row) => row.filter((cell) => cell === 'not drawn').length)
    expect(new Set(notDrawn)).toEqual(new Set([0, 4]))

    const { analysis, items, leftOut, rarelyDrawn } = await readItemAnalysis(
      await authorizeAssignment(ta, room, 'assignment.statistics'),
      'latest',
    )
    if (analysis.kind === 'too-few') throw new Error('the class is too small')
    expect([leftOut, analysis.maximum]).toEqual([0, 1200])
    expect(items.length + rarelyDrawn.length).toBe(8)
    expect(items[0]!.statistics.students).toBe(analysis.students)
    for (const { label, statistics } of items) {
      const partId = `q0${label}`
      const scores = await staffDatabase.partScore.findMany({
        where: { partId, attempt: { assignmentId: room.assignmentId } },
      })
      expect(statistics.students).toBe(scores.length)
      const sum = scores.reduce((all, { points }) => all + points, 0)
      expect(statistics.difficulty).toBeCloseTo(sum / 300 / scores.length, 12)
    }
  })

  it('archived ones count in the maximum of who has them, and not in the class’s', async () => {
    const { room, idOf } = await poolRoom()
    const { attempt } = await start(room, await room.enrol('STUDENT'))
    await staffDatabase.question.update({ where: { id: idOf(1) }, data: { archivedAt: new Date() } })
    const ta = await room.enrol('TA')
    const board = await readScoreboard(await authorizeAssignment(ta, room, 'assignment.overview'))
    expect(attempt.questions).toHaveLength(4)
    expect(board).toMatchObject({ maximum: 900, students: [{ parts: 4 }] })
    expect(board.parts.at(-1)).toMatchObject({ partId: 'q01', asked: 1 })
  })

  it('are set all at once, for attempts that begin from then on', async () => {
    const { room, idOf, teacher } = await poolRoom()
    const { assignmentId } = room
    const student = await room.enrol('STUDENT')
    const before = await start(room, student)
    const put = (pools: unknown[]) =>
      call(putPools, 'PUT', teacher, { params: { assignmentId }, body: { revision: 1, pools } })
    expect((await put([{ draw: 1, title, questionIds: [idOf(1), idOf(2)] }])).status).toBe(200)
    expect((await start(room, student)).attempt.questions).toEqual(before.attempt.questions)
    expect((await start(room, await room.enrol('STUDENT'))).attempt.questions).toHaveLength(7)
    const elsewhere = (await poolRoom()).idOf(1)
    for (const refused of [
      [{ draw: 3, title, questionIds: [idOf(1), idOf(2)] }],
      [{ draw: 0, title, questionIds: [idOf(1)] }],
      [{ draw: 1, title, questionIds: [elsewhere] }],
      [1, 2].map(() => ({ draw: 1, title, questionIds: [idOf(3)] })),
    ])
      expect((await put(refused)).status).toBe(400)
    expect(await staffDatabase.pool.count({ where: { assignmentId } })).toBe(1)
    const [audit] = await staffDatabase.auditEvent.findMany({
      where: { subject: `assignment:${assignmentId}`, action: 'assignment.pools' },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(audit).toMatchObject({ actorId: teacher.userId, after: [{ draw: 1, questions: ['q01', 'q02'] }] })
  })

  it('are saved on top of the revision that is known: whoever is late is told what the other did', async () => {
    const { room, idOf, teacher } = await poolRoom()
    const { assignmentId } = room
    const colleague = await room.enrol('INSTRUCTOR')
    const put = async (viewer: Viewer, revision: number, draw: number) => {
      const pools = [{ draw, title, questionIds: [idOf(1), idOf(2), idOf(3)] }]
      const response = await call(putPools, 'PUT', viewer, {
        params: { assignmentId },
        body: { revision, pools },
      })
      return { status: response.status, body: await response.json() }
    }
    expect(await put(colleague, 1, 2)).toEqual({ status: 200, body: { set: true, revision: 2 } })
    // The answer was lost: the same comes again.
    expect(await put(colleague, 1, 2)).toEqual({ status: 200, body: { set: true, revision: 2 } })
    const late = await put(teacher, 1, 1)
    expect(late).toMatchObject({
      status: 409,
      body: {
        code: 'pools-conflict',
        stored: {
          revision: 2,
          author: { userId: colleague.userId, name: colleague.name },
          pools: [{ title, draw: 2, questionIds: [idOf(1), idOf(2), idOf(3)] }],
        },
      },
    })
    // Of another person the same save is a conflict too: it was not theirs.
    expect((await put(teacher, 1, 2)).status).toBe(409)
    expect((await staffDatabase.pool.findFirstOrThrow({ where: { assignmentId } })).draw).toBe(2)
    expect(await put(teacher, 2, 1)).toMatchObject({ status: 200, body: { revision: 3 } })
    const [audit] = await staffDatabase.auditEvent.findMany({
      where: { subject: `assignment:${assignmentId}`, action: 'assignment.pools' },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(audit).toMatchObject({
      before: [{ title, draw: 2, questions: ['q01', 'q02', 'q03'] }],
      after: [{ title, draw: 1, questions: ['q01', 'q02', 'q03'] }],
    })
  })

  it('that are too few keep an assignment from being published', async () => {
    const { room, idOf, teacher } = await poolRoom()
    const { assignmentId } = room
    for (const number of [6, 7, 8])
      await staffDatabase.question.update({ where: { id: idOf(number) }, data: { archivedAt: new Date() } })
    const { slug, title: name, introduction } = room.document.assignment
    const body = { slug, title: name, introduction, state: 'PUBLISHED', shuffleOptions: false }
    const response = await call(putAssignment, 'PUT', teacher, { params: { assignmentId }, body })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'pool-short', pools: [expect.any(String)] })
  })

  it('leave with the assignment’s file, tags too, and come back with it', async () => {
    const { room, teacher } = await poolRoom()
    const { assignmentId } = room
    await staffDatabase.question.updateMany({
      where: { assignmentId, slug: 'q03' },
      data: { tags: ['hard'] },
    })
    const text = await (await call(getFile, 'GET', teacher, { params: { assignmentId } })).text()
    const read = parseAssignmentJson(text, 'file')
    expect(read.pools).toEqual([
      { title, draw: 2, questions: ['q02', 'q03', 'q04', 'q05'] },
      { title, draw: 1, questions: ['q06', 'q07', 'q08'] },
    ])
    expect(read.questions.map(({ tags }) => tags)[2]).toEqual(['hard'])
    const access = await authorizeCourse(teacher, room.courseSlug, 'assignment.create')
    await createAssignment(access, { from: 'copy', slug: 'copy', assignmentId })
    const copy = await staffDatabase.assignment.findFirstOrThrow({
      where: { slug: 'copy', courseId: room.courseId },
    })
    const copied = await documentOf(staffDatabase, copy.id)
    expect([copied.pools, copied.questions]).toEqual([read.pools, read.questions])
    const origins = await staffDatabase.question.findMany({
      where: { assignmentId: copy.id },
      orderBy: { position: 'asc' },
    })
    const originals = await staffDatabase.questionVersion.findMany({
      where: { id: { in: origins.map(({ copiedFromId }) => copiedFromId!) } },
      include: { question: true },
    })
    expect(originals.map(({ question: { slug } }) => slug).sort()).toEqual(origins.map(({ slug }) => slug))
    const seeded = await seedAssignment({ ...assignmentDocument(read.questions), pools: read.pools! })
    expect((await documentOf(staffDatabase, seeded.assignmentId)).pools).toEqual(read.pools)
    for (const wrong of [['q02', 'q99'], ['q02', 'q02'], []]) {
      const pools = [{ title, draw: 1, questions: wrong }]
      expect(() => parseAssignmentJson(JSON.stringify({ ...read, pools }), 'file')).toThrow(InterchangeError)
    }
  })

  it('leave attempts of assignments without pools as they were', async () => {
    const room = await openClassroom()
    const { attempt, drawn } = await start(room, await room.enrol('STUDENT'))
    expect(drawn).toBe(false)
    expect(attempt.questions.map(({ content }) => content.label)).toEqual(['1', '2', '3'])
  })
})
