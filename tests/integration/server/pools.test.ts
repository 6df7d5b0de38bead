import { beforeAll, describe, expect, it } from 'vitest'
import { readAttempt } from '@/lib/attempts/data'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeOwnAttempt, type Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { drawnQuestions } from '@/lib/pools/data'
import { type Drawable, drawQuestions } from '@/lib/pools/draw'
import { type Classroom, openClassroom, question } from './classroom'

/** Question 1 for everybody, two drawn of 2 to 5, one drawn of 6 to 8. */
async function poolRoom() {
  const room = await openClassroom([1, 2, 3, 4, 5, 6, 7, 8].map((number) => question(number)))
  const { assignmentId } = room
  const rows = await staffDatabase.question.findMany({
    where: { assignmentId },
    orderBy: { position: 'asc' },
  })
  const idOf = (number: number) => rows[number - 1]!.id
  for (const [position, [draw, ...members]] of [
    [2, 2, 3, 4, 5],
    [1, 6, 7, 8],
  ].entries())
    await staffDatabase.pool.create({
      data: {
        assignmentId,
        position,
        draw: draw!,
        title: { zh: '題組', en: 'Pool' },
        questions: { connect: members.map((number) => ({ id: idOf(number) })) },
      },
    })
  return { room, idOf }
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

  it('leave attempts of assignments without pools as they were', async () => {
    const room = await openClassroom()
    const { attempt, drawn } = await start(room, await room.enrol('STUDENT'))
    expect(drawn).toBe(false)
    expect(attempt.questions.map(({ content }) => content.label)).toEqual(['1', '2', '3'])
  })
})
